import { Catalog, CatalogRow } from './catalog';
import { ChainLink, FallbackChain } from './fallback-chain';
import { ModelAllowlist } from './model-allowlist';
import { ModelApi } from './model-api';
import { ModelCost, ModelInput } from './model-options';
import { Params } from './model-params';
import { CATALOG_SOURCE, listedPrice, ModelPrice } from './model-price';
import { ModelSlots } from './model-slots';
import { ModelTier } from './model-tier';
import { Model, ModelPattern, Provider } from './provider';

/** A model with everything that is known of it: what the caller gave, be it here or there, else what the version's catalog says. */
export interface ModelFacts {
  /** The model as the caller gave it; several where it was made more than once. */
  readonly given: Model[];
  readonly ref: string;
  readonly provider: Provider;
  readonly id: string;
  readonly api: ModelApi;
  readonly name: string;
  readonly alias?: string;
  readonly contextWindow?: number;
  /** How much of the window OpenClaw uses, where that is less. */
  readonly contextTokens?: number;
  readonly maxTokens?: number;
  readonly input: string[];
  readonly reasoning: boolean;
  /** As OpenClaw is told. */
  readonly cost?: ModelCost;
  /** As reports and rules see it. Missing where nothing says what the model costs. */
  readonly price?: ModelPrice;
  /** What is sent with each call. */
  readonly params?: Params;
  /** What the catalog says of the model, where it knows it. */
  readonly row?: CatalogRow;
}

/** The model of each slot that is filled. */
export type SlotModels = { readonly [slot in keyof ModelSlots]?: ModelFacts };

/** What one agent is given. */
export interface RouteRequest {
  readonly chain: FallbackChain;
  readonly allowlist?: ModelAllowlist;
  readonly slots: ModelSlots;
}

/** What a chain, an allowlist and slots come to under one version and preset. */
export interface Route {
  /** The chain's models in order, the primary first. */
  readonly chain: ModelFacts[];
  /** Providers of the chain that have no model of the tier asked for. */
  readonly withoutTier: { readonly provider: Provider; readonly tier: ModelTier }[];
  readonly allowedModels: ModelFacts[];
  readonly allowedPatterns: ModelPattern[];
  /** The model of each slot that is filled. */
  readonly slotModels: SlotModels;
  /** Models that memory search may use where an allowlist says so. */
  readonly allowedEmbeddings: Model[];
}

/** What all agents of a gateway come to together. */
interface ResolvedModels {
  /** One for each request. */
  readonly routes: Route[];
  /** The models of the chains, the allowed ones and those of the slots that answer, each once. */
  readonly namedModels: ModelFacts[];
  /** Every model that is rendered: those named and the catalog's rows that a pattern covers. */
  readonly models: ModelFacts[];
  readonly providers: Provider[];
}

/**
 * Looks up the models of chains, allowlists and slots in a version's catalog. Without an allowlist a chain's models are
 * permitted, or every model of its providers if `permitAllModels`; and the heartbeat's.
 */
export function resolveModels(requests: readonly RouteRequest[], catalog: Catalog, tier: ModelTier, permitAllModels: boolean): ResolvedModels {
  const named = requests.map(request => namedBy(request, catalog, tier, permitAllModels));
  const facts = new Map<string, ModelFacts>();
  for (const model of named.flatMap(({ chain, allowed, answering }) => [...chain, ...allowed, ...answering.map(slot => slot.model)])) {
    const given = facts.get(model.modelRef)?.given ?? [];
    if (!given.includes(model)) facts.set(model.modelRef, factsOf([...given, model], catalog));
  }
  const routes = named.map(each => routeOf(each, facts, catalog));
  const all = [...routes.flatMap(({ allowedPatterns }) => allowedPatterns).flatMap(pattern => rowsUnder(pattern, catalog)), ...facts.values()];
  return {
    routes,
    namedModels: [...facts.values()],
    models: [...new Map(all.map(model => [model.ref, model])).values()].sort((x, y) => x.ref < y.ref ? -1 : 1),
    providers: [...new Set(named.flatMap(({ links, allowedLinks, allowed, patterns, slotModels }) =>
      [...links, ...allowedLinks, ...allowed, ...patterns, ...slotModels].map(({ provider }) => provider)))],
  };
}

/** What a request names, before it is looked up. */
function namedBy({ chain, allowlist, slots }: RouteRequest, catalog: Catalog, tier: ModelTier, permitAllModels: boolean) {
  const { memoryEmbeddings, heartbeat, ...others } = slots;
  const answering = Object.entries({ ...others, heartbeat: heartbeat?.model }).flatMap(([slot, model]) => model ? { slot, model } : []);
  const links = linksOf(chain, catalog, tier);
  const allowedLinks = (allowlist?.chains ?? []).flatMap(each => linksOf(each, catalog, tier));
  const chainModels = modelsOf(links);
  // OpenClaw lets the primary take a heartbeat's turn unless the heartbeat's own model is permitted
  const allowedByDefault = [...permitAllModels ? [] : chainModels, ...heartbeat?.model ? [heartbeat.model] : []];
  const chainProviders = [...new Map(links.map(({ provider }) => [provider.id, provider])).values()];
  const patternsByDefault = permitAllModels ? chainProviders.map(provider => provider.pattern('*')) : [];
  return {
    links,
    allowedLinks,
    chain: chainModels,
    allowed: allowlist ? [...modelsOf(allowedLinks), ...allowlist.models] : allowedByDefault,
    patterns: allowlist ? allowlist.patterns : patternsByDefault,
    answering,
    memoryEmbeddings,
    slotModels: [...answering.map(({ model }) => model), ...memoryEmbeddings ? [memoryEmbeddings] : []],
    embeddings: allowlist?.embeddings ?? [],
  };
}

function routeOf(named: ReturnType<typeof namedBy>, facts: ReadonlyMap<string, ModelFacts>, catalog: Catalog): Route {
  const { links, allowedLinks, chain, allowed, patterns, answering, memoryEmbeddings, embeddings } = named;
  return {
    chain: chain.map(({ modelRef }) => facts.get(modelRef)!),
    withoutTier: [...links, ...allowedLinks].filter(({ model }) => !model),
    allowedModels: [...new Set(allowed.map(({ modelRef }) => facts.get(modelRef)!))],
    allowedPatterns: patterns,
    slotModels: {
      ...Object.fromEntries(answering.map(({ slot, model }) => [slot, facts.get(model.modelRef)!])),
      ...memoryEmbeddings && { memoryEmbeddings: factsOf([memoryEmbeddings], catalog) },
    },
    allowedEmbeddings: embeddings,
  };
}

/** A chain's links, with the model of the tier where none is named. */
function linksOf(chain: FallbackChain, catalog: Catalog, presetTier: ModelTier) {
  return chain._links.map(({ provider, model, tier = presetTier }) => ({
    provider: model?.provider ?? provider,
    tier,
    model: model ?? modelOfTier(provider, tier, catalog),
  }));
}

function modelsOf(links: ChainLink[]): Model[] {
  return links.flatMap(({ model }) => model ?? []);
}

/** Models whose facts the caller did not give. */
const CHOSEN_BY_TIER = new WeakSet<Model>();
const OF_TIER = new WeakMap<Catalog, WeakMap<Provider, Map<ModelTier, Model | undefined>>>();

function modelOfTier(provider: Provider, tier: ModelTier, catalog: Catalog): Model | undefined {
  const ofCatalog = OF_TIER.get(catalog) ?? new WeakMap<Provider, Map<ModelTier, Model | undefined>>();
  const models = ofCatalog.get(provider) ?? new Map<ModelTier, Model | undefined>();
  OF_TIER.set(catalog, ofCatalog.set(provider, models));
  if (!models.has(tier)) {
    const choice = provider._facts.kind === 'official' ? catalog.tier(provider.id, tier) : undefined;
    const model = choice && provider.model(choice.id, { ...choice, input: choice.input as ModelInput[] });
    if (model) CHOSEN_BY_TIER.add(model);
    models.set(tier, model);
  }
  return models.get(tier);
}

function rowsUnder(pattern: ModelPattern, catalog: Catalog): ModelFacts[] {
  if (pattern.provider._facts.kind !== 'official') return [];
  return Object.entries(catalog.models(pattern.provider.id))
    .filter(([id, row]) => !row.status && pattern.matches(`${pattern.provider.id}/${id}`))
    .map(([id]) => factsOf([pattern.provider.model(id)], catalog));
}

function factsOf(given: Model[], catalog: Catalog): ModelFacts {
  const [{ provider, id, api, modelRef }] = given;
  const row: CatalogRow | undefined = provider._facts.kind === 'official' ? catalog.row(provider.id, id) : undefined;
  const said = <K extends 'alias' | 'contextWindow' | 'maxTokens' | 'input' | 'reasoning' | 'cost' | 'params'>(fact: K): Model[K] =>
    given.find(model => model[fact] !== undefined)?.[fact] as Model[K];
  const contextWindow = said('contextWindow') ?? row?.contextWindow;
  return {
    given,
    ref: modelRef,
    provider,
    id,
    api,
    name: row?.name ?? id,
    alias: said('alias'),
    contextWindow,
    contextTokens: contextWindow === row?.contextWindow ? row?.contextTokens : undefined,
    maxTokens: said('maxTokens') ?? row?.maxTokens,
    input: said('input') ?? row?.input ?? ['text'],
    reasoning: said('reasoning') ?? row?.reasoning ?? false,
    cost: said('cost') ?? row?.cost,
    price: priceOf(given, row),
    params: said('params'),
    row,
  };
}

/** What the caller says, else what the version's catalog says, else the public list, else the table of tiers, which has no prices of the cache. */
function priceOf(given: Model[], row?: CatalogRow): ModelPrice | undefined {
  const [{ provider, id }] = given;
  const said = given.find(model => model.cost && !CHOSEN_BY_TIER.has(model))?.cost;
  if (said) return { ...said, source: 'given in the app' };
  if (row?.cost) return { ...row.cost, source: CATALOG_SOURCE };
  const listed = provider._facts.kind === 'official' ? listedPrice(provider.id, id) : undefined;
  const ofTier = given.find(({ cost }) => cost)?.cost;
  return listed ?? (ofTier && { ...ofTier, source: 'the table of tiers' });
}
