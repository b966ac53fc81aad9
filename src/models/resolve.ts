import { Catalog, CatalogRow } from './catalog';
import { ChainLink, FallbackChain } from './fallback-chain';
import { Model, ModelCost, ModelInput, ModelPattern } from './model';
import { ModelAllowlist } from './model-allowlist';
import { ModelTier } from './model-tier';
import { Provider } from './provider';

/** A model with everything that is known of it: what the caller gave, else what the release's catalog says. */
export interface ModelFacts {
  readonly model: Model;
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

/** What a chain and an allowlist come to under one release and preset. */
export interface ResolvedModels {
  readonly chain: ModelFacts[];
  readonly withoutTier: { readonly provider: Provider; readonly tier: ModelTier }[];
  readonly allowedModels: ModelFacts[];
  readonly allowedPatterns: ModelPattern[];
  readonly models: ModelFacts[];
  readonly providers: Provider[];
}

/**
 * Looks up the models of a chain and an allowlist in a release's catalog. Without an allowlist the chain's models are
 * permitted, or every model of its providers if `permitAllModels`.
 */
export function resolveModels(
  chain: FallbackChain, allowlist: ModelAllowlist | undefined, catalog: Catalog, tier: ModelTier, permitAllModels: boolean,
): ResolvedModels {
  const links = linksOf(chain, catalog, tier);
  const chainFacts = modelsOf(links).map(model => factsOf(model, catalog));
  const allowedLinks = (allowlist?.chains ?? []).flatMap(each => linksOf(each, catalog, tier));
  const chainProviders = [...new Map(links.map(({ provider }) => [provider.id, provider])).values()];
  const byDefault = permitAllModels ? [] : chainFacts;
  const allowedModels = allowlist ? [...modelsOf(allowedLinks), ...allowlist.models].map(model => factsOf(model, catalog)) : byDefault;
  const patternsByDefault = permitAllModels ? chainProviders.map(provider => provider.pattern('*')) : [];
  const allowedPatterns = allowlist ? allowlist.patterns : patternsByDefault;
  return {
    chain: chainFacts,
    withoutTier: [...links, ...allowedLinks].filter(({ model }) => !model),
    allowedModels,
    allowedPatterns,
    models: unique([...chainFacts, ...allowedModels, ...allowedPatterns.flatMap(pattern => rowsUnder(pattern, catalog))]),
    providers: [...new Set([...links, ...allowedModels, ...allowedPatterns].map(({ provider }) => provider))],
  };
}

/** A chain's links, with the model of the tier where none is named. */
function linksOf(chain: FallbackChain, catalog: Catalog, presetTier: ModelTier) {
  return chain._links.map(({ provider, model, tier = presetTier }) => ({ provider, tier, model: model ?? modelOfTier(provider, tier, catalog) }));
}

function modelsOf(links: ChainLink[]): Model[] {
  return links.flatMap(({ model }) => model ?? []);
}

/** One row for each model; where it is named more than once, with the facts first given. */
function unique(models: ModelFacts[]): ModelFacts[] {
  const byRef = new Map<string, ModelFacts>();
  for (const model of models) if (!byRef.has(model.ref)) byRef.set(model.ref, model);
  return [...byRef.values()].sort((a, b) => a.ref < b.ref ? -1 : 1);
}

function modelOfTier(provider: Provider, tier: ModelTier, catalog: Catalog): Model | undefined {
  const choice = provider._facts.kind === 'official' ? catalog.tier(provider.id, tier) : undefined;
  return choice && provider.model(choice.id, { ...choice, input: choice.input as ModelInput[] });
}

function rowsUnder(pattern: ModelPattern, catalog: Catalog): ModelFacts[] {
  if (pattern.provider._facts.kind !== 'official') return [];
  return Object.entries(catalog.models(pattern.provider.id))
    .filter(([id, row]) => !row.status && pattern.matches(`${pattern.provider.id}/${id}`))
    .map(([id]) => factsOf(pattern.provider.model(id), catalog));
}

function factsOf(model: Model, catalog: Catalog): ModelFacts {
  const { provider, id, modelRef, alias } = model;
  const row: CatalogRow | undefined = provider._facts.kind === 'official' ? catalog.row(provider.id, id) : undefined;
  return {
    model,
    ref: modelRef,
    provider,
    id,
    name: row?.name ?? id,
    alias,
    contextWindow: model.contextWindow ?? row?.contextWindow,
    contextTokens: (model.contextWindow ?? row?.contextWindow) === row?.contextWindow ? row?.contextTokens : undefined,
    maxTokens: model.maxTokens ?? row?.maxTokens,
    input: model.input ?? row?.input ?? ['text'],
    reasoning: model.reasoning ?? row?.reasoning ?? false,
    cost: model.cost ?? row?.cost,
    row,
  };
}
