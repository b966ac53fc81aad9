import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';

/** Everything that is rendered for the monitoring of a gateway. */
export interface GatewayMonitoring {
  /** Tells Prometheus where the metrics are. */
  readonly podMonitor: ApiObject;

  /** The alerts. */
  readonly prometheusRule: ApiObject;

  /**
   * The ConfigMap with the dashboard.
   * @default - none: `dashboard` is false
   */
  readonly dashboard?: kplus.ConfigMap;
}
