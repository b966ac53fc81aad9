import { Duration } from 'cdk8s';
import { CALLER_KEY, GUARD_PORT } from '../../guard/guard-layout';
import { GuardSettings } from '../../guard/model-guard';
import { pathBehindGuard } from '../../guard/provider-path';
import { isLocal } from '../../models/endpoint';
import { isAway, settingsAwayFromHome } from '../../models/home-features';
import { LOCAL_PATIENCE, longest, PATIENCE } from '../../models/patience';
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
      models: settings.models.filter(model => model.provider.id === id).map(model => rowOf(model, settings)),
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

/** For the chains' own providers: no other has a model to move on to. */
function limitOfChain(provider: Provider, { agents, guard }: Settings): Duration | undefined {
  const inside = agents.filter(({ chain }) => chain.some(model => model.provider.id === provider.id));
  const limits = inside.map(({ idleTimeout }) => idleTimeout ?? (isLocal(provider.baseUrl) ? LOCAL_PATIENCE : guard && PATIENCE));
  return longest(limits);
}

function rowOf(model: ModelFacts, settings: Settings): object {
  const { id, name, contextWindow, contextTokens, maxTokens, input, reasoning, cost } = model;
  return {
    id,
    name,
    contextWindow,
    contextTokens,
    maxTokens,
    input,
    reasoning,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, ...cost }, // 0: unknown
    ...awayFromHome(model, settings),
  };
}

/** OpenClaw knows a provider by its host name, and would send less to another one. */
function awayFromHome({ id, provider: { _facts: facts }, row }: ModelFacts, { guard, features }: Settings): object {
  if (!guard && !isAway(facts)) return {};
  const { compat, headers } = settingsAwayFromHome(facts, id, features);
  const given = Object.keys(facts.headers ?? {}).map(name => name.toLowerCase());
  const added = Object.entries(headers).filter(([name]) => !given.includes(name));
  return {
    ...Object.keys(compat).length > 0 && { compat: { ...row?.compat, ...compat } }, // else that of OpenClaw's catalog would no longer count
    ...added.length > 0 && { headers: Object.fromEntries(added) },
  };
}
