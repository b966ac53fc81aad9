import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Delivery, GatewayAuth, ModelGuard, OpenClawDeployment, OpenClawDeploymentProps, Preset, Provider, ProviderKeys, ProviderSecret, SecretSource,
  SecretStore,
} from '../../src';
import { messageOf, newChain, newChart, newGateway, objects, GPT, SONNET } from '../support/gateway';

type Props = Partial<OpenClawDeploymentProps>;

const VAULT = SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'openclaw' });
const SOURCES = { vault: VAULT, generated: SecretSource.generated(), plain: SecretSource.unsafePlainText('a-token-in-the-open') };
const GUARDS = {
  'no guard': ModelGuard.none(),
  'sidecar': ModelGuard.sidecar(),
  'pod': ModelGuard.pod(),
  'pod with a plain caller': ModelGuard.pod({ caller: SecretSource.unsafePlainText('a-caller-in-the-open') }),
};
const PRESETS = [Preset.PROD, Preset.DEV].map(preset => preset.customize({ noticeRules: ['secret-plain-text', 'image-not-pinned'] }));

const CASES = Object.entries(GUARDS).flatMap(([placement, guard]) => PRESETS.flatMap(preset => Object.values(Delivery).flatMap(delivery =>
  Object.entries(SOURCES).map(([token, source]): [string, Props] => [
    `${placement}, ${preset.name}, ${delivery}, token ${token}`, { guard, preset, delivery, auth: GatewayAuth.token(source) },
  ]))));

function build(props: Props): { chart: Chart; gateway: OpenClawDeployment; keys: ProviderSecret[] } {
  const chart = newChart();
  const keys = [Provider.ANTHROPIC, Provider.OPENAI].map(provider => new ProviderSecret(chart, provider.id, {
    provider,
    source: SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: `keys/${provider.id}` }),
  }));
  const secrets = { TELEGRAM_BOT_TOKEN: VAULT, OTHER: SecretSource.generated() };
  return { chart, keys, gateway: newGateway(chart, { secrets, ...props, chain: newChain(chart, [SONNET, GPT]), providerSecrets: keys }) };
}

/** The names of the properties that users may read. */
function publicNames(value: object): string[] {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value))).filter(([, { get }]) => get).map(([name]) => name);
  return [...Object.keys(value), ...getters].filter(name => !name.startsWith('_') && !['node', 'settings', 'found', 'rendered', 'added'].includes(name));
}

/** The constructs and containers that properties lead to; what a kplus object or a container holds itself does not count. */
function reachedFrom(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (value instanceof kplus.Resource) return [value, ApiObject.of(value)];
  const isOurs = value instanceof OpenClawDeployment || value instanceof ProviderSecret || !Construct.isConstruct(value);
  if (value instanceof kplus.Container || !isOurs) return [value];
  return publicNames(value).flatMap(name => reachedFrom((value as any)[name]));
}

/** The paths of objects and the names of containers that no property leads to. */
function hidden({ chart, gateway, keys }: ReturnType<typeof build>): string[] {
  const reached = [gateway, ...keys].flatMap(reachedFrom);
  const all = chart.node.findAll();
  const containers = all.filter(each => each instanceof kplus.Deployment).flatMap(each => [...each.containers, ...each.initContainers]);
  return [
    ...all.filter(each => ApiObject.isApiObject(each) && !reached.includes(each)).map(each => each.node.path),
    ...containers.filter(each => !reached.includes(each)).map(each => each.name),
  ];
}

describe.each([['', undefined], [' with Cilium', { hosts: ['api.telegram.org'] }]])('a property leads to each object and container%s', (_, ciliumEgress) => {
  test.each(CASES.filter(([, { preset }]) => !ciliumEgress || preset!.name === 'prod'))('%s', (__, props) => {
    expect(hidden(build({ ...props, ciliumEgress }))).toEqual([]);
  });
});

test('a property leads to the keys that providerKeys makes', () => {
  const chart = newChart();
  const gateway = newGateway(chart, {
    providerSecrets: [], providerKeys: ProviderKeys.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'openclaw/{provider}' }),
  });
  expect(gateway.providerSecrets.map(({ externalSecret }) => externalSecret?.kind)).toEqual(['ExternalSecret', 'ExternalSecret']);
  expect(hidden({ chart, gateway, keys: [] })).toEqual([]);
});

test('the search would find an object and a container without a property', () => {
  const built = build({ guard: ModelGuard.pod() });
  new kplus.ConfigMap(built.gateway, 'Hidden');
  built.gateway.guard!.deployment!.addContainer({ name: 'hidden', image: 'example.com/hidden:1.0' });
  expect(hidden(built)).toEqual(['prod/Gateway/Hidden/Resource', 'hidden']);
});

test('all kinds of objects are among the cases', () => {
  const kinds = Testing.synth(build({ guard: ModelGuard.pod(), ciliumEgress: {} }).chart).map(({ kind }) => kind);
  expect([...new Set(kinds)].sort()).toEqual([
    'CiliumNetworkPolicy', 'ConfigMap', 'Deployment', 'ExternalSecret', 'NetworkPolicy', 'Password', 'PersistentVolumeClaim', 'PodDisruptionBudget',
    'Service', 'ServiceAccount',
  ]);
});

test.each<[ModelGuard, string[]]>([
  [GUARDS['no guard'], []],
  [GUARDS.sidecar, ['bootstrap', 'container', 'policy']],
  [GUARDS.pod, [
    'bootstrap', 'caller', 'ciliumPolicy', 'container', 'deployment', 'disruptionBudget', 'networkPolicy', 'policy', 'service', 'serviceAccount',
  ]],
])('gateway.guard has what is rendered: case %#', (guard, names) => {
  const { gateway } = build({ guard, ciliumEgress: {} });
  expect(Object.entries(gateway.guard ?? {}).filter(([, value]) => value !== undefined).map(([name]) => name).sort()).toEqual(names);
});

test('secrets are found by their names, with the objects that bring them', () => {
  const { gateway } = build({ auth: GatewayAuth.token(SOURCES.generated) });
  expect(Object.keys(gateway.secrets)).toEqual(['TELEGRAM_BOT_TOKEN', 'OTHER']);
  expect(gateway.secrets.TELEGRAM_BOT_TOKEN).toMatchObject({ key: 'TELEGRAM_BOT_TOKEN', externalSecret: { kind: 'ExternalSecret' }, generator: undefined });
  expect(gateway.tokenSecret).toMatchObject({ key: 'password', externalSecret: { kind: 'ExternalSecret' }, generator: { kind: 'Password' } });
  expect(kplus.EnvValue.fromSecretValue(gateway.tokenSecret!).valueFrom).toEqual(
    { secretKeyRef: { key: 'password', name: gateway.tokenSecret!.secret.name, optional: undefined } });
});

describe('containerPath', () => {
  test.each(Object.entries(GUARDS).flatMap(([placement, guard]) => Object.values(Delivery).map(delivery => ({ placement, delivery, guard }))))(
    'leads to each container, whatever stands before it: $placement, $delivery', ({ guard, delivery }) => {
      const { chart, gateway } = build({ guard, delivery, preset: PRESETS[0] });
      const added = gateway.deployment.addContainer({ name: 'added', image: 'example.com/added:1.0' });
      const { container, initContainer, liveSyncContainer } = gateway;
      const patch = (deployment: kplus.Deployment, each: kplus.Container) =>
        ApiObject.of(deployment).addJsonPatch(JsonPatch.add(`${gateway.containerPath(each)}/workingDir`, `/${each.name}`));
      for (const each of [container, initContainer, liveSyncContainer, added]) if (each) patch(gateway.deployment, each);
      if (gateway.guard) patch(gateway.guard.deployment ?? gateway.deployment, gateway.guard.container);
      const written = objects(chart, 'Deployment').flatMap(({ spec: { template: { spec } } }) => [...spec.initContainers ?? [], ...spec.containers]);
      expect(written.map(({ workingDir }) => workingDir)).toEqual(written.map(({ name }) => `/${name}`));
    });

  test('refuses a container of another gateway', () => {
    const [{ gateway }, other] = [build({}), build({})];
    expect(messageOf(() => gateway.containerPath(other.gateway.container))).toBe("OpenClawDeployment 'prod/Gateway':"
      + ' container must be a container of the gateway or of its guard, got a Container; use for example gateway.liveSyncContainer');
  });
});

test('findings are a copy', () => {
  const { gateway } = build({ preset: PRESETS[0], image: 'example.com/openclaw:latest' });
  const before = gateway.findings;
  expect(before.map(({ rule }) => rule)).toContain('image-not-pinned');
  gateway.findings.pop();
  expect(gateway.findings).toEqual(before);
});
