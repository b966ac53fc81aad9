import { BudgetSettings } from '../guard/budget';
import { keyFolderOf } from '../guard/guard-layout';
import { providerOptionSettings, ProviderOptionSettings } from '../guard/guard-options';
import { GuardSettings } from '../guard/model-guard';
import { basePathOf } from '../guard/provider-path';
import { hostOf, isEncrypted, isLocal, portOf } from '../models/endpoint';
import { ModelApi } from '../models/model-api';
import { LOCAL_PATIENCE, longest, PATIENCE } from '../models/patience';
import { Provider } from '../models/provider';
import { mayRunGoogleTools } from '../models/provider-facts';
import { keyPlaceOf } from '../models/provider-kinds';
import { ModelFacts } from '../models/resolve-models';
import { headerFileOf, prefixOf } from '../models/secret-headers';
import { TokenPrices, tokenPrices } from '../models/token-prices';
import { WIRE_FACTS } from '../models/wire-facts';
import { Settings } from '../settings/settings';

/** One provider as the guard serves it. */
export interface GuardedProvider {
  readonly id: string;
  /** For the Host header. */
  readonly host: string;
  /** For DNS and for the certificate. */
  readonly hostname: string;
  readonly port: number;
  readonly tls: boolean;
  readonly calls: GuardedCall[];
  /** Of the models whose price is known, by id. */
  readonly prices: { readonly [modelId: string]: TokenPrices };
  /** Of the models whose sizes are known, by id, in tokens. */
  readonly sizes: { readonly [modelId: string]: ModelSizes };
  /** Those that count calls of this provider; `models` are its ids. */
  readonly budgets: BudgetSettings[];
  /** Whether a key among the tools may be a Google tool. */
  readonly mayCallGoogle: boolean;
  readonly headers: { readonly [name: string]: string };
  /** What the guard adds to requests as they leave: a key, the first before the others, and each secret header. */
  readonly keys: GuardedCredential[];
  readonly secretHeaders: GuardedCredential[];
  /** How AWS wants requests signed that carry no key. */
  readonly signing?: { readonly service: string; readonly region: string };
  /** The options that are given for this provider. */
  readonly options: ProviderOptionSettings;
  /** As Envoy writes it. */
  readonly connectTimeout: string;
  readonly firstByteSeconds: number;
  readonly idleSeconds: number;
}

/** How much one call of a model can hold. */
export interface ModelSizes {
  readonly window: number;
  readonly maxTokens: number;
}

/** A header with a secret that the guard adds. */
export interface GuardedCredential {
  /** The name of its folder and its file: the provider's id for its first key. */
  readonly name: string;
  readonly header: string;
  readonly prefix: string;
}

/** Everything that the guard adds to requests of a provider. */
export function addedTo({ keys, secretHeaders }: GuardedProvider): GuardedCredential[] {
  return [...keys, ...secretHeaders];
}

/** A path of a provider, and the models that may be called there. */
export interface GuardedCall {
  readonly api: ModelApi;
  /** The path of the base URL, without a slash at its end. */
  readonly base: string;
  /** What follows it. */
  readonly path: string;
  /** The queries that may follow. */
  readonly queries: readonly string[];
  readonly models: string[];
}

/** What a gateway may call: the models that it is rendered with, and that of memory search. */
export function guardedProviders(settings: Settings, guard: GuardSettings): GuardedProvider[] {
  const providers = new Map(settings.providers.map(provider => [provider.id, provider]));
  return [...providers.values()].map(provider => guarded(provider, settings, guard)).sort((a, b) => a.id < b.id ? -1 : 1);
}

function guarded(provider: Provider, settings: Settings, guard: GuardSettings): GuardedProvider {
  const { id, baseUrl, _facts: facts } = provider;
  const patience = patienceOf(provider, settings);
  const signing = settings.accessKeyIds.some(key => key.provider.id === id) ? facts.signing : undefined;
  return {
    id,
    host: new URL(baseUrl).host,
    hostname: hostOf(baseUrl),
    port: portOf(baseUrl),
    tls: isEncrypted(baseUrl),
    calls: (facts.formats ?? [provider]).flatMap(({ api }) => callsOf(provider, api, settings)),
    prices: pricesOf(provider, settings),
    sizes: sizesOf(provider, settings),
    budgets: budgetsOf(provider, guard),
    mayCallGoogle: mayRunGoogleTools(facts),
    headers: facts.headers ?? {},
    keys: signing ? [] : keysOf(provider, settings),
    signing,
    secretHeaders: (facts.secretHeaders ?? []).map(each => ({ name: headerFileOf(provider, each), header: each.name, prefix: prefixOf(each) })),
    options: providerOptionSettings(guard, id),
    connectTimeout: connectTimeoutOf(guard),
    firstByteSeconds: guard.firstByteTimeout?.toSeconds() ?? patience,
    idleSeconds: guard.idleTimeout?.toSeconds() ?? patience,
  };
}

function keysOf({ id, requiresKey, _facts: facts }: Provider, { additionalKeys }: Settings): GuardedCredential[] {
  if (!requiresKey) return [];
  const { keyHeader, keyPrefix = '' } = keyPlaceOf(facts);
  const positions = [1, ...additionalKeys.filter(({ provider }) => provider.id === id).map(({ position }) => position)];
  return positions.map(position => ({ name: keyFolderOf(id, position), header: keyHeader, prefix: keyPrefix }));
}

/** cdk8s makes 2.3000000000000003 s of 2300 ms, which Envoy refuses. */
export function connectTimeoutOf({ connectTimeout }: GuardSettings): string {
  return `${Math.round(connectTimeout.toMilliseconds({ integral: false })) / 1000}s`;
}

function modelsOf({ id }: Provider, settings: Settings): ModelFacts[] {
  return [...settings.models, ...embeddingModels(settings)].filter(({ provider }) => provider.id === id);
}

function sizesOf(provider: Provider, settings: Settings): GuardedProvider['sizes'] {
  return Object.fromEntries(modelsOf(provider, settings).flatMap(model => {
    const sizes = callSizes(model);
    return sizes ? [[model.id, sizes]] : [];
  }));
}

/** The model's own sizes where the catalog knows larger ones: a caller that is not OpenClaw may use them. */
export function callSizes({ contextWindow, maxTokens, row }: ModelFacts): ModelSizes | undefined {
  if (contextWindow === undefined || maxTokens === undefined) return undefined;
  return { window: Math.max(contextWindow, row?.contextWindow ?? 0), maxTokens: Math.max(maxTokens, row?.maxTokens ?? 0) };
}

function budgetsOf({ id }: Provider, { budgets }: GuardSettings): BudgetSettings[] {
  const prefix = `${id}/`;
  return budgets.flatMap(budget => {
    const models = budget.models?.filter(ref => ref.startsWith(prefix)).map(ref => ref.slice(prefix.length));
    return models?.length === 0 ? [] : [{ ...budget, models }];
  });
}

function pricesOf(provider: Provider, settings: Settings): GuardedProvider['prices'] {
  return Object.fromEntries(modelsOf(provider, settings).flatMap(model => model.price ? [[model.id, tokenPrices(model.price)]] : []));
}

function embeddingModels({ agents }: Settings): ModelFacts[] {
  return agents.flatMap(({ slotModels }) => slotModels.memoryEmbeddings ?? []);
}

function callsOf(provider: Provider, api: ModelApi, settings: Settings): GuardedCall[] {
  const { answers, embeddings, queries } = WIRE_FACTS[api];
  const base = basePathOf(provider, api);
  const isServed = (model: ModelFacts) => model.provider.id === provider.id && model.api === api;
  const answering = settings.models.filter(isServed).map(model => model.id);
  const vectors = [...new Set(embeddingModels(settings).filter(isServed).map(model => model.id))];
  return [
    ...answers.map(path => ({ api, base, path, queries, models: answering })),
    ...embeddings.map(path => ({ api, base, path, queries, models: vectors })),
  ].filter(call => call.models.length > 0);
}

/** At least what the gateway itself grants, so that no turn is cut that it would wait for. */
function patienceOf({ baseUrl, _facts: { timeout } }: Provider, { agents }: Settings): number {
  const ofChains = agents.map(({ idleTimeout }) => idleTimeout ?? (isLocal(baseUrl) ? LOCAL_PATIENCE : PATIENCE));
  return Math.max((timeout ?? longest(ofChains)!).toSeconds(), PATIENCE.toSeconds());
}
