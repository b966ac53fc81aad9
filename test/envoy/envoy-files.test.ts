import { Duration } from 'cdk8s';
import { connectTimeoutOf } from '../../src/envoy/guarded-provider';
import { ModelApi, ModelGuard, ModelGuardOptions, Provider, ProviderSecret, SecretSource } from '../../src/index';
import { configOf, keysOf, newChain, newChart, newGateway, objects } from '../support/gateway';

const FACTS = { contextWindow: 128_000, maxTokens: 8192 };
const FOUR = [Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE, Provider.GROQ];

function filesOf(models: number, options: ModelGuardOptions = {}): { [file: string]: string } {
  const chart = newChart();
  const chain = FOUR.flatMap(provider => Array.from({ length: models }, (_, i) => provider.model(`some-model-of-2026-${i}`, FACTS)));
  newGateway(chart, { guard: ModelGuard.sidecar(options), chain: newChain(chart, chain), providerSecrets: keysOf(chart, ...FOUR) });
  return Object.assign({}, ...objects(chart, 'ConfigMap').map(({ data }) => data).filter(data => data['routes.json'] ?? data['bootstrap.json']));
}

const sizeOf = (files: { [file: string]: string }) => Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);

describe('the files of a guard', () => {
  test('are small: 84 kB for four providers with a model each, 156 kB with fifty', () => {
    expect(sizeOf(filesOf(1))).toBeLessThanOrEqual(84_000);
    expect(sizeOf(filesOf(50))).toBeLessThanOrEqual(156_000);
  });

  test('are written for readers: no line is longer than a screen is wide, but for texts and CEL of its own', () => {
    const long = Object.entries(filesOf(1)).flatMap(([file, text]) => text.split('\n').filter(line => line.length > 200).map(line => `${file}: ${line.trim().slice(0, 40)}`));
    expect(long.filter(line => !/^forbidden\.json: "regex":|^bootstrap\.json: "(microdollars|unmetered|expression|value_format)":/.test(line))).toEqual([expect.stringContaining('read-fields.json: "value":"%REQUEST_BODY(prompt)%')]);
  });

  test('are JSON with a filter each', () => {
    const files = filesOf(1);
    expect(Object.keys(files).sort()).toEqual(['bootstrap.json', 'forbidden.json', 'key-anthropic.json', 'key-google.json', 'key-groq.json', 'key-openai.json',
      'listeners.json', 'providers.json', 'read-fields.json', 'read-model.json', 'routes.json']);
    for (const text of Object.values(files)) expect(JSON.parse(text)).toBeInstanceOf(Object);
  });

  test('say each thing once: the models of a provider are all that grows', () => {
    const [one, two] = [filesOf(1), filesOf(2)];
    expect(Object.keys(one).filter(file => one[file] !== two[file])).toEqual(['routes.json']);
  });
});

test('what the gateway is rendered with is what the guard allows', () => {
  const chart = newChart();
  const gateway = newGateway(chart, {
    guard: ModelGuard.sidecar(),
    modelSlots: { pdf: Provider.ANTHROPIC.model('claude-haiku-4-5'), memoryEmbeddings: Provider.OPENAI.model('text-embedding-3-small') },
  });
  const [{ virtual_hosts: [{ routes }] }] = JSON.parse(gateway.guard!.policy.data['routes.json']).resources;
  const allowed = Object.fromEntries(routes.filter(({ route, name }: any) => route && name !== 'policy')
    .map(({ match, typed_per_filter_config: config }: any) => [match.path, Object.keys(config['allowed-models'].rbac.rules.policies)]));
  expect(allowed).toEqual({
    '/anthropic/v1/messages': ['anthropic/claude-haiku-4-5', 'anthropic/claude-sonnet-5'],
    '/openai/v1/responses': ['openai/gpt-5_4'],
    '/openai/v1/embeddings': ['openai/text-embedding-3-small'],
  });
  const rendered = Object.values<any>(configOf(gateway).models.providers).flatMap(({ models }) => models.map(({ id }: any) => id));
  expect(rendered.sort()).toEqual(['claude-haiku-4-5', 'claude-sonnet-5', 'gpt-5.4']);
});

test("a base URL of Anthropic's format may end in /v1, behind which OpenClaw puts none", () => {
  const chart = newChart();
  const proxies = ['', '/v1', '/v1/', '/anthropic', '/anthropic/v1'].map((path, i) =>
    Provider.custom(`proxy-${i}`, { baseUrl: `http://claude.models.svc${path}`, api: ModelApi.ANTHROPIC_MESSAGES }));
  const gateway = newGateway(chart, {
    guard: ModelGuard.sidecar(), chain: newChain(chart, proxies.map(proxy => proxy.model('m', FACTS)), 'Proxies'), providerSecrets: keysOf(chart, ...proxies),
  });
  const [{ virtual_hosts: [{ routes }] }] = JSON.parse(gateway.guard!.policy.data['routes.json']).resources;
  const called = ['/proxy-0/v1/messages', '/proxy-1/v1/messages', '/proxy-2/v1/messages', '/proxy-3/anthropic/v1/messages', '/proxy-4/anthropic/v1/messages'];
  expect(routes.flatMap(({ match: { path } }: any) => /messages$/.test(path) ? path : [])).toEqual(called);
  expect(Object.values<any>(configOf(gateway).models.providers).map(({ baseUrl }) => `${new URL(baseUrl).pathname}/v1/messages`)).toEqual(called);
});

test("keys among the tools are taken for tools of Google's, but at the hosts of companies whose tools have types", () => {
  const chart = newChart();
  const elsewhere = Provider.DEEPSEEK.customize({ baseUrl: 'https://proxy.example.com' });
  const azure = Provider.azureOpenAi({ endpoint: 'https://contoso.openai.azure.com' });
  const own = Provider.custom('own', { baseUrl: 'https://llm.example.com/v1' });
  const providers = [...FOUR, Provider.MISTRAL, Provider.XAI, Provider.OPENROUTER, elsewhere, azure, own];
  const gateway = newGateway(chart, {
    guard: ModelGuard.sidecar(),
    chain: newChain(chart, providers.map(provider => provider.model(provider.id === 'openrouter' ? 'a/m' : 'm', FACTS)), 'Mixed'),
    providerSecrets: keysOf(chart, ...providers),
  });
  const passed = gateway.guard!.policy.data['forbidden.json'].matchAll(/"string_match":\{"prefix":"\/([a-z]+)\/"\}/g);
  expect([...passed].map(([, id]) => id)).toEqual(['anthropic', 'groq', 'mistral', 'openai', 'xai']);
});

test('every connectTimeout is written as Envoy reads it: seconds with at most nine decimals', () => {
  const written = [...Array.from({ length: 9901 }, (_, i) => 100 + i), 0.1 * 3 * 1000].map(millis => {
    const settings = ModelGuard.sidecar({ connectTimeout: Duration.millis(millis) })._settings!;
    return connectTimeoutOf(settings);
  });
  expect(written.filter(text => !/^\d+(\.\d{1,3})?s$/.test(text))).toEqual([]);
  expect(written[2300 - 100]).toBe('2.3s');
});

test('a provider may be called as what every object has', () => {
  const chart = newChart();
  const odd = Provider.custom('constructor', { baseUrl: 'https://llm.example.com/v1' });
  const gateway = newGateway(chart, {
    guard: ModelGuard.sidecar(),
    chain: newChain(chart, [odd.model('m', FACTS), odd.model('n', FACTS)]),
    providerSecrets: [new ProviderSecret(chart, 'Odd', { provider: odd, source: SecretSource.fromSecretName('keys', 'odd') })],
    acknowledge: { 'chain-single-provider': 'one is enough here' },
  });
  expect(gateway.guard!.policy.data['providers.json']).toContain('"filename":"/etc/ssl/certs/ca-certificates.crt"');
  expect(gateway.guard!.policy.data['routes.json']).not.toContain('guard_constructor');
});

test('models whose names differ in a dot only are both allowed', () => {
  const chart = newChart();
  const models = ['a.1', 'a_1'].map(id => Provider.OPENAI.model(id, FACTS));
  const gateway = newGateway(chart, {
    guard: ModelGuard.sidecar(), chain: newChain(chart, models), providerSecrets: keysOf(chart, Provider.OPENAI), acknowledge: { 'chain-single-provider': 'a test' },
  });
  const [{ virtual_hosts: [{ routes }] }] = JSON.parse(gateway.guard!.policy.data['routes.json']).resources;
  const { policies } = routes.find(({ name }: any) => name === 'openai').typed_per_filter_config['allowed-models'].rbac.rules;
  expect(Object.keys(policies)).toEqual(['openai/a_1']);
  expect(JSON.stringify(policies)).toMatch(/"a\.1".*"a_1"/);
});
