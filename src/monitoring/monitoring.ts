import { Duration } from 'cdk8s';
import { isSeconds } from '../input/forms';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isLabelName, isLabelValue, isNamespaceName } from '../input/kubernetes-names';
import { SEAL, sealed } from '../input/sealed';

/** How a gateway is watched. */
export interface MonitoringOptions {
  /**
   * Labels of the PodMonitor and the PrometheusRule, by which your Prometheus selects them: for kube-prometheus-stack `{ release: '<name of its release>' }`.
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * The namespace in which Prometheus runs. A closed network lets its pods reach the metrics.
   * @default monitoring
   */
  readonly prometheusNamespace?: string;

  /**
   * How often Prometheus reads the metrics, in whole seconds up to 120.
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;

  /**
   * An alert fires when the gateway has spent more than this in the last hour, in US dollars. Models without a known price do not count.
   * @default - no such alert
   */
  readonly dollarsPerHour?: number;

  /**
   * Whether a ConfigMap with a dashboard is rendered. One dashboard shows all gateways, so one of them is enough.
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * Labels of the dashboard's ConfigMap, by which Grafana's sidecar finds it.
   * @default - { grafana_dashboard: '1' }
   */
  readonly dashboardLabels?: { [name: string]: string };
}

/** @internal */
export interface MonitoringSettings {
  readonly labels: { readonly [name: string]: string };
  readonly prometheusNamespace: string;
  readonly intervalSeconds: number;
  readonly dollarsPerHour?: number;
  readonly dashboard: boolean;
  readonly dashboardLabels: { readonly [name: string]: string };
}

/**
 * Watches a gateway by what its model guard counts: metrics, alerts and a dashboard.
 *
 * @see https://prometheus-operator.dev
 */
export class Monitoring {
  /**
   * For the Prometheus Operator and Grafana, as kube-prometheus-stack installs them: a PodMonitor, a PrometheusRule, and a dashboard in a ConfigMap. The
   * custom resources of the operator must be in the cluster.
   */
  public static prometheusOperator(options: MonitoringOptions = {}): Monitoring {
    const { labels, prometheusNamespace, interval, dollarsPerHour, dashboard, dashboardLabels } = argumentsOf(options);
    const check = new InputChecks('Monitoring.prometheusOperator()')
      .that(prometheusNamespace === undefined || isNamespaceName(prometheusNamespace), 'prometheusNamespace', 'the name of a namespace', prometheusNamespace)
      .that(isSeconds(interval, LONGEST_INTERVAL), 'interval', `a Duration of whole seconds, from 1 to ${LONGEST_INTERVAL}`, interval, 'use Duration.seconds(30)')
      .that(dollarsPerHour === undefined || isDollars(dollarsPerHour), 'dollarsPerHour', 'a number of US dollars above 0', dollarsPerHour, 'use for example 5')
      .that(dashboard === undefined || typeof dashboard === 'boolean', 'dashboard', 'a boolean', dashboard);
    for (const [name, given] of Object.entries({ labels, dashboardLabels })) {
      check.map(name, given, isLabelValue, 'the value of a label')
        .list(`names of ${name}`, Object.keys(given ?? {}), isLabelName, 'the name of a label');
    }
    check.options<MonitoringOptions>(options, {
      labels: true, prometheusNamespace: true, interval: true, dollarsPerHour: true, dashboard: true, dashboardLabels: true,
    }).done();
    return new Monitoring(SEAL, {
      labels: { ...labels },
      prometheusNamespace: prometheusNamespace ?? 'monitoring',
      intervalSeconds: interval?.toSeconds() ?? 30,
      dollarsPerHour,
      dashboard: dashboard ?? true,
      dashboardLabels: { ...dashboardLabels ?? { grafana_dashboard: '1' } },
    });
  }

  private constructor(
    seal: symbol,
    /** @internal */
    public readonly _settings: MonitoringSettings,
  ) {
    sealed(seal, new.target, Monitoring, 'Monitoring.prometheusOperator()');
  }
}

/** The alerts need several samples in a window of ten minutes. */
const LONGEST_INTERVAL = 120;

function isDollars(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
