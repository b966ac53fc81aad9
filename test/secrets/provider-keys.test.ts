import { Chart, Testing, Yaml } from 'cdk8s';
import {
  FallbackChain, ModelAllowlist, ModelGuard, OpenClawDeployment, OpenClawDeploymentProps, OpenClawVersion, Preset, Provider, ProviderKeys,
  ProviderSecret, SecretSource, SecretStore,
} from '../../src/index';
import { keysOf, messageOf, newChart, objects, TOKEN } from '../support/gateway';

const store = SecretStore.cluster('vault');
const IN_VAULT = ProviderKeys.fromStore({ store, remoteKey: 'openclaw/{provider}', property: 'api-key' });

function newGateway(chart: Chart, props: Partial<OpenClawDeploymentProps>, id = 'Gateway'): OpenClawDeployment {
  return new OpenClawDeployment(chart, id, {
    version: OpenClawVersion.V2026_9_6,
    chain: FallbackChain.fromProviders(chart, `Chain-${id}`, { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
    auth: TOKEN,
    ...props,
  });
}

/** The ExternalSecrets that read a vault. */
const readers = (chart: Chart) => objects(chart, 'ExternalSecret').filter(({ spec }) => spec.data);
const remoteKeys = (chart: Chart) => readers(chart).map(({ spec }) => spec.data[0])
  .map(({ secretKey, remoteRef }) => [secretKey, remoteRef.key, remoteRef.property]);
const pathsOf = (gateway: OpenClawDeployment) => gateway.providerSecrets.map(({ node }) => node.path);

describe.each([Preset.PROD, Preset.DEV])('keys of a Secret, with $name', preset => {
  test('give what ProviderSecrets written by hand give, byte by byte', () => {
    const [ours, byHand] = [newChart(), newChart()];
    const gateway = newGateway(ours, { preset, providerKeys: ProviderKeys.fromSecretName('openclaw-secrets') });
    newGateway(byHand, { preset, providerSecrets: keysOf(byHand, Provider.ANTHROPIC, Provider.OPENAI) });
    expect(Yaml.stringify(...Testing.synth(ours))).toBe(Yaml.stringify(...Testing.synth(byHand)));
    expect(pathsOf(gateway)).toEqual(['prod/Gateway/Key-anthropic', 'prod/Gateway/Key-openai']);
    expect(gateway.summary).toContain('ANTHROPIC_API_KEY       Secret openclaw-secrets, key ANTHROPIC_API_KEY');
  });
});

test('a Secret may have its keys under the ids of the providers', () => {
  const gateway = newGateway(newChart(), { providerKeys: ProviderKeys.fromSecretName('keys/{provider}') });
  expect(gateway.providerSecrets.map(({ secret, secretKey }) => [secret.name, secretKey])).toEqual([['keys', 'anthropic'], ['keys', 'openai']]);
});

test.each([
  ['a guard beside the gateway', ModelGuard.sidecar()], ['a guard in pods of its own', ModelGuard.pod()], ['no guard', ModelGuard.none()],
])('keys of a vault have an ExternalSecret each, with %s', (_, guard) => {
  const chart = newChart();
  newGateway(chart, { guard, providerKeys: IN_VAULT });
  expect(remoteKeys(chart)).toEqual([['ANTHROPIC_API_KEY', 'openclaw/anthropic', 'api-key'], ['OPENAI_API_KEY', 'openclaw/openai', 'api-key']]);
  const secrets = readers(chart).map(({ metadata }) => metadata.name);
  expect(secrets).toEqual([expect.stringMatching(/^prod-gateway-key-anthropic-externalsecret-/), expect.stringMatching(/^prod-gateway-key-openai-externalsecret-/)]);
  const mounted = objects(chart, 'Deployment').flatMap(({ spec }) => spec.template.spec.volumes).flatMap(({ secret }) => secret?.secretName ?? []);
  expect(mounted).toEqual(expect.arrayContaining(secrets));
});

test('there is one for each provider of the chain, the allowlist and the slots that needs a key', () => {
  const chart = newChart();
  const local = Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc/v1', requiresKey: false }).model('llama', { contextWindow: 32_768, maxTokens: 4096 });
  const chain = new FallbackChain(chart, 'Own', { primary: Provider.ANTHROPIC.model('claude-sonnet-5'), fallbacks: [local] });
  const image = Provider.GOOGLE.model('gemini-2.5-pro');
  const allowlist = new ModelAllowlist(chart, 'Allowlist', { chains: [chain], models: [Provider.OPENAI.model('gpt-5.4'), image], patterns: [Provider.GROQ.pattern('*')] });
  const gateway = newGateway(chart, { chain, allowlist, modelSlots: { image }, providerKeys: IN_VAULT });
  expect(gateway.providerSecrets.map(({ provider }) => provider.id).sort()).toEqual(['anthropic', 'google', 'groq', 'openai']);
  expect(gateway.findings.filter(({ rule }) => rule.startsWith('provider-key'))).toEqual([]);
});

test('a ProviderSecret wins for its provider', () => {
  const chart = newChart();
  const own = new ProviderSecret(chart, 'Own', { provider: Provider.OPENAI, source: SecretSource.fromSecretName('special', 'key') });
  const gateway = newGateway(chart, { providerKeys: IN_VAULT, providerSecrets: [own] });
  expect(remoteKeys(chart)).toEqual([['ANTHROPIC_API_KEY', 'openclaw/anthropic', 'api-key']]);
  expect(pathsOf(gateway)).toEqual(['prod/Own', 'prod/Gateway/Key-anthropic']);
});

test('two gateways of a chart have their own', () => {
  const chart = newChart();
  const gateways = ['A', 'B'].map(id => newGateway(chart, { providerKeys: IN_VAULT }, id));
  expect(gateways.flatMap(pathsOf)).toEqual(['prod/A/Key-anthropic', 'prod/A/Key-openai', 'prod/B/Key-anthropic', 'prod/B/Key-openai']);
  expect(readers(chart)).toHaveLength(4);
});

test.each<[string, () => unknown]>([
  ['ProviderKeys.fromSecretName(): name must be a non-empty string, got undefined', () => ProviderKeys.fromSecretName(undefined as any)],
  ['ProviderKeys.fromSecretName(): name holds {team}; allowed are {tenant}, {namespace}, {provider}', () => ProviderKeys.fromSecretName('{team}-keys')],
  ["SecretSource.fromSecretName(): name must be the name of a Secret: lower-case letters, digits, dashes and dots, got the string 'Bad_Name'", () => ProviderKeys.fromSecretName('Bad_Name')],
  ["keys: 'a/b/c' must be <secret> or <secret>/<key>", () => ProviderKeys.fromSecretName('a/b/c')],
  ['ProviderKeys.fromStore(): property holds {key}; allowed are {tenant}, {namespace}, {provider}', () => ProviderKeys.fromStore({ store, remoteKey: 'a', property: '{key}' })],
  ["OpenClawDeployment 'prod/Gateway': providerKeys must be ProviderKeys, got the string 'openclaw-secrets'; use ProviderKeys.fromSecretName(…) or ProviderKeys.fromStore(…)",
    () => newGateway(newChart(), { providerKeys: 'openclaw-secrets' as any })],
  ["OpenClawDeployment 'prod/Gateway': providerKeys holds {tenant}; allowed are {provider}; the others are for a Fleet",
    () => newGateway(newChart(), { providerKeys: ProviderKeys.fromSecretName('{tenant}-keys') })],
])('%s', (message, action) => {
  expect(messageOf(action)).toBe(message);
});
