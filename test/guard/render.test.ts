import { ModelGuard, ModelGuardOptions, Provider } from '../../src';
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
  test('are small: 55 kB for four providers with a model each, 127 kB with fifty', () => {
    expect(sizeOf(filesOf(1))).toBeLessThanOrEqual(55_000);
    expect(sizeOf(filesOf(50))).toBeLessThanOrEqual(127_000);
  });

  test('are written for readers: no line is longer than a screen is wide, but for a text of its own', () => {
    const long = Object.entries(filesOf(1)).flatMap(([file, text]) => text.split('\n').filter(line => line.length > 200).map(line => `${file}: ${line.trim().slice(0, 40)}`));
    expect(long).toEqual([expect.stringContaining('read-fields.json: "value":"%REQUEST_BODY(prompt)%')]);
  });

  test('are JSON with a filter each', () => {
    const files = filesOf(1);
    expect(Object.keys(files).sort()).toEqual(['bootstrap.json', 'forbidden.json', 'key-anthropic.json', 'key-google.json', 'key-groq.json', 'key-openai.json',
      'providers.json', 'read-fields.json', 'read-model.json', 'routes.json']);
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
  const [{ virtual_hosts: [{ routes }] }] = JSON.parse(gateway.guardPolicy!.data['routes.json']).resources;
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

test('models whose names differ in a dot only are both allowed', () => {
  const chart = newChart();
  const models = ['a.1', 'a_1'].map(id => Provider.OPENAI.model(id, FACTS));
  const gateway = newGateway(chart, {
    guard: ModelGuard.sidecar(), chain: newChain(chart, models), providerSecrets: keysOf(chart, Provider.OPENAI), acknowledge: { 'chain-single-provider': 'a test' },
  });
  const [{ virtual_hosts: [{ routes }] }] = JSON.parse(gateway.guardPolicy!.data['routes.json']).resources;
  const { policies } = routes.find(({ name }: any) => name === 'openai').typed_per_filter_config['allowed-models'].rbac.rules;
  expect(Object.keys(policies)).toEqual(['openai/a_1']);
  expect(JSON.stringify(policies)).toMatch(/"a\.1".*"a_1"/);
});
