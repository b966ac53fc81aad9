import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FallbackChain, Fleet, GatewayAuth, ModelGuard, OpenClawVersion, Provider, ProviderKeys, SecretSource, Tenants } from '../../src';
import { messageOf, newChart, newGateway, objects } from '../support/gateway';

const pullSecrets = (deployments: any[]) => deployments.map(({ spec }) => spec.template.spec.imagePullSecrets);

test.each([['no guard', ModelGuard.none(), 1], ['sidecar', ModelGuard.sidecar(), 1], ['pod', ModelGuard.pod(), 2]] as const)(
  'each pod pulls its images with dockerRegistryAuth: %s', (_, guard, pods) => {
    const chart = newChart();
    newGateway(chart, { guard, dockerRegistryAuth: kplus.Secret.fromSecretName(chart, 'Registry', 'registry') });
    expect(pullSecrets(objects(chart, 'Deployment'))).toEqual(Array(pods).fill([{ name: 'registry' }]));
  });

test('a Secret that the chart defines is taken too', () => {
  const chart = newChart();
  const dockerRegistryAuth = new kplus.DockerConfigSecret(chart, 'Registry', { data: { auths: {} } });
  newGateway(chart, { dockerRegistryAuth });
  expect(pullSecrets(objects(chart, 'Deployment'))).toEqual([[{ name: dockerRegistryAuth.name }]]);
});

test('without it no pull secret is rendered', () => {
  const chart = newChart();
  newGateway(chart);
  expect(objects(chart, 'Deployment')[0].spec.template.spec).not.toHaveProperty('imagePullSecrets');
});

test.each<[string, (chart: any) => unknown, string]>([
  ['a name', () => 'registry', "dockerRegistryAuth must be a kplus Secret, got the string 'registry'; use for example kplus.Secret.fromSecretName(chart, 'Registry', 'registry')"],
  ['a Secret of another type', chart => new kplus.Secret(chart, 'Registry', { stringData: { password: 'x' } }), "dockerRegistryAuth is a Secret of type 'Opaque',"
    + " with which Kubernetes pulls no image; use kplus.DockerConfigSecret or a Secret of type 'kubernetes.io/dockerconfigjson'"],
])('%s is refused', (_, secret, message) => {
  const chart = newChart();
  expect(messageOf(() => newGateway(chart, { dockerRegistryAuth: secret(chart) as any }))).toBe(`OpenClawDeployment 'prod/Gateway': ${message}`);
});

test('a Secret of another namespace is refused', () => {
  const chart = newChart();
  const elsewhere = kplus.Secret.fromSecretName(newChart('other', 'elsewhere'), 'Registry', 'registry');
  expect(messageOf(() => newGateway(chart, { dockerRegistryAuth: elsewhere }))).toContain(
    "[reference-other-namespace] dockerRegistryAuth is in namespace 'elsewhere', the gateway in 'gateways'; a pod can only use objects of its own namespace: put both into one namespace");
});

test('in a fleet it names a Secret of each tenant, and the fleet tells its charts', () => {
  const app = Testing.app();
  const fleet = new Fleet(app, 'fleet', {
    tenants: Tenants.of([{ name: 'a' }, { name: 'b' }]),
    version: OpenClawVersion.V2026_9_6,
    chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
    providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'),
    auth: GatewayAuth.token(SecretSource.generated()),
    guard: ModelGuard.pod(),
    dockerRegistryAuth: kplus.Secret.fromSecretName(app, 'Registry', 'registry'),
  });
  expect(fleet.charts.map(({ node }) => node.id)).toEqual(['a', 'b']);
  expect(pullSecrets(fleet.charts.flatMap(chart => objects(chart, 'Deployment')))).toEqual(Array(4).fill([{ name: 'registry' }]));
});
