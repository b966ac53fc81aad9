import { Duration } from 'cdk8s';
import { CALLER_KEY, GUARD_PORT } from '../../guard/guard-layout';
import { GuardSettings } from '../../guard/model-guard';
import { pathBehindGuard } from '../../guard/provider-path';
import { isLocal } from '../../models/endpoint';
import { isAway, settingsAwayFromHome } from '../../models/home-features';
import { ModelApi } from '../../models/model-api';
import { LOCAL_PATIENCE, longest, PATIENCE } from '../../models/patience';
import { Provider } from '../../models/provider';
import { baseUrlOf } from '../../models/provider-kinds';
import { ModelFacts } from '../../models/resolve-models';
import { headerFileOf } from '../../models/secret-headers';
import { BEARER, WIRE_FACTS } from '../../models/wire-facts';
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
    baseUrl: baseUrlFor(provider, provider.api, settings),
    ...settings.guard ? behindGuard(settings.guard) : direct(provider),
    api: provider.api, // never left out: versions up to 2026.7 would send an Anthropic key to OpenAI
    auth: 'api-key', // else a key in the environment would win
    ...provider._facts.traits.fetchesRuntime && { agentRuntime: { id: 'openclaw' } },
  };
}

function direct(provider: Provider): object {
  const { requiresKey, keyName, _facts: { headers, secretHeaders = [], bearer } } = provider;
  const secrets = secretHeaders.map(header => [header.name, secretRef(headerFileOf(provider, header))]);
  return {
    apiKey: requiresKey ? secretRef(keyName) : 'custom-local', // OpenClaw's word for no key
    ...bearer && { authHeader: true },
    ...(headers || secrets.length > 0) && { headers: { ...headers, ...Object.fromEntries(secrets) } },
  };
}

/** The guard adds key and headers. */
function behindGuard({ ownPod }: GuardSettings): object {
  return { apiKey: ownPod ? secretRef(CALLER_KEY) : DUMMY_KEY };
}

/** Where the gateway calls a provider's models of a wire format. */
function baseUrlFor(provider: Provider, api: ModelApi, { guard, guardUrl = `http://127.0.0.1:${GUARD_PORT}` }: Settings): string {
  return guard ? `${guardUrl}${pathBehindGuard(provider, api)}` : baseUrlOf(provider._facts, api);
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
    ...formatOf(model, settings),
    ...awayFromHome(model, settings),
  };
}

/** What distinguishes a model from its provider's first wire format. */
function formatOf({ provider, api }: ModelFacts, settings: Settings): object {
  const { bearer } = provider._facts;
  const { keyHeader } = WIRE_FACTS[api];
  return {
    ...api !== provider.api && { baseUrl: baseUrlFor(provider, api, settings), api },
    ...bearer && !settings.guard && keyHeader !== BEARER.keyHeader && { headers: { [keyHeader]: '' } }, // else the key would leave there too
  };
}

/** OpenClaw knows a provider by its host name, and would send less to another one. */
function awayFromHome({ id, provider: { _facts: facts }, row }: ModelFacts, { guard, features }: Settings): object {
  if (!guard && !isAway(facts)) return {};
  const { compat, headers } = settingsAwayFromHome(facts, id, features);
  const given = [...Object.keys(facts.headers ?? {}), ...facts.secretHeaders?.map(({ name }) => name) ?? []].map(name => name.toLowerCase());
  const added = Object.entries(headers).filter(([name]) => !given.includes(name));
  return {
    ...Object.keys(compat).length > 0 && { compat: { ...row?.compat, ...compat } }, // else that of OpenClaw's catalog would no longer count
    ...added.length > 0 && { headers: Object.fromEntries(added) },
  };
}
