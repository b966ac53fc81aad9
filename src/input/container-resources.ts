import * as kplus from 'cdk8s-plus-28';
import { InputChecks } from './input-checks';
import { isCpu } from './kplus-shapes';
import { GIBIBYTE, kibibytesOf, MEBIBYTE, sizeOf } from './sizes';
import { isMap } from './values';

/** How much of a resource a container gets. What is left out is not rendered. */
export interface ResourceBounds {
  /**
   * What the node sets aside for the container.
   * @default - none
   */
  readonly request?: any;

  /**
   * The most that the container may use; at least the request.
   * @default - none
   */
  readonly limit?: any;
}

/**
 * What a container requests and may use: `{ cpu: { request: '500m' }, memory: { request: '1Gi', limit: '2Gi' } }`.
 * The `ContainerResources` of every cdk8s-plus have this form.
 */
export interface ContainerResources {
  /**
   * Cores: a number, a text such as `'500m'` or `'1.5'`, or a `Cpu` of any cdk8s-plus.
   * @default - none
   */
  readonly cpu?: ResourceBounds;

  /**
   * Whole mebibytes: a text such as `'512Mi'` or `'2Gi'`, or a `Size`.
   * @default - none
   */
  readonly memory?: ResourceBounds;

  /**
   * Whole gibibytes: a text such as `'1Gi'`, or a `Size`.
   * @default - none
   */
  readonly ephemeralStorage?: ResourceBounds;
}

const EXAMPLE = "use for example { cpu: { request: '500m' }, memory: { request: '1Gi', limit: '2Gi' } }";

/** Requires `ContainerResources` that cdk8s-plus can write, with requests within their limits; `undefined` is fine. @internal */
export function checkResources(check: InputChecks, resources: unknown): InputChecks {
  if (resources === undefined) return check;
  if (!isMap(resources)) return check.that(false, 'resources', 'an object with cpu and memory', resources, EXAMPLE);
  check.options<ContainerResources>(resources, { cpu: true, memory: true, ephemeralStorage: true }, 'resources');
  for (const [name, { isAmount, amountOf, expected, remedy }] of Object.entries(KINDS)) {
    const bounds = (resources as { readonly [name: string]: unknown })[name];
    if (bounds === undefined) continue;
    if (!isMap(bounds)) {
      check.that(false, `resources.${name}`, 'an object with request, limit or both', bounds, EXAMPLE);
      continue;
    }
    check.options<ResourceBounds>(bounds, { request: true, limit: true }, `resources.${name}`);
    const { request, limit } = bounds as ResourceBounds;
    for (const [bound, amount] of Object.entries({ request, limit })) {
      check.that(amount === undefined || isAmount(amount), `resources.${name}.${bound}`, expected, amount, remedy);
    }
    check.refuse(amountOf(request) > amountOf(limit), `resources.${name}.request is more than resources.${name}.limit; lower it or raise the limit`);
  }
  return check;
}

/** Checked resources as cdk8s-plus-28 writes them. @internal */
export function resourcesOf({ cpu, memory, ephemeralStorage }: ContainerResources): kplus.ContainerResources {
  return {
    ...cpu && { cpu: bothOf(cpu, cpuOf) },
    ...memory && { memory: bothOf(memory, sizeOf) },
    ...ephemeralStorage && { ephemeralStorage: bothOf(ephemeralStorage, sizeOf) },
  };
}

function bothOf<T>({ request, limit }: ResourceBounds, convert: (amount: unknown) => T): { request?: T; limit?: T } {
  return { ...request !== undefined && { request: convert(request) }, ...limit !== undefined && { limit: convert(limit) } };
}

/** A number of cores, a text, or an object with such a text; undefined for anything else. */
function cpuOf(value: unknown): kplus.Cpu | undefined {
  const amount = isCpu(value) ? value.amount : value;
  if (typeof amount === 'number' && amount >= 0 && amount < Infinity) return kplus.Cpu.units(amount);
  if (typeof amount !== 'string' || !/^(\d+m|\d+(\.\d+)?)$/.test(amount)) return undefined;
  return amount.endsWith('m') ? kplus.Cpu.millis(Number(amount.slice(0, -1))) : kplus.Cpu.units(Number(amount));
}

/** NaN for what is none, and for what is not given. */
function millisOf(value: unknown): number {
  const amount = cpuOf(value)?.amount ?? '';
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) : Number(amount || NaN) * 1000;
}

function kibibytesIn(value: unknown): number {
  const size = sizeOf(value);
  return size ? kibibytesOf(size) : NaN;
}

const KINDS: { readonly [name in keyof Required<ContainerResources>]: Kind } = {
  cpu: {
    isAmount: value => Number.isInteger(Math.round(millisOf(value) * 1e6) / 1e6),
    amountOf: millisOf,
    expected: "a number of cores, a text such as '500m' or a kplus.Cpu",
    remedy: "use for example '500m'",
  },
  memory: {
    isAmount: isWhole(MEBIBYTE),
    amountOf: kibibytesIn,
    expected: 'whole mebibytes, as a text in Ki, Mi, Gi or Ti or as a Size',
    remedy: "use for example '512Mi'",
  },
  ephemeralStorage: {
    isAmount: isWhole(GIBIBYTE),
    amountOf: kibibytesIn,
    expected: 'whole gibibytes, as a text in Gi or Ti or as a Size',
    remedy: "use for example '1Gi'",
  },
};

interface Kind {
  readonly isAmount: (value: unknown) => boolean;
  /** As a number, for comparing; NaN where it is not given. */
  readonly amountOf: (value: unknown) => number;
  readonly expected: string;
  readonly remedy: string;
}

function isWhole(unit: number): (value: unknown) => boolean {
  return value => kibibytesIn(value) % unit === 0;
}
