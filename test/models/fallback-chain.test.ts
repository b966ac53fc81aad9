import { FallbackChain, Provider, ProviderSecret, SecretSource } from '../../src';
import { keysOf, messageOf, newChart, newGateway } from '../support/gateway';

const { ANTHROPIC, OPENAI, OPENROUTER } = Provider;
const [SONNET, OPUS, GPT] = [ANTHROPIC.model('claude-sonnet-5'), ANTHROPIC.model('claude-opus-5'), OPENAI.model('gpt-5.4')];

test('a chain tells its models in order, and each provider once', () => {
  const chain = new FallbackChain(newChart(), 'Chain', { primary: SONNET, fallbacks: [GPT, OPUS] });
  expect(chain.models).toEqual([SONNET, GPT, OPUS]);
  expect(chain.providers).toEqual([ANTHROPIC, OPENAI]);
});

test('a chain from providers names only the models of its overrides; the gateway chooses the others', () => {
  const chart = newChart();
  const chain = FallbackChain.fromProviders(chart, 'Chain', { providers: [OPENROUTER, OPENAI, ANTHROPIC], overrides: [GPT] });
  expect(chain.providers).toEqual([OPENROUTER, OPENAI, ANTHROPIC]);
  expect(chain.models).toEqual([GPT]);
  const { models } = newGateway(chart, { chain, providerSecrets: keysOf(chart, ...chain.providers) });
  expect(models.map(({ provider }) => provider)).toEqual(chain.providers);
  expect(models[1]).toBe(GPT);
});

test('what a chain tells is a copy', () => {
  const chain = new FallbackChain(newChart(), 'Chain', { primary: SONNET, fallbacks: [GPT] });
  chain.models.pop();
  chain.providers.pop();
  expect([chain.models, chain.providers]).toEqual([[SONNET, GPT], [ANTHROPIC, OPENAI]]);
});

test('the keys of a chain are one line', () => {
  const chart = newChart();
  const chain = FallbackChain.fromProviders(chart, 'Chain', { providers: [ANTHROPIC, OPENAI] });
  const providerSecrets = chain.providers.map(provider =>
    new ProviderSecret(chart, provider.id, { provider, source: SecretSource.fromSecretName('openclaw-secrets', provider.keyName) }));
  expect(newGateway(chart, { chain, providerSecrets }).summary).toMatch(/keys\s+ANTHROPIC_API_KEY .*\n\s+OPENAI_API_KEY /);
});

test('a program without a compiler cannot give links in place of models', () => {
  const props = { _links: [{ provider: ANTHROPIC, model: SONNET }] } as any;
  expect(messageOf(() => new FallbackChain(newChart(), 'Chain', props))).toBe(
    "FallbackChain 'prod/Chain': primary must be a Model, got undefined; use for example Provider.ANTHROPIC.model('claude-sonnet-5')");
});
