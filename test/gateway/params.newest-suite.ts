import { manifestsOf, MODELS } from './gateways';
import { changed } from './opened';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { Model, ModelGuard, Provider } from '../../src/index';

const FIELDS = { models: ['openai/gpt-5.5'], preset: 'x' };

/** `params` of an agent each, and where in the body of its calls OpenClaw puts the fields. */
const PARAMS: { readonly [agent: string]: readonly [params: object, where: 'top' | 'extra_body' | 'nowhere'] } = {
  camel: [{ extraBody: FIELDS }, 'top'],
  snake: [{ extra_body: FIELDS }, 'top'],
  nested: [{ extra_body: { extra_body: FIELDS } }, 'extra_body'],
  kebab: [{ 'extra-body': FIELDS }, 'nowhere'],
  list: [{ extra_body: [FIELDS] }, 'nowhere'],
  plain: [FIELDS, 'nowhere'],
};
const THINKS = { contextWindow: 200_000, maxTokens: 32_000, reasoning: true };
const ROUTING = { order: ['moonshotai'], allow_fallbacks: false };

/** A model of each API with params, and what they make of its requests. */
const TUNED: readonly (readonly [model: Model, body: object])[] = [
  [Provider.OPENROUTER.model('moonshotai/kimi-k2.5', {
    ...THINKS, params: { thinking: 'low', temperature: 0.2, topP: 0.9, maxTokens: 1000, seed: 7, stop: 'END', provider: ROUTING, extra_body: { top_k: 20 } },
  }), { reasoning: { effort: 'low' }, temperature: 0.2, top_p: 0.9, max_completion_tokens: 1000, seed: 7, stop: ['END'], provider: ROUTING, top_k: 20 }],
  [Provider.ANTHROPIC.model('claude-haiku-4-5', { ...THINKS, params: { thinking: 'off', temperature: 0.2, maxTokens: 1000, stop: ['END'] } }),
    { thinking: { type: 'disabled' }, temperature: 0.2, max_tokens: 1000, stop_sequences: ['END'] }],
  [Provider.OPENAI.model('gpt-5.4', { params: { thinking: 'low', temperature: 0.2, maxTokens: 1000, parallelToolCalls: false, cacheRetention: 'long' } }),
    { reasoning: { effort: 'low' }, temperature: 0.2, max_output_tokens: 1000, parallel_tool_calls: false, prompt_cache_retention: '24h' }],
  [Provider.GOOGLE.model('gemini-2.5-flash-lite', { params: { thinking: 'low', temperature: 0.2, maxTokens: 1000 } }),
    { generationConfig: { temperature: 0.2, maxOutputTokens: 1000, thinkingConfig: { thinkingBudget: 2048 } } }],
];
const CHAIN = [MODELS.groq, ...TUNED.map(([model]) => model)];

describe('fields of requests in params', () => {
  const gateway = new SharedGateway(() => changed(manifestsOf(CHAIN, { guard: ModelGuard.none() }), config => {
    config.agents.ownership = 'explicit';
    config.agents.entries = { main: {}, ...Object.fromEntries(Object.entries(PARAMS).map(([agent, [params]]) => [agent, { params }])) };
  }));

  scenario('params of a model stand in each of its requests', async () => {
    for (const [model, expected] of TUNED) {
      gateway.world.providers.reset();
      const session = `agent:main:${model.id.replace(/\W/g, '-')}`;
      await gateway.client.request('sessions.patch', { key: session, model: model.modelRef });
      await gateway.paths.turn('hello', { session });
      expect(gateway.calls[0].body).toMatchObject(expected);
    }
  }, { timeoutMs: 300_000 });

  scenario('every spelling that OpenClaw passes on is refused in extraConfig', async () => {
    const seen: { [agent: string]: string } = {};
    for (const [agent, [params, where]] of Object.entries(PARAMS)) {
      gateway.world.providers.reset();
      await gateway.paths.turn(`hello ${agent}`, { session: `agent:${agent}:fields` });
      const { body } = gateway.calls[0] as { body: any };
      seen[agent] = ['models', 'preset'].every(field => field in body) ? 'top' : body.extra_body ? 'extra_body' : 'nowhere';
      const make = () => manifestsOf(CHAIN, { guard: ModelGuard.none(), extraConfig: { agents: { ownership: 'explicit', entries: { main: {}, [agent]: { params } } } } });
      if (where !== 'nowhere') expect(make).toThrow(/\[governed-path\] .*params.* is a field by which the provider uses another model/);
    }
    expect(seen).toEqual(Object.fromEntries(Object.entries(PARAMS).map(([agent, [, where]]) => [agent, where])));
  }, { timeoutMs: 300_000 });
});
