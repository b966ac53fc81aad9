import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { RenderedSecret } from '../secrets/rendered-secret';

/** Everything that is rendered for the model guard of a gateway. */
export interface GatewayGuard {
  /** The container that runs Envoy: in the gateway's pod, or in the guard's own. */
  readonly container: kplus.Container;

  /** The ConfigMap with the guard's policy: providers, allowed models, limits. The running guard reads it again after a change. */
  readonly policy: kplus.ConfigMap;

  /** The ConfigMap with the configuration that Envoy starts with. */
  readonly bootstrap: kplus.ConfigMap;

  /**
   * The claim of the volume with what is spent, which the guard alone mounts. Who deletes it makes budgets whole again.
   * @default - none: the guard has no budgets
   */
  readonly ledgerClaim?: kplus.PersistentVolumeClaim;

  /**
   * The Deployment of `ModelGuard.pod()`.
   * @default - none: the guard runs in the gateway's pod
   */
  readonly deployment?: kplus.Deployment;

  /**
   * The Service through which the gateway calls the guard's own pods.
   * @default - none: the guard runs in the gateway's pod
   */
  readonly service?: kplus.Service;

  /**
   * The account of the guard's own pods.
   * @default - none: the guard runs in the gateway's pod
   */
  readonly serviceAccount?: kplus.ServiceAccount;

  /**
   * The credential by which the guard's own pods know their gateway.
   * @default - none: the guard runs in the gateway's pod
   */
  readonly caller?: RenderedSecret;

  /**
   * The NetworkPolicy of the guard's own pods. In the gateway's pod, the policy of the gateway holds for the guard too.
   * @default - none: the guard runs in the gateway's pod, or the preset leaves the network open
   */
  readonly networkPolicy?: kplus.NetworkPolicy;

  /**
   * The CiliumNetworkPolicy of the guard's own pods.
   * @default - none: as for `networkPolicy`, or `ciliumEgress` is not given
   */
  readonly ciliumPolicy?: ApiObject;

  /**
   * The PodDisruptionBudget of the guard's own pods.
   * @default - none: the guard runs in the gateway's pod
   */
  readonly disruptionBudget?: ApiObject;
}
