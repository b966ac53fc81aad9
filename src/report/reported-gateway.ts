import { LoadFigures, monthlyCost, sumOf } from './monthly-cost';
import { ReportedAgent, ReportedAlternative, ReportedGateway, ReportedModel, ReportedPrice } from './report-data';
import { answersOf, rotationOf } from '../gateway/summary';
import { budgetText } from '../guard/budget';
import { listedPrice } from '../models/model-price';
import { ModelTier } from '../models/model-tier';
import { ModelFacts } from '../models/resolve-models';
import { Finding } from '../policy/finding';
import { AgentSettings, permissionsOf } from '../settings/agents';
import { filesOf, Settings } from '../settings/settings';

/** Everything that a report says about one gateway. */
export function reportedGateway(settings: Settings, findings: readonly Finding[], load?: LoadFigures): ReportedGateway {
  const agents = settings.agents.map(agent => reportedAgent(agent, settings, load));
  return {
    path: settings.path,
    namespace: settings.namespace,
    version: settings.release,
    preset: settings.presetName,
    delivery: settings.live ? 'live' : 'restart',
    guard: settings.guard ? settings.guard.ownPod ? 'in pods of its own' : 'beside the gateway' : 'none',
    budgets: (settings.guard?.budgets ?? []).map(budget => ({ name: budget.name, limit: budgetText(budget), models: budget.models })),
    agents,
    models: namedModels(settings).map(model => reportedModel(model, settings)),
    keys: filesOf(settings).map(file => ({
      name: file.name,
      providers: [...settings.providerKeys, ...settings.additionalKeys].filter(key => key === file).map(({ provider }) => provider.id),
      source: file.source._origin,
      rotation: rotationOf(file, settings),
    })),
    findings: findings.map(({ rule, severity, message, acknowledged }) => ({ rule, severity, message, acknowledged })),
    monthly: load && totals(agents),
  };
}

export function totals(parts: readonly Pick<ReportedAgent, 'monthly'>[]) {
  const monthly = parts.flatMap(part => part.monthly ?? []);
  return { primary: sumOf(monthly.map(({ primary }) => primary)), dearest: sumOf(monthly.map(({ dearest }) => dearest)) };
}

function reportedAgent(agent: AgentSettings, settings: Settings, load?: LoadFigures): ReportedAgent {
  const { chain, slotModels: { heartbeat, ...slots }, heartbeatEvery } = agent;
  const route = chain.map(({ ref, price }, i) => ({
    ref,
    role: i === 0 ? 'primary' : `fallback ${i}`,
    monthlyUsd: load && price && monthlyCost(price, load),
  }));
  const known = route.flatMap(({ monthlyUsd }) => monthlyUsd ?? []);
  return {
    id: agent.id,
    answers: settings.agents.length > 1 ? answersOf(agent) : 'everything',
    route,
    alternatives: permissionsOf(agent).filter(ref => !chain.some(model => model.ref === ref)).map(ref => alternative(ref, agent, settings)),
    slots: [
      ...Object.entries(slots).map(([slot, { ref }]) => ({ slot, ref })),
      ...heartbeatEvery ? [{ slot: `heartbeat every ${heartbeatEvery.toMinutes()} min`, ref: (heartbeat ?? chain[0]).ref }] : [],
    ],
    monthly: load && {
      primary: { usd: route[0].monthlyUsd ?? 0, isLowerBound: route[0].monthlyUsd === undefined },
      dearest: { usd: Math.max(0, ...known), isLowerBound: known.length < route.length },
    },
  };
}

function alternative(ref: string, { allowedModels, allowedPatterns }: AgentSettings, settings: Settings): ReportedAlternative {
  const pattern = allowedPatterns.find(({ patternRef }) => patternRef === ref);
  const provider = pattern?.provider ?? allowedModels.find(model => model.ref === ref)!.provider;
  const prices = settings.models.filter(model => pattern ? pattern.matches(model.ref) : model.ref === ref).flatMap(({ price }) => price ?? []);
  return {
    ref,
    key: keyOf(provider.id, settings),
    highestPrice: prices.length === 0 ? undefined : {
      input: Math.max(...prices.map(({ input }) => input)),
      output: Math.max(...prices.map(({ output }) => output)),
    },
  };
}

/** Those of chains, allowlists and slots, each once, in the order in which a reader meets them. */
function namedModels({ agents }: Settings): ModelFacts[] {
  const all = agents.flatMap(({ chain, allowedModels, slotModels }) => [...chain, ...allowedModels, ...Object.values(slotModels)]);
  return [...new Map(all.map(model => [model.ref, model])).values()];
}

function reportedModel(model: ModelFacts, settings: Settings): ReportedModel {
  const { ref, name, provider, id, contextWindow } = model;
  const isOfficial = provider._facts.kind === 'official';
  return {
    ref,
    name,
    tiers: isOfficial ? Object.values(ModelTier).filter(tier => settings.catalog.tier(provider.id, tier)?.id === id) : [],
    contextWindow,
    price: reportedPrice(model),
    key: keyOf(provider.id, settings),
  };
}

function reportedPrice({ price, provider, id, row }: ModelFacts): ReportedPrice | undefined {
  if (!price) return undefined;
  const listed = row?.cost && listedPrice(provider.id, id);
  const differs = listed && (listed.input !== price.input || listed.output !== price.output);
  return { ...price, listed: differs ? { input: listed.input, output: listed.output, source: listed.source } : undefined };
}

function keyOf(providerId: string, { providerKeys }: Settings): string | undefined {
  return providerKeys.find(({ provider }) => provider.id === providerId)?.name;
}
