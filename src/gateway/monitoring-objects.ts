import { readFileSync } from 'fs';
import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayMonitoring } from './gateway-monitoring';
import { alertRules } from '../alerts/alert-rules';
import { compactJson } from '../envoy/compact-json';
import { GUARD_METRICS_PORT } from '../guard/guard-layout';
import { MonitoringSettings } from '../monitoring/monitoring';
import { packageFile } from '../package-file';
import { Settings } from '../settings/settings';

const API = 'monitoring.coreos.com/v1';

/** What the guard's pods are: its own, or those of the gateway. */
interface Watched {
  readonly pods: kplus.Deployment;
  readonly networkPolicy?: kplus.NetworkPolicy;
}

/** Makes the objects by which Prometheus and Grafana watch a gateway. */
export function monitor(
  scope: Construct, settings: Settings, monitoring: MonitoringSettings, gateway: kplus.Deployment, { pods, networkPolicy }: Watched,
): GatewayMonitoring {
  networkPolicy?.addIngressRule(
    kplus.Namespaces.select(scope, 'Prometheus', { names: [monitoring.prometheusNamespace] }), [kplus.NetworkPolicyPort.tcp(GUARD_METRICS_PORT)]);
  const labels = { ...monitoring.labels };
  const podMonitor = new ApiObject(scope, 'PodMonitor', {
    apiVersion: API,
    kind: 'PodMonitor',
    metadata: { labels },
    spec: {
      selector: { matchLabels: pods.matchLabels ?? {} },
      podMetricsEndpoints: [{
        port: 'guard-metrics',
        path: '/stats/prometheus',
        interval: `${monitoring.intervalSeconds}s`,
        relabelings: [{ targetLabel: 'openclaw_gateway', replacement: gateway.name }],
      }],
    },
  });
  const externalSecrets = settings.providerKeys.flatMap(({ construct }) => construct.externalSecret?.name ?? []);
  const prometheusRule = new ApiObject(scope, 'PrometheusRule', {
    apiVersion: API,
    kind: 'PrometheusRule',
    metadata: { labels },
    spec: { groups: [{ name: gateway.name, rules: alertRules(settings, monitoring, gateway.name, externalSecrets) }] },
  });
  return { podMonitor, prometheusRule, dashboard: monitoring.dashboard ? dashboardOf(scope, monitoring) : undefined };
}

function dashboardOf(scope: Construct, { dashboardLabels }: MonitoringSettings): kplus.ConfigMap {
  const dashboard = JSON.parse(readFileSync(packageFile('assets', 'dashboard.json'), 'utf8'));
  return new kplus.ConfigMap(scope, 'Dashboard', { metadata: { labels: { ...dashboardLabels } }, data: { 'openclaw.json': compactJson(dashboard) } });
}
