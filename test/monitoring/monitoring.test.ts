import * as fs from 'fs';
import * as path from 'path';
import { App, Chart, Duration, Testing } from 'cdk8s';
import { dashboardText } from '../../scripts/dashboard';
import { Budget, ModelGuard, Monitoring, MonitoringOptions, Preset, ProviderKeys, SecretStore } from '../../src/index';
import { GPT, keysOf, messageOf, newChain, newChart, newGateway, objects, SONNET } from '../support/gateway';
import { judgeManifests } from '../support/kubernetes-judge';

const guard = ModelGuard.sidecar();
const store = ProviderKeys.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'openclaw/{provider}' });

function watched(options: MonitoringOptions = {}, by = guard): Chart {
  const chart = newChart();
  newGateway(chart, { monitoring: Monitoring.prometheusOperator(options), guard: by });
  return chart;
}

const alertsOf = (chart: Chart): any[] => objects(chart, 'PrometheusRule')[0].spec.groups[0].rules;
const namesOf = (chart: Chart): string[] => alertsOf(chart).map(({ alert }) => alert);

test.each([guard, ModelGuard.pod()])('the objects are those of the Prometheus Operator, and select the pods with the guard', by => {
  const chart = watched({ labels: { release: 'prometheus' } }, by);
  expect(judgeManifests('1.34', [...objects(chart, 'PodMonitor'), ...objects(chart, 'PrometheusRule')])).toEqual([]);
  const [{ metadata, spec: { selector, podMetricsEndpoints: [endpoint] } }] = objects(chart, 'PodMonitor');
  const pods = objects(chart, 'Deployment').filter(({ spec: { template: { spec: { containers } } } }) => containers.some(({ name }: any) => name === 'model-guard'));
  expect(pods.map(({ spec: { template } }) => template.metadata.labels)).toEqual([expect.objectContaining(selector.matchLabels)]);
  expect(pods[0].spec.template.spec.containers.flatMap(({ ports = [] }: any) => ports.map(({ name }: any) => name))).toContain(endpoint.port);
  expect([metadata.labels.release, endpoint.path, endpoint.interval]).toEqual(['prometheus', '/stats/prometheus', '30s']);
});

test('a closed network lets Prometheus read the metrics, and nothing else', () => {
  const rules = (by: ModelGuard) => objects(watched({ prometheusNamespace: 'observability' }, by), 'NetworkPolicy')
    .flatMap(({ spec }) => (spec.ingress ?? []).filter(({ from }: any) => JSON.stringify(from).includes('observability')));
  for (const by of [guard, ModelGuard.pod()]) {
    expect(rules(by)).toEqual([{
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } }, podSelector: {} }],
      ports: [{ port: 9402, protocol: 'TCP' }],
    }]);
  }
});

test('there is an alert for what the gateway has, and for nothing else', () => {
  const always = ['ModelGuardPrimaryDown', 'ModelGuardAllModelsDown', 'ModelGuardUnauthorized', 'ModelGuardCacheHitsDropped', 'ModelGuardRefuses',
    'ModelGuardLimits', 'ModelGuardFails', 'ModelGuardUnknownCaller', 'ModelGuardKeyUnusable', 'ModelGuardKeyRefused', 'ModelGuardPolicyMalformed'];
  const chart = newChart();
  newGateway(chart, {
    guard,
    monitoring: Monitoring.prometheusOperator(),
    chain: newChain(chart, [SONNET]),
    providerSecrets: keysOf(chart, SONNET.provider),
    acknowledge: { 'chain-single-provider': 'a test' },
  });
  expect(namesOf(chart)).toEqual(always);
  const full = newChart();
  newGateway(full, {
    guard: ModelGuard.sidecar({ budgets: [Budget.perDay({ usd: 50 })] }),
    monitoring: Monitoring.prometheusOperator({ dollarsPerHour: 0.5 }),
    chain: newChain(full, [SONNET, GPT]),
    providerKeys: store,
    providerSecrets: [],
  });
  expect(namesOf(full).sort()).toEqual([...always, 'ModelGuardFallbackInUse', 'ModelGuardKeyNotRefreshed', 'ModelGuardSpending',
    'ModelGuardBudgetHalfSpent', 'ModelGuardBudgetNearlySpent', 'ModelGuardBudgetUsedUp'].sort());
});

test('each alert asks for this gateway alone', () => {
  const chart = newChart();
  newGateway(chart, { guard, monitoring: Monitoring.prometheusOperator({ dollarsPerHour: 5 }) });
  const [{ metadata: { name } }] = objects(chart, 'Deployment');
  for (const { alert, expr } of alertsOf(chart)) {
    const selectors = [...expr.matchAll(/\{[^}]*\}/g)].map(([each]: string[]) => each);
    expect([alert, selectors.length > 0, selectors.filter((each: string) => !each.startsWith(`{openclaw_gateway="${name}"`))]).toEqual([alert, true, []]);
  }
});

test('the dashboard may be left out, and Grafana finds it by your labels', () => {
  const dashboards = (options: MonitoringOptions) => objects(watched(options), 'ConfigMap').filter(({ data }) => data['openclaw.json']?.includes('"panels"'));
  expect(dashboards({ dashboard: false })).toEqual([]);
  expect(dashboards({}).map(({ metadata }) => metadata.labels)).toEqual([{ grafana_dashboard: '1' }]);
  expect(dashboards({ dashboardLabels: { dashboards: 'yes' } }).map(({ metadata }) => metadata.labels)).toEqual([{ dashboards: 'yes' }]);
});

test('the dashboard is what its script makes', () => {
  expect(dashboardText()).toBe(fs.readFileSync(path.join(__dirname, '..', '..', 'assets', 'dashboard.json'), 'utf8'));
});

test('no layer above Kubernetes interprets what is rendered', () => {
  expect(JSON.stringify(Testing.synth(watched({ dollarsPerHour: 5 })))).not.toMatch(/\$\{|\{\{|\$\(/);
});

test('bad options are all reported at once', () => {
  const wrong = {
    labels: { release: 'a b' }, prometheusNamespace: 'Monitoring', interval: Duration.millis(5), dollarsPerHour: -1, dashboard: 'yes', dashboardLabels: { 'a/b/c': 'x' }, label: {},
  } as any;
  expect(messageOf(() => Monitoring.prometheusOperator(wrong)).split('\n')).toEqual([
    'Monitoring.prometheusOperator() has 7 problems:',
    expect.stringContaining("  prometheusNamespace must be the name of a namespace, got the string 'Monitoring'"),
    '  interval must be a Duration of whole seconds, from 1 to 120, got a Duration of 5 millis; use Duration.seconds(30)',
    '  dollarsPerHour must be a number of US dollars above 0, got -1; use for example 5',
    expect.stringContaining('  dashboard must be a boolean'),
    expect.stringContaining("  labels['release'] must be the value of a label"),
    "  names of dashboardLabels[0] must be the name of a label, got the string 'a/b/c'",
    "  unknown option 'label'; did you mean 'labels'?",
  ]);
  for (const dollarsPerHour of [0, NaN, Infinity, '5']) {
    expect(messageOf(() => Monitoring.prometheusOperator({ dollarsPerHour } as any))).toContain('dollarsPerHour must be a number of US dollars above 0');
  }
});

test('without a guard there is nothing to watch', () => {
  const refused = /monitoring needs a model guard, which counts calls, tokens and dollars; give guard: ModelGuard\.sidecar\(\)/;
  expect(messageOf(() => watched({}, ModelGuard.none()))).toMatch(refused);
  expect(messageOf(() => newGateway(newChart(), { monitoring: Monitoring.prometheusOperator(), preset: Preset.DEV }))).toMatch(refused);
  expect(messageOf(() => newGateway(new Chart(new App(), 'prod'), { monitoring: {} as any }))).toContain('monitoring must be a Monitoring');
});
