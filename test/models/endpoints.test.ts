import { ModelApi, Provider } from '../../src/index';
import { configOf, keysOf, messageOf, newChain, newChart, newGateway, SONNET } from '../support/gateway';

const FACTS = { contextWindow: 131072, maxTokens: 8192 };

describe('an Azure endpoint is the resource alone, or with the path of the API', () => {
  test.each([
    'https://contoso.openai.azure.com', 'https://contoso.openai.azure.com/', 'https://contoso.openai.azure.com/openai', 'https://contoso.openai.azure.com/openai/v1/',
    'https://contoso.cognitiveservices.azure.com/openai/v1',
  ])('%s', endpoint => {
    expect(Provider.azureOpenAi({ endpoint }).baseUrl).toBe(`${new URL(endpoint).origin}/openai/v1`);
  });

  test.each([
    ['https://contoso.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2025-01-01', 'gpt-5'],
    ['https://contoso.openai.azure.com/openai/deployments/gpt-5', 'gpt-5'],
    ['https://contoso.openai.azure.com/openai/responses', undefined],
    ['https://contoso.services.ai.azure.com/models', undefined],
    ['https://contoso.services.ai.azure.com/api/projects/one', undefined],
    ['https://api.openai.com/v1', undefined],
  ])('%s is refused with the URL to write', (endpoint, deployment) => {
    const { origin, pathname } = new URL(endpoint);
    const message = messageOf(() => Provider.azureOpenAi({ endpoint }));
    expect(message).toBe(`Provider.azureOpenAi(): endpoint is '${origin}${pathname}'; write '${origin}', to which OpenClaw adds the path`
      + `${deployment ? `, and name the deployment as the model: model('${deployment}', …)` : ''}; for a gateway that serves Azure's API at another path use`
      + ` Provider.azureOpenAi({ endpoint: '${origin}' }).customize({ baseUrl: '<the URL up to and with /openai/v1>' })`);
    expect(Provider.azureOpenAi({ endpoint: /write '([^']+)'/.exec(message)![1] }).baseUrl).toBe(`${origin}/openai/v1`);
  });

  test("a gateway that serves Azure's API at another path", () => {
    const azure = Provider.azureOpenAi({ endpoint: 'https://corp.azure-api.net' }).customize({ baseUrl: 'https://corp.azure-api.net/team/openai/v1' });
    const chart = newChart();
    const gateway = newGateway(chart, { chain: newChain(chart, [SONNET, azure.model('gpt-5', FACTS)]), providerSecrets: keysOf(chart, Provider.ANTHROPIC, azure) });
    expect(configOf(gateway).models.providers.azure.baseUrl).toBe('https://corp.azure-api.net/team/openai/v1');
  });
});

describe('Ollama serves the formats of OpenAI below /v1', () => {
  test.each([
    ['ollama', 'http://ollama.ai.svc:11434', 'http://ollama.ai.svc:11434/v1'],
    ['ollama', 'http://ollama.ai.svc:11434/api', 'http://ollama.ai.svc:11434/v1'],
    ['ollama', 'http://ollama.ai.svc:11434/api/chat', 'http://ollama.ai.svc:11434/v1'],
    ['gpu-ollama', 'https://gpu.example.com/ollama/', 'https://gpu.example.com/ollama/v1'],
    ['local', 'http://192.168.1.140:11434', 'http://192.168.1.140:11434/v1'],
  ])('%s at %s is refused with the URL to write', (id, baseUrl, right) => {
    for (const api of [ModelApi.OPENAI_COMPLETIONS, ModelApi.OPENAI_RESPONSES]) {
      expect(messageOf(() => Provider.custom(id, { baseUrl, api })))
        .toBe(`Provider.custom('${id}'): baseUrl is '${baseUrl}', where Ollama does not serve this API; write '${right}'`);
      const ollama = Provider.custom(id, { baseUrl: right, api });
      expect(messageOf(() => ollama.customize({ baseUrl }))).toBe(`Provider '${id}': baseUrl is '${baseUrl}', where Ollama does not serve this API; write '${right}'`);
      expect(ollama.customize({ baseUrl: right }).baseUrl).toBe(right);
    }
  });

  test.each([
    ['ollama', 'http://ollama.ai.svc:11434', ModelApi.ANTHROPIC_MESSAGES],
    ['vllm', 'http://vllm.models.svc:8000/v1', ModelApi.OPENAI_COMPLETIONS],
    ['corp', 'https://llm.example.com', ModelApi.OPENAI_COMPLETIONS],
  ])('%s at %s with %s is none of these', (id, baseUrl, api) => {
    expect(Provider.custom(id, { baseUrl, api }).baseUrl).toBe(baseUrl);
  });
});

describe('a server outside the cluster that is reached without encryption', () => {
  const gatewayWith = (provider: Provider, acknowledge = {}) => {
    const chart = newChart();
    return newGateway(chart, {
      chain: newChain(chart, [SONNET, provider.model('qwen3', FACTS)]),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, ...provider.requiresKey ? [provider] : []),
      acknowledge,
    });
  };
  const HOSTS = ['192.168.1.140', '100.101.102.103', 'gpubox.lan', 'gpubox.tail1234.ts.net', 'host.docker.internal', '203.0.113.7'];

  test.each(HOSTS)('%s: a key never crosses, and chats cross where a person accepts it', host => {
    const baseUrl = `http://${host}:8080/v1`;
    expect(messageOf(() => gatewayWith(Provider.custom('box', { baseUrl }), { 'provider-url-insecure': 'at home' })))
      .toContain('[provider-url-insecure]');
    const withoutKey = Provider.custom('box', { baseUrl, requiresKey: false });
    expect(messageOf(() => gatewayWith(withoutKey))).toContain('[provider-url-unencrypted]');
    const { findings } = gatewayWith(withoutKey, { 'provider-url-unencrypted': 'at home' });
    expect(findings.filter(({ rule }) => rule === 'provider-url-unencrypted')).toEqual([expect.objectContaining({ acknowledged: 'at home' })]);
  });

  test.each(['http://ollama:11434/v1', 'http://gpubox.local:11434/v1', 'http://gpu.models.svc:8000/v1'])('%s counts as inside', baseUrl => {
    const { findings } = gatewayWith(Provider.custom('box', { baseUrl, requiresKey: false }));
    expect(findings.filter(({ rule }) => rule.startsWith('provider-url'))).toEqual([]);
  });
});

test.each([
  'openrouter/auto', 'openrouter/free', 'openrouter/fusion', 'openrouter/pareto-code', 'openrouter/auto:online', '@preset/team-cheap',
  'anthropic/claude-sonnet-4.6@preset/team', 'switchpoint/router', '~anthropic/claude-sonnet-latest', 'auto',
])('OpenRouter chooses the model of %s, so it is refused', id => {
  const chart = newChart();
  expect(messageOf(() => newGateway(chart, {
    chain: newChain(chart, [SONNET, Provider.OPENROUTER.model(id, FACTS)]),
    providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENROUTER),
  }))).toContain(`[model-id-malformed] model 'openrouter/${id}' lets OpenRouter choose the model; name one`);
});
