import { FallbackChain, Model, ModelAllowlist, OpenClawDeploymentProps, Provider } from '../../src/index';
import { keysOf, messageOf, newChart, newGateway, SONNET } from '../support/gateway';

const FACTS = { contextWindow: 131072, maxTokens: 8192 };
const AT_OPENROUTER = {
  'the provider itself': Provider.OPENROUTER,
  'a proxy of one\'s own in front': Provider.OPENROUTER.customize({ baseUrl: 'https://proxy.example.com/api/v1' }),
  'a custom provider': Provider.custom('mine', { baseUrl: 'https://openrouter.ai/api/v1' }),
  'a custom provider at a host below': Provider.custom('mine', { baseUrl: 'https://EU.openrouter.ai./api/v1/' }),
  'another provider, moved': Provider.OPENAI.customize({ baseUrl: 'https://openrouter.ai/api/v1' }),
};
const ROUTERS = ['openrouter/auto', 'openrouter/free', 'openrouter/fusion', 'openrouter/bodybuilder', 'openrouter/openrouter/auto', 'OpenRouter/Auto', 'auto', 'auto:online',
  'switchpoint/router', '~anthropic/claude-opus-latest', '@preset/team-cheap', 'anthropic/claude-sonnet-4.6@preset/team', 'openrouter/@preset/x'];
const MODELS = ['anthropic/claude-sonnet-4.6', 'nvidia/nemotron-3-nano:free', 'google/gemini-2.5-pro:thinking'];

const LETS_CHOOSE = /\[model-id-malformed\] model '([^']+)' lets OpenRouter choose the model; name one/g;

/** The references that are refused as routers, in each place where a gateway names a model. */
function refusedIn(place: (model: Model, chart: ReturnType<typeof newChart>) => Partial<OpenClawDeploymentProps>, model: Model): string[] {
  const chart = newChart();
  const props = { providerSecrets: keysOf(chart, Provider.ANTHROPIC, model.provider), ...place(model, chart) };
  const chain = props.chain ?? new FallbackChain(chart, 'Chain', { primary: SONNET });
  return [...messageOf(() => newGateway(chart, { ...props, chain })).matchAll(LETS_CHOOSE)].map(match => match[1]);
}

describe.each(Object.entries(AT_OPENROUTER))('OpenRouter as %s', (_, provider) => {
  test('ids for which it chooses the model are refused', () => {
    const chart = newChart();
    const fallbacks = ROUTERS.map(id => provider.model(id, FACTS));
    const message = messageOf(() => newGateway(chart, { chain: new FallbackChain(chart, 'Chain', { primary: SONNET, fallbacks }) }));
    expect([...message.matchAll(LETS_CHOOSE)].map(match => match[1])).toEqual(ROUTERS.map(id => `${provider.id}/${id}`));
  });

  test('models are not', () => {
    const chart = newChart();
    const fallbacks = MODELS.map(id => provider.model(id, FACTS));
    expect(messageOf(() => newGateway(chart, { image: 'x', chain: new FallbackChain(chart, 'Chain', { primary: SONNET, fallbacks }) }))).not.toMatch(LETS_CHOOSE);
  });
});

test.each(['openrouter/auto', 'openrouter/openrouter/free', 'openrouter/fusion', '@preset/x', 'anthropic/claude@preset/y'])('%s at a server that may pass it on', id => {
  const litellm = Provider.custom('litellm', { baseUrl: 'http://litellm.ai.svc:4000/v1' });
  expect(refusedIn((model, chart) => ({ chain: new FallbackChain(chart, 'Chain', { primary: SONNET, fallbacks: [model] }) }), litellm.model(id, FACTS))).toEqual([`litellm/${id}`]);
});

test.each<[string, (model: Model, chart: ReturnType<typeof newChart>) => Partial<OpenClawDeploymentProps>]>([
  ['primary', (primary, chart) => ({ chain: new FallbackChain(chart, 'Chain', { primary }) })],
  ['allowlist', (model, chart) => ({ allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, model] }) })],
  ['utility slot', utility => ({ modelSlots: { utility } })],
  ['image slot', image => ({ modelSlots: { image } })],
  ['embeddings', memoryEmbeddings => ({ modelSlots: { memoryEmbeddings } })],
])('a router as %s', (_, place) => {
  expect(refusedIn(place, AT_OPENROUTER['a custom provider'].model('openrouter/free', FACTS))).toEqual(['mine/openrouter/free']);
});

test.each(['openrouter/*', '~anthropic/*', '@preset/*', 'switchpoint/*'])('the pattern %s', pattern => {
  for (const provider of Object.values(AT_OPENROUTER)) {
    const chart = newChart();
    const allowlist = new ModelAllowlist(chart, 'Allowlist', { models: [SONNET], patterns: [provider.pattern(pattern)] });
    expect(messageOf(() => newGateway(chart, { allowlist }))).toContain(`[model-pattern-malformed] pattern '${pattern}' of '${provider.id}' covers ids for which OpenRouter`
      + ' chooses the model; name models or use the prefix of a company that makes them');
  }
});
