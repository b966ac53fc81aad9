import { Size } from 'cdk8s';
import { checkGuardOptions, GuardOptionSettings, guardOptionSettings } from './guard-options';
import { ModelGuardOptions, ModelGuardPodOptions } from './model-guard-options';
import { SEAL, sealed } from '../input/sealed';

/** Everything that decides about a guard. @internal */
export interface GuardSettings extends GuardOptionSettings {
  /** Whether it has a pod of its own. */
  readonly ownPod: boolean;
  readonly memoryLimit: Size;
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
    return new ModelGuard(SEAL, GuardPlacement.POD, settingsOf(options, true));
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

function settingsOf(options: ModelGuardPodOptions, ownPod: boolean): GuardSettings {
  const settings = guardOptionSettings(options, ownPod);
  return { ...settings, ownPod, memoryLimit: settings.resources.memory.limit };
}
