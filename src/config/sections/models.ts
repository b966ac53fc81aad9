import { Duration } from 'cdk8s';
import { CALLER_KEY, GUARD_PORT } from '../../guard/guard-layout';
import { GuardSettings } from '../../guard/model-guard';
import { pathBehindGuard } from '../../guard/provider-path';
import { isLocal } from '../../models/endpoint';
import { LOCAL_PATIENCE, PATIENCE } from '../../models/patience';
import { Provider } from '../../models/provider';
import { ModelFacts } from '../../models/resolve-models';
import { Settings } from '../../settings/settings';
import { secretRef } from '../secret-ref';

/** What the gateway sends its guard: without any key OpenClaw calls nobody. */
const DUMMY_KEY = 'guarded';

/** The providers and exactly the models that the gateway knows. */
export function modelsSection(settings: Settings): object {
  const providers = new Map(settings.providers.map(provider => [provider.id, provider]));
  return {
    mode: 'replace',
    ...settings.features.catalogRefresh ? { catalogRefresh: { enabled: false } } : { pricing: { enabled: false } },
    providers: Object.fromEntries([...providers].map(([id, provider]) => [id, {
      ...endpointOf(provider, settings),
      ...silenceOf(provider, settings),
      models: settings.models.filter(model => model.provider.id === id).map(rowOf),
    }])),
  };
}

/** Where a provider is reached, and with which key. */
function endpointOf(provider: Provider, settings: Settings): object {
  return {
    ...settings.guard ? behindGuard(provider, settings.guard, settings.guardUrl) : direct(provider),
    api: provider.api, // never left out: versions up to 2026.7 would send an Anthropic key to OpenAI
    auth: 'api-key', // else a key in the environment would win
    ...provider._facts.traits.fetchesRuntime && { agentRuntime: { id: 'openclaw' } },
  };
}

function direct({ baseUrl, requiresKey, keyName, _facts: { headers } }: Provider): object {
  return {
    baseUrl,
    apiKey: requiresKey ? secretRef(keyName) : 'custom-local', // OpenClaw's word for no key
    ...headers && { headers },
  };
}

/** The guard adds key and headers. */
function behindGuard(provider: Provider, { ownPod }: GuardSettings, url = `http://127.0.0.1:${GUARD_PORT}`): object {
  return { baseUrl: `${url}${pathBehindGuard(provider)}`, apiKey: ownPod ? secretRef(CALLER_KEY) : DUMMY_KEY };
}

/** How long a provider may stay silent. */
function silenceOf(provider: Provider, settings: Settings): object {
  const limit = provider._facts.timeout ?? limitOfChain(provider, settings);
  return limit ? { timeoutSeconds: limit.toSeconds() } : {};
}

/** For the chain's own providers: no other has a model to move on to. */
function limitOfChain({ id, baseUrl }: Provider, { chain, idleTimeout, guard }: Settings): Duration | undefined {
  if (!chain.some(model => model.provider.id === id)) return undefined;
  return idleTimeout ?? (isLocal(baseUrl) ? LOCAL_PATIENCE : guard && PATIENCE);
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
