import { Size, SizeRoundingBehavior } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { InputChecks, isMap } from './input-checks';

/** Requires `kplus.ContainerResources` that cdk8s-plus can write, with requests within their limits; `undefined` is fine. */
export function checkResources(check: InputChecks, resources: unknown, remedy?: string): InputChecks {
  if (resources === undefined) return check;
  check.that(isResources(resources), 'resources', 'kplus.ContainerResources with requests within their limits', resources, remedy);
  if (!isMap(resources)) return check;
  for (const [resource, unit, kibibytes, example] of UNITS) {
    const bounds = (resources as { [resource: string]: unknown })[resource];
    for (const [bound, amount] of isMap(bounds) ? Object.entries(bounds) : []) {
      check.that(!(amount instanceof Size) || kibibytesOf(amount) % kibibytes === 0, `resources.${resource}.${bound}`, `a Size of whole ${unit}`, amount, `use ${example}`);
    }
  }
  return check;
}

/** The units in which cdk8s-plus writes sizes. */
const UNITS: ReadonlyArray<readonly [resource: string, unit: string, kibibytes: number, example: string]> = [
  ['memory', 'mebibytes', 2 ** 10, 'Size.mebibytes(512)'],
  ['ephemeralStorage', 'gibibytes', 2 ** 20, 'Size.gibibytes(1)'],
];

function isResources(value: unknown): boolean {
  if (!isMap(value)) return false;
  const amounts: { [resource: string]: Function } = { cpu: kplus.Cpu, memory: Size, ephemeralStorage: Size };
  return Object.entries(value).every(([resource, bounds]) => bounds === undefined || (resource in amounts && isMap(bounds)
    && Object.entries(bounds).every(([bound, amount]) =>
      ['request', 'limit'].includes(bound) && (amount === undefined || amount instanceof amounts[resource]))
    && !(amountOf(bounds, 'request') > amountOf(bounds, 'limit'))));
}

/** A bound as a number; NaN where it is not given. */
function amountOf(bounds: { request?: unknown; limit?: unknown }, bound: 'request' | 'limit'): number {
  const amount = bounds[bound];
  if (amount instanceof Size) return kibibytesOf(amount);
  if (!(amount instanceof kplus.Cpu)) return NaN;
  return amount.amount.endsWith('m') ? Number(amount.amount.slice(0, -1)) : Number(amount.amount) * 1000;
}

/** Also a part of one. */
export function kibibytesOf(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}
