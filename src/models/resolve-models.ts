import { Catalog, CatalogRow } from './catalog';
import { ChainLink, FallbackChain } from './fallback-chain';
import { ModelAllowlist } from './model-allowlist';
import { ModelCost, ModelInput } from './model-options';
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
  readonly name: string;
  readonly alias?: string;
  readonly contextWindow?: number;
  /** How much of the window OpenClaw uses, where that is less. */
  readonly contextTokens?: number;
  readonly maxTokens?: number;
  readonly input: string[];
  readonly reasoning: boolean;
  readonly cost?: ModelCost;
  /** What the catalog says of the model, where it knows it. */
  readonly row?: CatalogRow;
}

/** The model of each slot that is filled. */
export type SlotModels = { readonly [slot in keyof ModelSlots]?: ModelFacts };

/** What a chain, an allowlist and slots come to under one version and preset. */
interface ResolvedModels {
  readonly chain: ModelFacts[];
  readonly withoutTier: { readonly provider: Provider; readonly tier: ModelTier }[];
  readonly allowedModels: ModelFacts[];
  readonly allowedPatterns: ModelPattern[];
  readonly slotModels: SlotModels;
  /** Models that memory search may use where an allowlist says so. */
  readonly allowedEmbeddings: Model[];
  /** The chain's models, the allowed ones and those of the slots that answer, each once. */
  readonly namedModels: ModelFacts[];
  /** Every model that is rendered: those named and the catalog's rows that a pattern covers. */
  readonly models: ModelFacts[];
  readonly providers: Provider[];
}

/**
 * Looks up the models of a chain, an allowlist and slots in a version's catalog. Without an allowlist the chain's models are
 * permitted, or every model of its providers if `permitAllModels`; and the heartbeat's.
 */
export function resolveModels(
  chain: FallbackChain, allowlist: ModelAllowlist | undefined, slots: ModelSlots, catalog: Catalog, tier: ModelTier, permitAllModels: boolean,
): ResolvedModels {
  const { memoryEmbeddings, heartbeat, ...others } = slots;
  const answering = Object.entries({ ...others, heartbeat: heartbeat?.model }).flatMap(([slot, model]) => model ? { slot, model } : []);
  const slotModels = [...answering.map(({ model }) => model), ...memoryEmbeddings ? [memoryEmbeddings] : []];
  const links = linksOf(chain, catalog, tier);
  const allowedLinks = (allowlist?.chains ?? []).flatMap(each => linksOf(each, catalog, tier));
  const chainModels = modelsOf(links);
  // OpenClaw lets the primary take a heartbeat's turn unless the heartbeat's own model is permitted
  const allowedByDefault = [...permitAllModels ? [] : chainModels, ...heartbeat?.model ? [heartbeat.model] : []];
  const allowed = allowlist ? [...modelsOf(allowedLinks), ...allowlist.models] : allowedByDefault;
  const chainProviders = [...new Map(links.map(({ provider }) => [provider.id, provider])).values()];
  const patternsByDefault = permitAllModels ? chainProviders.map(provider => provider.pattern('*')) : [];
  const allowedPatterns = allowlist ? allowlist.patterns : patternsByDefault;

  const facts = new Map<string, ModelFacts>();
  for (const model of [...chainModels, ...allowed, ...answering.map(slot => slot.model)]) {
    const given = facts.get(model.modelRef)?.given ?? [];
    if (!given.includes(model)) facts.set(model.modelRef, factsOf([...given, model], catalog));
  }
  const named = [...facts.values()];
  const all = [...allowedPatterns.flatMap(pattern => rowsUnder(pattern, catalog)), ...named];
  const chainFacts = chainModels.map(({ modelRef }) => facts.get(modelRef)!);
  return {
    chain: chainFacts,
    withoutTier: [...links, ...allowedLinks].filter(({ model }) => !model),
    allowedModels: [...new Set(allowed.map(({ modelRef }) => facts.get(modelRef)!))],
    allowedPatterns,
    slotModels: {
      ...Object.fromEntries(answering.map(({ slot, model }) => [slot, facts.get(model.modelRef)!])),
      ...memoryEmbeddings && { memoryEmbeddings: factsOf([memoryEmbeddings], catalog) },
    },
    allowedEmbeddings: allowlist?.embeddings ?? [],
    namedModels: named,
    models: [...new Map(all.map(model => [model.ref, model])).values()].sort((x, y) => x.ref < y.ref ? -1 : 1),
    providers: [...new Set([...links, ...allowedLinks, ...allowed, ...allowedPatterns, ...slotModels].map(({ provider }) => provider))],
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

const OF_TIER = new WeakMap<Catalog, WeakMap<Provider, Map<ModelTier, Model | undefined>>>();

function modelOfTier(provider: Provider, tier: ModelTier, catalog: Catalog): Model | undefined {
  const ofCatalog = OF_TIER.get(catalog) ?? new WeakMap<Provider, Map<ModelTier, Model | undefined>>();
  const models = ofCatalog.get(provider) ?? new Map<ModelTier, Model | undefined>();
  OF_TIER.set(catalog, ofCatalog.set(provider, models));
  if (!models.has(tier)) {
    const choice = provider._facts.kind === 'official' ? catalog.tier(provider.id, tier) : undefined;
    models.set(tier, choice && provider.model(choice.id, { ...choice, input: choice.input as ModelInput[] }));
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
  const [{ provider, id, modelRef }] = given;
  const row: CatalogRow | undefined = provider._facts.kind === 'official' ? catalog.row(provider.id, id) : undefined;
  const said = <K extends 'alias' | 'contextWindow' | 'maxTokens' | 'input' | 'reasoning' | 'cost'>(fact: K): Model[K] =>
    given.find(model => model[fact] !== undefined)?.[fact] as Model[K];
  const contextWindow = said('contextWindow') ?? row?.contextWindow;
  return {
    given,
    ref: modelRef,
    provider,
    id,
    name: row?.name ?? id,
    alias: said('alias'),
    contextWindow,
    contextTokens: contextWindow === row?.contextWindow ? row?.contextTokens : undefined,
    maxTokens: said('maxTokens') ?? row?.maxTokens,
    input: said('input') ?? row?.input ?? ['text'],
    reasoning: said('reasoning') ?? row?.reasoning ?? false,
    cost: said('cost') ?? row?.cost,
    row,
  };
}
