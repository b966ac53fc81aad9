import { Provider } from '../../models/provider';
import { ModelFacts } from '../../models/resolve';
import { secretRef } from '../secret-ref';
import { Settings } from '../settings';

/** The providers and exactly the models that the gateway knows. */
export function modelsSection(settings: Settings): object {
  const providers = new Map(settings.providers.map(provider => [provider.id, provider]));
  return {
    mode: 'replace',
    ...settings.features.catalogRefresh ? { catalogRefresh: { enabled: false } } : { pricing: { enabled: false } },
    providers: Object.fromEntries([...providers].map(([id, provider]) => [id, {
      ...endpointOf(provider),
      models: settings.models.filter(model => model.provider.id === id).map(rowOf),
    }])),
  };
}

/** Where a provider is reached, and with which key. */
function endpointOf(provider: Provider): object {
  const { headers, timeout } = provider._facts;
  return {
    baseUrl: provider.baseUrl,
    api: provider.api, // never left out: releases up to 2026.7 would send an Anthropic key to OpenAI
    auth: 'api-key', // else a key in the environment would win
    apiKey: provider.requiresKey ? secretRef(provider.keyName) : 'custom-local', // OpenClaw's word for no key
    ...provider.id === 'openai' && { agentRuntime: { id: 'openclaw' } }, // the runtime by default is a plugin from npm
    ...headers && { headers },
    ...timeout && { timeoutSeconds: timeout.toSeconds() },
  };
}

function rowOf({ id, name, contextWindow, contextTokens, maxTokens, input, reasoning, cost }: ModelFacts): object {
  return {
    id,
    name,
    contextWindow,
    contextTokens,
    maxTokens,
    input,
    reasoning,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, ...cost }, // 0: unknown
  };
}
