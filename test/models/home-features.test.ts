import { Model, ModelGuard, OpenClawVersion, Provider } from '../../src';
import { configSchema } from '../../src/extra-config/schema';
import { schemasAt } from '../../src/extra-config/schema-path';
import { Catalog } from '../../src/models/catalog';
import { HOME_FEATURES } from '../../src/models/home-features';
import { featuresOf } from '../../src/release/features';
import { RELEASES } from '../../src/release/releases';
import { configOf, keysOf, newChain, newChart, newGateway } from '../support/gateway';

const FACTS = { contextWindow: 128_000, maxTokens: 8192 };
const RESTORED = Object.values(HOME_FEATURES).flat().filter(({ settings }) => settings !== 'none').map(feature => [feature.name, feature] as const);

/** The row of a model in `openclaw.json`. */
function rowOf(model: Model, version: string, guard: ModelGuard): any {
  const chart = newChart();
  const gateway = newGateway(chart, {
    version: OpenClawVersion.of(version),
    guard,
    acknowledge: { 'chain-single-provider': 'one model is what is looked at' },
    chain: newChain(chart, [model]),
    providerSecrets: keysOf(chart, model.provider),
  });
  return configOf(gateway).models.providers[model.provider.id].models[0];
}

const PROXY = { baseUrl: 'https://llm.corp.example/v1' };

describe.each(RELEASES.map(({ release }) => release))('OpenClaw %s', version => {
  const features = featuresOf(version);
  const schema = configSchema(version);

  test.each(RESTORED)('has the settings that bring back %s, where the table says so', (_, feature) => {
    const { compat = {}, headers = {} } = feature.settings as Exclude<typeof feature.settings, 'none'>;
    const paths = [...Object.keys(compat).map(name => ['compat', name]), ...Object.keys(headers).map(name => ['headers', name])];
    const known = paths.map(path => schemasAt(schema, ['models', 'providers', 'any', 'models', 0, ...path]).length > 0);
    const stated = feature.settingsSince === 'always' || features[feature.settingsSince];
    expect(known).toEqual(known.map(has => stated || has)); // older versions have some, without effect
  });
});

test.each([
  ['behind a guard', Provider.OPENAI, ModelGuard.sidecar()],
  ['behind a guard in pods of its own', Provider.OPENAI, ModelGuard.pod()],
  ['at another base URL', Provider.OPENAI.customize(PROXY), ModelGuard.none()],
  ['at another base URL, behind a guard', Provider.OPENAI.customize(PROXY), ModelGuard.sidecar()],
])('%s a model asks for what it would have at the own host of its provider', (_, provider, guard) => {
  expect(rowOf(provider.model('gpt-5.4'), '2026.9.6', guard).compat).toEqual({ supportsInstructions: true, supportsPromptCacheKey: true, supportsStrictMode: true });
  expect(rowOf(provider.model('gpt-5.4'), '2026.7.1', guard).compat).toEqual({ supportsDeveloperRole: true, supportsPromptCacheKey: true });
});

test('at the own host of its provider a model has no such settings', () => {
  const models = [Provider.OPENAI.model('gpt-5.4'), Provider.ANTHROPIC.model('claude-haiku-4-5'), Provider.OPENROUTER.model('anthropic/claude-sonnet-5', FACTS)];
  for (const model of models) {
    expect(rowOf(model, '2026.9.6', ModelGuard.none())).not.toMatchObject({ compat: expect.anything() });
    expect(rowOf(model, '2026.9.6', ModelGuard.none())).not.toMatchObject({ headers: expect.anything() });
  }
});

test('what the catalog says of a model still holds', () => {
  const { compat } = Catalog.of('2026.9.6').row('openai', 'gpt-5.6-sol')!;
  expect(compat).toMatchObject({ codeMode: 'preferred' });
  expect(rowOf(Provider.OPENAI.model('gpt-5.6-sol'), '2026.9.6', ModelGuard.sidecar()).compat).toMatchObject({ ...compat, supportsPromptCacheKey: true });
});

test('Claude models through OpenRouter get cache marks, others do not', () => {
  const of = (id: string, version: string) => rowOf(Provider.OPENROUTER.model(id, FACTS), version, ModelGuard.sidecar()).compat;
  expect(of('anthropic/claude-sonnet-5', '2026.9.6')).toEqual({ cacheControlFormat: 'anthropic', supportsUsageInStreaming: false });
  expect(of('moonshotai/kimi-k2.5', '2026.9.6')).toEqual({ supportsUsageInStreaming: false });
  expect(of('anthropic/claude-sonnet-5', '2026.8.2')).toEqual({ supportsUsageInStreaming: false });
});

test('Claude models get the betas that OpenClaw knows for them, unless the provider has some of its own', () => {
  const of = (id: string, provider = Provider.ANTHROPIC) => rowOf(provider.model(id, FACTS), '2026.9.6', ModelGuard.sidecar()).headers;
  expect(of('claude-haiku-4-5')).toEqual({ 'anthropic-beta': 'fine-grained-tool-streaming-2025-05-14,interleaved-thinking-2025-05-14' });
  for (const id of ['claude-sonnet-5', 'claude-opus-4-6', 'claude-sonnet-4-6']) expect(of(id)).toEqual({ 'anthropic-beta': 'fine-grained-tool-streaming-2025-05-14' });
  expect(rowOf(Provider.ANTHROPIC.model('claude-sonnet-5', FACTS), '2026.6.11', ModelGuard.sidecar()).headers).toEqual(of('claude-haiku-4-5'));
  expect(of('claude-haiku-4-5', Provider.ANTHROPIC.customize({ headers: { 'Anthropic-Beta': 'mine' } }))).toBeUndefined();
});

test('the summary tells what a version cannot be asked for', () => {
  const summary = (version: string, guard: ModelGuard) => {
    const chart = newChart();
    const chain = newChain(chart, [Provider.OPENAI.model('gpt-5.4'), Provider.OPENROUTER.model('anthropic/claude-sonnet-5', FACTS)]);
    const providerSecrets = keysOf(chart, Provider.OPENAI, Provider.OPENROUTER);
    return newGateway(chart, { version: OpenClawVersion.of(version), guard, chain, providerSecrets }).summary;
  };
  expect(summary('2026.9.6', ModelGuard.sidecar())).toMatch(/without +openai +answers stored at OpenAI/);
  expect(summary('2026.9.6', ModelGuard.sidecar())).not.toContain('cache');
  expect(summary('2026.7.1', ModelGuard.sidecar())).toMatch(/openrouter +cache marks/);
  expect(summary('2026.7.1', ModelGuard.none())).not.toMatch(/^ +without/m);
});
