import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { isFolder } from '../input/forms';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isResource } from '../input/kplus-shapes';
import { isObjectName } from '../input/kubernetes-names';
import { SEAL, sealed } from '../input/sealed';
import { checkStorageSize, sizeOf } from '../input/sizes';

/** The claim of a new volume. */
export interface GatewayStateClaimOptions {
  /**
   * A `Size` of whole gibibytes, or a text such as `'10Gi'`.
   * @default - as the preset says
   */
  readonly size?: any;

  /**
   * Name of the StorageClass.
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
}

/** What is known of a volume that exists. */
export interface ExistingGatewayStateOptions {
  /**
   * The folder of the claim that holds OpenClaw's state, which OpenClaw calls `.openclaw`: relative, without a slash at either end. `''` is the
   * claim's root, `'.openclaw'` fits a claim that was mounted as the home folder, `'openclaw'` a claim that this library made.
   *
   * Kubernetes makes a folder that is missing, so a wrong path starts an empty gateway.
   */
  readonly path: string;
}

/** Where a new claim holds the state: below its root, which belongs to root and may hold files of the file system. */
const NEW_PATH = 'openclaw';

/** Where a gateway keeps its sessions, its memory, its paired devices and its agents' workspaces. */
export class GatewayState {
  /** A new claim, ReadWriteOnce. The state is in its folder `openclaw`. */
  public static claim(options: GatewayStateClaimOptions = {}): GatewayState {
    const given = argumentsOf(options);
    const { size, storageClassName } = given;
    checkStorageSize(new InputChecks('GatewayState.claim()'), 'size', size)
      .that(storageClassName === undefined || isObjectName(storageClassName), 'storageClassName', 'the name of a StorageClass', storageClassName)
      .options<GatewayStateClaimOptions>(given, { size: true, storageClassName: true })
      .done();
    return new GatewayState(SEAL, NEW_PATH, undefined, sizeOf(size), storageClassName);
  }

  /**
   * A claim that exists already.
   *
   * @param claim in the gateway's namespace, for example `kplus.PersistentVolumeClaim.fromClaimName(chart, 'State', 'assistant-state')`
   */
  public static existing(claim: kplus.IPersistentVolumeClaim, options: ExistingGatewayStateOptions): GatewayState {
    const given = argumentsOf(options);
    new InputChecks('GatewayState.existing()')
      .that(isResource(claim, 'PersistentVolumeClaim'), 'claim', 'a kplus PersistentVolumeClaim', claim,
        "use for example kplus.PersistentVolumeClaim.fromClaimName(chart, 'State', 'assistant-state')")
      .that(given.path === '' || isFolder(given.path), 'path', "a folder of the claim, relative, without '.', '..' or a slash at an end", given.path,
        "use '' for the claim's root, '.openclaw' for a claim that was a home folder, 'openclaw' for one of this library")
      .options<ExistingGatewayStateOptions>(given, { path: true })
      .done();
    return new GatewayState(SEAL, given.path, claim);
  }

  private constructor(
    seal: symbol,
    /** Folder of the claim that holds the state; `''` is its root. */
    public readonly path: string,
    /** The claim that exists; undefined where a new one is made. */
    public readonly existingClaim?: kplus.IPersistentVolumeClaim,
    /** @internal */
    public readonly _size?: Size,
    /** @internal */
    public readonly _storageClassName?: string,
  ) {
    sealed(seal, new.target, GatewayState, 'GatewayState.claim() or GatewayState.existing()');
  }
}
