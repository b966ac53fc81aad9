import { OpenClawVersion, Provider } from '../../src/index';
import { featuresOf } from '../../src/release/features';
import { keysOf, messageOf, newChain, newChart, newGateway } from '../support/gateway';

const VERSIONS = ['2026.6.1', '2026.6.11', '2026.7.1', '2026.8.2', '2026.9.3', '2026.9.5', '2026.9.6'];
const OTHER = Provider.MISTRAL.model('mistral-large-latest', { contextWindow: 262144, maxTokens: 8192 });

function gatewayWith(release: string, contextWindow: number, acknowledge = {}) {
  const chart = newChart();
  const ollama = Provider.custom('ollama', { baseUrl: 'http://ollama:11434/v1', requiresKey: false });
  return newGateway(chart, {
    version: OpenClawVersion.of(release),
    chain: newChain(chart, [OTHER, ollama.model('qwen3', { contextWindow, maxTokens: Math.min(contextWindow, 4096) })]),
    providerSecrets: keysOf(chart, Provider.MISTRAL),
    acknowledge,
  });
}

describe.each(VERSIONS)('windows on %s', release => {
  const { promptTokens } = featuresOf(release);

  test.each([1, 2048, 4096, 8192, promptTokens])('%i tokens are refused, accepted or not', contextWindow => {
    const message = messageOf(() => gatewayWith(release, contextWindow, { 'context-window-too-small': 'a test' }));
    expect(message).toContain(`[context-window-too-small] model 'ollama/qwen3' has a contextWindow of ${contextWindow} tokens, but the first prompt of OpenClaw ${release}`
      + ` has about ${promptTokens}, so each call fails; give the model and its server at least ${promptTokens + 4096}, or use another model`);
  });

  test.each([promptTokens + 1, promptTokens + 4095])('%i tokens are a judgement', contextWindow => {
    expect(messageOf(() => gatewayWith(release, contextWindow))).toContain(`[context-window-tight] model 'ollama/qwen3' has a contextWindow of ${contextWindow} tokens;`
      + ` the first prompt of OpenClaw ${release} has about ${promptTokens}, which leaves ${contextWindow - promptTokens} for the conversation and the answer;`
      + ` give the model and its server at least ${promptTokens + 4096}`);
    expect(gatewayWith(release, contextWindow, { 'context-window-tight': 'short turns' }).findings.map(({ rule }) => rule)).toContain('context-window-tight');
  });

  test('what the messages say is enough', () => {
    expect(gatewayWith(release, promptTokens + 4096).findings.filter(({ rule }) => rule.startsWith('context-window'))).toEqual([]);
  });
});
