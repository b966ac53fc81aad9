import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Budget } from './budget';
import { certificatesOf, problemOfCertificates } from './certificates';
import { LONGEST_ANSWER_SECONDS } from './guard-limits';
import { ModelGuardPodOptions } from './model-guard-options';
import { checkResources, resourcesOf } from '../input/container-resources';
import { isImageName, isSeconds } from '../input/forms';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isDuration, isSize } from '../input/kplus-shapes';
import { kibibytesOf } from '../input/sizes';
import { isMap, own } from '../input/values';
import { SecretSource } from '../secrets/secret-source';

/** Envoy by its version. Its wheel on PyPI, which the tests run, is of the same version. @internal */
export const ENVOY_VERSION = '1.40.0';

const SECONDS = `a Duration of whole seconds, from 1 to ${LONGEST_ANSWER_SECONDS}`;
const MOST_REQUESTS = 1_000_000;
const MEMORY_REQUEST = Size.mebibytes(96);
const MEMORY_LIMIT = Size.mebibytes(512);

/** An option of a guard: how it is checked, and what the guard runs with where it is given or left out. */
interface GuardOption<Given> {
  /** Whether it has a value for each of some providers. */
  readonly byProvider?: true;
  check(check: InputChecks, name: string, value: unknown, ownPod: boolean): void;
  setting(given: Given | undefined, ownPod: boolean): unknown;
}

/** Every option of a guard. The settings, the check of names and the rules about providers follow from it. */
const OPTIONS = {
  image: {
    check: (check, name, value) => check.that(value === undefined || isImageName(value), name, 'the name of an image, with a tag or a digest', value),
    setting: given => given ?? `docker.io/envoyproxy/envoy:v${ENVOY_VERSION}`,
  },
  connectTimeout: {
    check: (check, name, value) => check.that(isConnectTimeout(value), name, `a Duration from 100 milliseconds to ${LONGEST_ANSWER_SECONDS} seconds`, value, 'use Duration.seconds(2)'),
    setting: given => given ?? Duration.millis(1750),
  },
  firstByteTimeout: {
    check: (check, name, value) => check.that(isSeconds(value, LONGEST_ANSWER_SECONDS), name, SECONDS, value, 'use Duration.seconds(120)'),
    setting: given => given,
  },
  idleTimeout: {
    check: (check, name, value) => check.that(isSeconds(value, LONGEST_ANSWER_SECONDS), name, SECONDS, value, 'use Duration.seconds(120)'),
    setting: given => given,
  },
  bodyLimit: {
    check: (check, name, value) => check.that(isBodyLimit(value), name, 'a Size from 1 MiB to 64 MiB', value, 'use Size.mebibytes(16)'),
    setting: given => given ?? Size.mebibytes(16),
  },
  resources: {
    check: (check, _, value) => checkResources(check, value),
    setting: given => resourcesWithDefaults(resourcesOf(given ?? {})),
  },
  caller: {
    check: (check, name, value, ownPod) => check
      .that(value === undefined || value instanceof SecretSource, name, 'a SecretSource', value, 'use for example SecretSource.generated()')
      .refuse(!ownPod && value !== undefined, `${name} is for ModelGuard.pod(): beside its gateway a guard listens to this pod alone`)
      .refuse(value instanceof SecretSource && value._isOptional, `${name} is optional, and a guard does not start without it; leave out optional`),
    setting: (given, ownPod) => ownPod ? given ?? SecretSource.generated() : undefined,
  },
  requestsPerMinute: {
    byProvider: true,
    check: (check, name, value) => check.map(name, value, isRate, `a whole number from 1 to ${MOST_REQUESTS}`),
    setting: given => ({ ...given }),
  },
  certificateAuthorities: {
    byProvider: true,
    check: checkAuthorities,
    setting: given => Object.fromEntries(Object.entries(given ?? {}).map(([provider, text]) => [provider, `${certificatesOf(text).join('\n')}\n`])),
  },
  budgets: {
    check: (check, name, value, ownPod) => check
      .list(name, value, each => each instanceof Budget, 'a Budget', 'use for example Budget.perDay({ usd: 20 })')
      .refuse(ownPod && value !== undefined, `${name} is for ModelGuard.sidecar(): each pod of a guard of its own would count for itself`)
      .refuse(twinOf(value) !== undefined, `${name} has two budgets of the name '${twinOf(value)}'; give one of them another name`),
    setting: given => (given ?? []).map(({ _settings }) => _settings),
  },
} satisfies { [name in keyof Required<ModelGuardPodOptions>]: GuardOption<ModelGuardPodOptions[name]> };

type Options = typeof OPTIONS;

/** What a guard runs with, by option. @internal */
export type GuardOptionSettings = { readonly [name in keyof Options]: ReturnType<Options[name]['setting']> };

type OptionByProvider = { [name in keyof Options]: Options[name] extends { readonly byProvider: true } ? name : never }[keyof Options];

/** What a guard runs with for one provider, where it is given. @internal */
export type ProviderOptionSettings = { readonly [name in OptionByProvider]?: GuardOptionSettings[name][string] };

const NAMES = Object.keys(OPTIONS) as (keyof Options)[];

/** The options that have a value for each of some providers. @internal */
export const OPTIONS_BY_PROVIDER = NAMES.filter((name): name is OptionByProvider => 'byProvider' in OPTIONS[name]);

/** Reports options of the wrong type, and those of a guard in pods of its own where it has none. @internal */
export function checkGuardOptions(where: string, options: ModelGuardPodOptions, ownPod: boolean): void {
  const given = argumentsOf(options);
  const check = new InputChecks(where).that(options === undefined || isMap(options), 'options', 'ModelGuardOptions', options);
  for (const name of NAMES) OPTIONS[name].check(check, name, given[name], ownPod);
  check.options<object>(given, OPTIONS).done();
}

/** What a guard runs with. @internal */
export function guardOptionSettings(options: ModelGuardPodOptions, ownPod: boolean): GuardOptionSettings {
  const given = argumentsOf(options);
  const settings = NAMES.map(name => [name, (OPTIONS[name] as GuardOption<unknown>).setting(given[name], ownPod)]);
  return Object.fromEntries(settings) as GuardOptionSettings;
}

/** What a guard runs with for one provider. @internal */
export function providerOptionSettings(settings: GuardOptionSettings, id: string): ProviderOptionSettings {
  return Object.fromEntries(OPTIONS_BY_PROVIDER.map(name => [name, own<unknown>(settings[name], id)]));
}

function isConnectTimeout(value: unknown): boolean {
  if (value === undefined) return true;
  const millis = isDuration(value) ? value.toMilliseconds({ integral: false }) : 0;
  return millis >= 100 && millis <= LONGEST_ANSWER_SECONDS * 1000;
}

/** A name that several budgets have. */
function twinOf(budgets: unknown): string | undefined {
  const names = Array.isArray(budgets) ? budgets.flatMap(each => each instanceof Budget ? [each._settings.name] : []) : [];
  return names.find((name, i) => names.indexOf(name) !== i);
}

function isRate(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= MOST_REQUESTS;
}

function isBodyLimit(value: unknown): boolean {
  if (value === undefined) return true;
  const mebibytes = isSize(value) ? kibibytesOf(value) / 1024 : 0;
  return mebibytes >= 1 && mebibytes <= 64;
}

function checkAuthorities(check: InputChecks, name: string, authorities: unknown): void {
  check.map(name, authorities, value => typeof value === 'string', 'certificates in PEM');
  for (const [provider, text] of Object.entries(isMap(authorities) ? authorities : {})) {
    const problem = typeof text === 'string' ? problemOfCertificates(text) : undefined;
    check.refuse(problem !== undefined, `${name}['${provider}'] must be certificates in PEM, but ${problem}`);
  }
}

/** Measured: 67 MiB at rest, 76 MiB after thousands of turns, 320 MiB with texts of 20 MB; JSON of many small values takes more. */
function resourcesWithDefaults(given: kplus.ContainerResources): kplus.ContainerResources & { readonly memory: { readonly limit: Size } } {
  const { request, limit } = given.memory ?? {};
  const atMost = limit ?? larger(request, MEMORY_LIMIT);
  return { cpu: { request: kplus.Cpu.millis(20) }, ...given, memory: { request: request ?? smaller(MEMORY_REQUEST, atMost), limit: atMost } };
}

function smaller(request: Size, limit: Size): Size {
  return request.toKibibytes() < limit.toKibibytes() ? request : limit;
}

function larger(request: Size | undefined, limit: Size): Size {
  return request && request.toKibibytes() > limit.toKibibytes() ? request : limit;
}
