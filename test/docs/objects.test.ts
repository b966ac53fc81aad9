import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Budget, Delivery, GatewayAuth, GatewayState, ModelGuard, Monitoring, OpenClawDeployment, OpenClawDeploymentProps, PluginPackage, Preset, Provider,
  ProviderKeys, ProviderSecret, SecretSource, SecretStore, Workspace,
} from '../../src/index';
import { newChart, newGateway } from '../support/gateway';
import { replaceSection, table } from '../support/tables';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'objects.md');

/** What a case renders with, as far as it decides which objects there are. */
interface Case {
  readonly guard: 'none' | 'sidecar' | 'pod';
  readonly closed: boolean;
  readonly live: boolean;
  readonly cilium: boolean;
  readonly workspace: boolean;
  readonly plugins: boolean;
  readonly monitoring: boolean;
  readonly budgets: boolean;
  readonly claimGiven: boolean;
  readonly accountGiven: boolean;
  readonly source: keyof typeof SOURCES;
}

interface Row {
  /** The kind of an object, or the name of a container. */
  readonly what: string;
  /** The id below the gateway's construct, or for a container the pod. */
  readonly where: string;
  readonly property: string;
  /** When it is there, in words. */
  readonly when: string;
  readonly holds: (each: Case) => boolean;
}

const SOURCES = {
  existing: SecretSource.fromSecretName('openclaw-secrets', 'KEY'),
  store: SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'openclaw' }),
  generated: SecretSource.generated(),
  plain: SecretSource.unsafePlainText('a-value-in-the-open'),
};

function row(what: string, where: string, property: string, when: string, holds: (each: Case) => boolean): Row {
  return { what, where, property, when, holds };
}

const always = () => true;
const guarded = ({ guard }: Case) => guard !== 'none';
const inPods = ({ guard }: Case) => guard === 'pod';

const OBJECTS = [
  row('Deployment', 'Deployment', 'deployment', 'always', always),
  row('Service', 'Service', 'service', 'always', always),
  row('ConfigMap', 'Config', 'configMap', 'always', always),
  row('ConfigMap', 'LiveSync', 'liveSyncConfigMap', 'always', always),
  row('ConfigMap', 'Workspace', 'workspaceConfigMap', '`workspace` has texts or folders', ({ workspace }) => workspace),
  row('PersistentVolumeClaim', 'State', 'stateClaim', '`state` names no existing claim', ({ claimGiven }) => !claimGiven),
  row('ServiceAccount', 'ServiceAccount', 'serviceAccount', '`serviceAccount` is not given', ({ accountGiven }) => !accountGiven),
  row('NetworkPolicy', 'NetworkPolicy', 'networkPolicy', 'the network is closed', ({ closed }) => closed),
  row('CiliumNetworkPolicy', 'NamedEgress', 'ciliumPolicy', '`ciliumEgress`', ({ cilium }) => cilium),
  row('ConfigMap', 'Guard/Policy', 'guard.policy', 'a guard', guarded),
  row('ConfigMap', 'Guard/Bootstrap', 'guard.bootstrap', 'a guard', guarded),
  row('PersistentVolumeClaim', 'Guard/Ledger', 'guard.ledgerClaim', '`budgets`', ({ guard, budgets }) => guard === 'sidecar' && budgets),
  row('Deployment', 'Guard/Deployment', 'guard.deployment', '`ModelGuard.pod()`', inPods),
  row('Service', 'Guard/Service', 'guard.service', '`ModelGuard.pod()`', inPods),
  row('ServiceAccount', 'Guard/ServiceAccount', 'guard.serviceAccount', '`ModelGuard.pod()`', inPods),
  row('PodDisruptionBudget', 'Guard/DisruptionBudget', 'guard.disruptionBudget', '`ModelGuard.pod()`', inPods),
  row('NetworkPolicy', 'Guard/NetworkPolicy', 'guard.networkPolicy', '`ModelGuard.pod()`, the network is closed', each => inPods(each) && each.closed),
  row('CiliumNetworkPolicy', 'Guard/NamedEgress', 'guard.ciliumPolicy', '`ModelGuard.pod()` and `ciliumEgress`', each => inPods(each) && each.cilium),
  row('PodMonitor', 'Monitoring/PodMonitor', 'monitoring.podMonitor', '`monitoring`', ({ monitoring }) => monitoring),
  row('PrometheusRule', 'Monitoring/PrometheusRule', 'monitoring.prometheusRule', '`monitoring`', ({ monitoring }) => monitoring),
  row('ConfigMap', 'Monitoring/Dashboard', 'monitoring.dashboard', '`monitoring` with its dashboard', ({ monitoring }) => monitoring),
];

/** The constructs of values, below the gateway's: where their objects are, and the property that leads there. */
const VALUES = [
  ['the token', 'Token', 'tokenSecret'],
  ["a secret of `secrets`, for example `'BOT'`", 'Secret-BOT', "secrets['BOT']"],
  ['the credential of `ModelGuard.pod()`', 'Guard/Caller', 'guard.caller'],
] as const;

const KINDS = [
  row('ExternalSecret', 'ExternalSecret', 'externalSecret', '`fromStore()`, `generated()`', ({ source }) => source === 'store' || source === 'generated'),
  row('Password', 'Password', 'generator', '`generated()`', ({ source }) => source === 'generated'),
  row('Secret', 'Secret', 'secret', '`unsafePlainText()`', ({ source }) => source === 'plain'),
];

const CONTAINERS = [
  row('install-plugins', 'the gateway', 'pluginsContainer', '`pluginPackages`', ({ plugins }) => plugins),
  row('make-files', 'the gateway', 'initContainer', 'always', always),
  row('openclaw', 'the gateway', 'container', 'always', always),
  row('live-sync', 'the gateway', 'liveSyncContainer', '`Delivery.LIVE`', ({ live }) => live),
  row('model-guard', 'the gateway', 'guard.container', '`ModelGuard.sidecar()`', ({ guard }) => guard === 'sidecar'),
  row('model-guard', 'the guard', 'guard.container', '`ModelGuard.pod()`', inPods),
];

const GUARDS = {
  none: () => ModelGuard.none(),
  sidecar: (_caller: SecretSource, budgets: Budget[]) => ModelGuard.sidecar({ budgets }),
  pod: (caller: SecretSource) => ModelGuard.pod({ caller }),
};

function build(each: Case): { chart: Chart; gateway: OpenClawDeployment } {
  const chart = newChart();
  const props: Partial<OpenClawDeploymentProps> = {
    preset: Preset.PROD.customize({ isolateNetwork: each.closed, noticeRules: ['secret-plain-text', 'image-not-pinned'] }),
    guard: GUARDS[each.guard](SOURCES[each.source], each.budgets ? [Budget.perDay({ usd: 20 })] : []),
    delivery: each.live ? Delivery.LIVE : Delivery.RESTART,
    auth: GatewayAuth.token(SOURCES[each.source]),
    secrets: { BOT: SOURCES[each.source] },
    ...each.cilium && { ciliumEgress: { hosts: ['api.telegram.org'] } },
    ...each.workspace && { workspace: Workspace.fromFiles({ 'AGENTS.md': 'Be brief.' }) },
    ...each.plugins && { pluginPackages: [PluginPackage.official('discord')] },
    ...each.monitoring && { monitoring: Monitoring.prometheusOperator() },
    ...each.claimGiven && { state: GatewayState.existing(kplus.PersistentVolumeClaim.fromClaimName(chart, 'Claim', 'state'), { path: '' }) },
    ...each.accountGiven && { serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'Account', 'openclaw') },
  };
  return { chart, gateway: newGateway(chart, props) };
}

const QUIET: Case = {
  guard: 'none',
  closed: false,
  live: true,
  cilium: false,
  workspace: false,
  plugins: false,
  monitoring: false,
  budgets: false,
  claimGiven: false,
  accountGiven: false,
  source: 'existing',
};
const SWITCHES = ['live', 'workspace', 'plugins', 'budgets', 'claimGiven', 'accountGiven'] as const;

/** Each switch alone, at each placement of a guard, in an open and a closed network, with each kind of source. */
const CASES: Case[] = (['none', 'sidecar', 'pod'] as const).flatMap(guard => [false, true].flatMap(closed => [
  ...Object.keys(SOURCES).map(source => ({ ...QUIET, guard, closed, source: source as Case['source'] })),
  ...SWITCHES.map(name => ({ ...QUIET, guard, closed, [name]: !QUIET[name] })),
  ...closed ? [{ ...QUIET, guard, closed, cilium: true }] : [],
  ...guard === 'none' ? [] : [{ ...QUIET, guard, closed, monitoring: true }],
]));

const sorted = (list: string[]) => [...list].sort();

/** What a property of dots leads to, also `secrets['BOT']`. */
function read(from: object, property: string): any {
  return property.split(/[.[\]']+/).filter(Boolean).reduce((value: any, name) => value?.[name], from);
}

/** The rows of objects that a case has; a value's rows at each of its constructs. */
function expected(each: Case): Row[] {
  const values = VALUES.filter(([, id]) => id !== 'Guard/Caller' || each.guard === 'pod');
  return [
    ...OBJECTS.filter(({ holds }) => holds(each)),
    ...values.flatMap(([, id, property]) =>
      KINDS.filter(({ holds }) => holds(each)).map(kind => ({ ...kind, where: `${id}/${kind.where}`, property: `${property}.${kind.property}` }))),
  ];
}

test.each(CASES.map(each => [JSON.stringify(each), each] as const))('%s renders the objects and containers of the table', (_, each) => {
  const { chart, gateway } = build(each);
  const nameOf = ({ kind, node }: ApiObject) => `${kind} ${node.path.replace(/^prod\/Gateway\/|\/Resource$/g, '')}`;
  const rendered = chart.node.findAll().filter(ApiObject.isApiObject).map(nameOf);
  const rows = expected(each);
  expect(sorted(rendered)).toEqual(sorted(rows.map(({ what, where }) => `${what} ${where}`)));
  const led = rows.map(({ property }) => read(gateway, property)).map(value => (value instanceof ApiObject ? value : ApiObject.of(value)));
  expect(led.map(nameOf)).toEqual(rows.map(({ what, where }) => `${what} ${where}`));

  const pods = [['the gateway', gateway.deployment], ['the guard', gateway.guard?.deployment]] as const;
  const inPod = (deployment?: kplus.Deployment) => (deployment ? [...deployment.initContainers, ...deployment.containers] : []);
  const names = pods.flatMap(([pod, deployment]) => inPod(deployment).map(({ name }) => `${name} of ${pod}`));
  const containers = CONTAINERS.filter(({ holds }) => holds(each));
  expect(sorted(names)).toEqual(sorted(containers.map(({ what, where }) => `${what} of ${where}`)));
  expect(containers.map(({ property }) => read(gateway, property).name)).toEqual(containers.map(({ what }) => what));
});

test('each row is there in one case and missing in another, unless it says always', () => {
  for (const { what, where, when, holds } of [...OBJECTS, ...KINDS, ...CONTAINERS]) {
    const seen = new Set(CASES.map(holds));
    expect([what, where, ...[...seen].sort()]).toEqual([what, where, ...when === 'always' ? [true] : [false, true]]);
  }
});

test('keys of providers have the ids and the property that the page names', () => {
  const chart = newChart();
  const store = { store: SecretStore.cluster('vault'), remoteKey: 'openclaw/{provider}' };
  const { providerSecrets } = newGateway(chart, { providerSecrets: [], providerKeys: ProviderKeys.fromStore(store) });
  expect(providerSecrets.map(({ externalSecret }) => externalSecret!.node.path)).toEqual(['anthropic', 'openai'].map(id => `prod/Gateway/Key-${id}/ExternalSecret`));
  const own = new ProviderSecret(chart, 'Mine', { provider: Provider.GROQ, source: SOURCES.store });
  expect(own.externalSecret!.node.path).toBe('prod/Mine/ExternalSecret');
});

const code = (text: string) => `\`${text}\``;
function tableOf(head: string[], rows: Row[]): string {
  return table(head, rows.map(({ what, where, property, when }) => [what, code(where), code(property), when]));
}

test.each([
  ['objects', tableOf(['object', 'construct id', 'property', 'when'], OBJECTS)],
  ['values', table(['value', 'construct', 'property'], VALUES.map(([value, id, property]) => [value, code(id), code(property)]))],
  ['kinds', tableOf(['object', 'construct id', 'property', 'source'], KINDS)],
  ['containers', table(
    ['container', 'pod', 'property', 'when'], CONTAINERS.map(({ what, where, property, when }) => [code(what), where, code(property), when]),
  )],
])('docs/objects.md has the table of %s', (section, content) => {
  const text = fs.readFileSync(PAGE, 'utf8');
  const renewed = replaceSection(text, section, content);
  if (process.env.WRITE_DOCS) fs.writeFileSync(PAGE, renewed);
  else expect(text).toBe(renewed);
});
