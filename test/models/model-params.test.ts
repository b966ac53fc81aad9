import { SERVER_FIELDS } from '../../src/guard/server-tools';
import { ModelGuard, OpenClawVersion, Provider, SecretText } from '../../src/index';
import { RELEASES } from '../../src/release/releases';
import { configOf, GPT, keysOf, newChain, newChart, newGateway, SONNET } from '../support/gateway';

const FACTS = { contextWindow: 128_000, maxTokens: 8192, reasoning: true };
const kimi = (params: any) => Provider.OPENROUTER.model('moonshotai/kimi-k2.5', { ...FACTS, alias: 'kimi', params });
const HAIKU = Provider.ANTHROPIC.model('claude-haiku-4-5', FACTS);
const ROUTING = { order: ['moonshotai', 'together'], allow_fallbacks: false, data_collection: 'deny', sort: 'price', max_price: { prompt: 1 } };

/** The configuration of a gateway whose second model is given; behind a guard by default. */
function render(model: ReturnType<Provider['model']>, props: object = {}): any {
  const chart = newChart();
  const providerSecrets = keysOf(chart, ...new Set([HAIKU.provider, model.provider]));
  return configOf(newGateway(chart, { chain: newChain(chart, [HAIKU, model]), providerSecrets, guard: ModelGuard.sidecar(), ...props }));
}

describe.each(RELEASES.map(({ release }) => release))('OpenClaw %s', release => {
  test('params stand beside the alias; what only a plugin of OpenRouter would send goes into the body', () => {
    const config = render(kimi({ temperature: 0.2, thinking: 'low', provider: ROUTING, extra_body: { top_k: 20 } }), { version: OpenClawVersion.of(release) });
    expect(config.agents.defaults.models['openrouter/moonshotai/kimi-k2.5']).toEqual({
      alias: 'kimi', params: { temperature: 0.2, thinking: 'low', extra_body: { top_k: 20, provider: ROUTING } },
    });
  });
});

test('the models of all agents stand in one place, and nobody may call more for it', () => {
  const chart = newChart();
  const coder = newChain(chart, [Provider.OPENAI.model('gpt-5.4', { params: { maxTokens: 2000 } })], 'Coder');
  const { defaults, entries } = configOf(newGateway(chart, {
    version: OpenClawVersion.V2026_8_2,
    chain: newChain(chart, [SONNET]),
    agents: { coder: { chain: coder } },
    providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI),
    acknowledge: { 'chain-single-provider': 'one each' },
  })).agents;
  expect(defaults.models).toEqual({ 'openai/gpt-5.4': { params: { maxTokens: 2000 } } });
  expect([entries.main.modelPolicy.allow, entries.coder.modelPolicy.allow]).toEqual([['anthropic/claude-sonnet-5'], ['openai/gpt-5.4']]);
});

test('a model that is not permitted does not become so in versions whose allowlist is the list of models', () => {
  const image = Provider.OPENAI.model('gpt-5.4-mini', { params: { maxTokens: 2000 } });
  expect(() => render(GPT, { version: OpenClawVersion.V2026_7_1, modelSlots: { image } })).toThrow(/\[model-params-unread\] model 'openai\/gpt-5.4-mini' has params/);
  expect(render(GPT, { modelSlots: { image } }).agents.defaults.models).toEqual({ 'openai/gpt-5.4-mini': { params: { maxTokens: 2000 } } });
});

test.each(['extra_body', 'extraBody', 'provider'])('%s takes no field by which OpenRouter uses another model', name => {
  const fields = SERVER_FIELDS.filter(field => !field.includes(':'));
  for (const field of name === 'provider' ? ['model', 'models', 'fallback_models'] : [...fields, 'model', 'messages', 'tools', 'judge_model']) {
    expect(() => render(kimi({ [name]: { [field]: 'x' } }))).toThrow("[governed-path] model 'openrouter/moonshotai/kimi-k2.5': params 'extra_body.");
  }
});

test('secrets, variables and files of the pod are refused as in extraConfig', () => {
  const faults = (value: string) => () => render(kimi({ extra_body: { user: value } }));
  expect(faults('${HOSTNAME_X}')).toThrow(/\[config-malformed\] model '.*': params 'extra_body.user' reads \$\{HOSTNAME_X\}/);
  expect(faults('/run/openclaw/keys.json')).toThrow(/\[governed-path\]/);
});

test.each<[string, () => unknown, string]>([
  ['a misspelt param', () => kimi({ temprature: 1 }), "params.temprature changes no request of the API openai-completions; did you mean 'temperature'?"],
  ['one that only a plugin reads', () => Provider.ANTHROPIC.model('claude-sonnet-5', { params: { context1m: true } }),
    'params.context1m changes no request of the API anthropic-messages; remove it; valid params: thinking, temperature, maxTokens, cacheRetention, stop'],
  ['one of another API', () => Provider.OPENAI.model('gpt-5.4', { params: { extra_body: { top_k: 1 } } }), 'params.extra_body changes no request of the API openai-responses'],
  ['a field of the body', () => kimi({ top_k: 20 }), 'a field of the request goes into extra_body'],
  ['a wrong value', () => kimi({ temperature: 'hot', thinking: 'hard', stop: [] }), 'params.temperature must be a number from 0 to 2, got the string'],
  ['one param twice', () => kimi({ extra_body: { a: 1 }, extraBody: { b: 1 } }), 'params has extraBody and extra_body, which are one; remove one of them'],
  ['a secret', () => kimi({ extra_body: { key: SecretText.of('KEY') } }), 'params must be an object of plain JSON'],
  ['no object', () => kimi([1]), 'params must be an object of plain JSON'],
  ["another provider's routing", () => Provider.custom('vllm', { baseUrl: 'http://vllm:80/v1' }).model('x', { ...FACTS, params: { provider: { order: ['a'] } } }),
    'params.provider is of OpenRouter; a field of the request goes into extra_body'],
])('%s is refused where the model is made', (_, make, message) => {
  expect(make).toThrow(message);
});

test('params are a copy, and other ones for the same model are a conflict', () => {
  const params = { extra_body: { top_k: 1 } };
  const model = kimi(params);
  params.extra_body.top_k = 2;
  model.params!.extra_body.top_k = 3;
  expect(model.params).toEqual({ extra_body: { top_k: 1 } });
  const again = kimi({ extra_body: { top_k: 2 } });
  const chart = newChart();
  const chain = newChain(chart, [model, SONNET]);
  expect(() => newGateway(chart, { chain, agents: { coder: { chain: newChain(chart, [again, SONNET], 'Coder') } }, providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENROUTER) }))
    .toThrow("[model-conflict] model 'openrouter/moonshotai/kimi-k2.5' is given with params");
});
