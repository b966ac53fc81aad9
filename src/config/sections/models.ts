import { Duration } from 'cdk8s';
import { isLocal } from '../../models/endpoint';
import { Provider } from '../../models/provider';
import { ModelFacts } from '../../models/resolve';
import { secretRef } from '../secret-ref';
import { Settings } from '../settings';

/** Of servers that OpenClaw takes for local: it would wait for them for ever. */
const LOCAL_IDLE_TIMEOUT = Duration.minutes(5);

/** The providers and exactly the models that the gateway knows. */
export function modelsSection(settings: Settings): object {
  const providers = new Map(settings.providers.map(provider => [provider.id, provider]));
  return {
    mode: 'replace',
    ...settings.features.catalogRefresh ? { catalogRefresh: { enabled: false } } : { pricing: { enabled: false } },
    providers: Object.fromEntries([...providers].map(([id, provider]) => [id, {
      ...endpointOf(provider),
      ...silenceOf(provider, settings),
      models: settings.models.filter(model => model.provider.id === id).map(rowOf),
    }])),
  };
}

/** Where a provider is reached, and with which key. */
function endpointOf(provider: Provider): object {
  const { headers } = provider._facts;
  return {
    baseUrl: provider.baseUrl,
    api: provider.api, // never left out: releases up to 2026.7 would send an Anthropic key to OpenAI
    auth: 'api-key', // else a key in the environment would win
    apiKey: provider.requiresKey ? secretRef(provider.keyName) : 'custom-local', // OpenClaw's word for no key
    ...provider.id === 'openai' && { agentRuntime: { id: 'openclaw' } }, // the runtime by default is a plugin from npm
    ...headers && { headers },
  };
}

/** How long a provider may stay silent. */
function silenceOf(provider: Provider, settings: Settings): object {
  const limit = provider._facts.timeout ?? limitOfChain(provider, settings);
  return limit ? { timeoutSeconds: limit.toSeconds() } : {};
}

/** For the chain's own providers: no other has a model to move on to. */
function limitOfChain({ id, baseUrl }: Provider, { chain, idleTimeout }: Settings): Duration | undefined {
  if (!chain.some(model => model.provider.id === id)) return undefined;
  return idleTimeout ?? (isLocal(baseUrl) ? LOCAL_IDLE_TIMEOUT : undefined);
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
