import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { certificatesOf } from './certificates';
import { checkGuardOptions } from './guard-options-check';
import { ModelGuardOptions, ModelGuardPodOptions } from './model-guard-options';
import { resourcesOf } from '../input/container-resources';
import { argumentsOf } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';
import { SecretSource } from '../secrets/secret-source';

/** Everything that decides about a guard. @internal */
export interface GuardSettings {
  /** Whether it has a pod of its own. */
  readonly ownPod: boolean;
  readonly image: string;
  readonly connectTimeout: Duration;
  readonly firstByteTimeout?: Duration;
  readonly idleTimeout?: Duration;
  readonly bodyLimit: Size;
  readonly memoryLimit: Size;
  readonly resources: kplus.ContainerResources;
  readonly requestsPerMinute: { readonly [provider: string]: number };
  readonly certificateAuthorities: { readonly [provider: string]: string };
  /** The gateway's credential, where the guard has a pod of its own. */
  readonly caller?: SecretSource;
}

/** Where a guard runs. */
export enum GuardPlacement {
  /** In a container of its own in the gateway's pod. */
  SIDECAR = 'sidecar',

  /** In pods of its own. */
  POD = 'pod',

  /** Nowhere: the gateway itself has the keys. */
  NONE = 'none',
}

/** Envoy by its version. Its wheel on PyPI, which the tests run, is of the same version. @internal */
export const ENVOY_VERSION = '1.40.0';

const IMAGE = `docker.io/envoyproxy/envoy:v${ENVOY_VERSION}`;
const MEMORY_REQUEST = Size.mebibytes(96);
const MEMORY_LIMIT = Size.mebibytes(512);

/** Measured: 67 MiB at rest, 76 MiB after thousands of turns, 320 MiB with texts of 20 MB; JSON of many small values takes more. */
const RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(20) },
  memory: { request: MEMORY_REQUEST, limit: MEMORY_LIMIT },
};

/**
 * Who holds the providers' keys and decides which model may be called: a stock Envoy between the gateway and its providers, so
 * that an agent with a shell in the gateway finds no key and reaches no model but the allowed ones.
 *
 * @see https://www.envoyproxy.io
 */
export class ModelGuard {
  /** Envoy in a container of its own in the gateway's pod. Keys are safe there; the pod's network stays open to the gateway too. */
  public static sidecar(options: ModelGuardOptions = {}): ModelGuard {
    checkGuardOptions('ModelGuard.sidecar()', options, false);
    return new ModelGuard(SEAL, GuardPlacement.SIDECAR, settingsOf(options, false));
  }

  /** Envoy in pods of its own, so that a closed network lets the gateway reach nothing but the guard. */
  public static pod(options: ModelGuardPodOptions = {}): ModelGuard {
    checkGuardOptions('ModelGuard.pod()', options, true);
    const { caller = SecretSource.generated() } = argumentsOf(options);
    return new ModelGuard(SEAL, GuardPlacement.POD, { ...settingsOf(options, true), caller });
  }

  /** None: the gateway itself has the keys and keeps to the allowlist. */
  public static none(): ModelGuard {
    return new ModelGuard(SEAL, GuardPlacement.NONE, undefined);
  }

  private constructor(
    seal: symbol,
    /** Where the guard runs. */
    public readonly placement: GuardPlacement,
    /** @internal */
    public readonly _settings: GuardSettings | undefined,
  ) {
    sealed(seal, new.target, ModelGuard, 'ModelGuard.sidecar(), ModelGuard.pod() or ModelGuard.none()');
  }
}

function settingsOf(options: ModelGuardOptions, ownPod: boolean): GuardSettings {
  const given = argumentsOf(options);
  const givenResources = resourcesOf(given.resources ?? {});
  const { request, limit } = givenResources.memory ?? {};
  const memoryLimit = limit ?? larger(request, MEMORY_LIMIT);
  const resources = { ...RESOURCES, ...givenResources, memory: { request: request ?? smaller(MEMORY_REQUEST, memoryLimit), limit: memoryLimit } };
  return {
    ownPod,
    image: given.image ?? IMAGE,
    connectTimeout: given.connectTimeout ?? Duration.millis(1750),
    firstByteTimeout: given.firstByteTimeout,
    idleTimeout: given.idleTimeout,
    bodyLimit: given.bodyLimit ?? Size.mebibytes(16),
    memoryLimit,
    resources,
    requestsPerMinute: { ...given.requestsPerMinute },
    certificateAuthorities: Object.fromEntries(Object.entries(given.certificateAuthorities ?? {}).map(([provider, text]) =>
      [provider, `${certificatesOf(text).join('\n')}\n`])),
  };
}

function smaller(request: Size, limit: Size): Size {
  return request.toKibibytes() < limit.toKibibytes() ? request : limit;
}

function larger(request: Size | undefined, limit: Size): Size {
  return request && request.toKibibytes() > limit.toKibibytes() ? request : limit;
}
