import { renderedParams } from '../../models/model-params';
import { AgentSettings, permissionsOf, permits } from '../../settings/agents';
import { Settings } from '../../settings/settings';

/** Which model answers for an agent, which take over, which may be asked for. */
export function routeSection({ features }: Settings, agent: AgentSettings) {
  const { chain, allowedModels } = agent;
  const refs = chain.map(model => model.ref);
  const allow = permissionsOf(agent);
  const aliases = new Map([...chain, ...allowedModels].filter(model => model.alias).map(model => [model.ref, { alias: model.alias }]));
  const named = features.modelPolicy ? [...aliases.keys()] : allow;
  return {
    model: { primary: refs[0], fallbacks: refs.slice(1) },
    ...features.modelPolicy && { modelPolicy: { allow } },
    ...named.length > 0 && { models: Object.fromEntries(named.map(ref => [ref, aliases.get(ref) ?? {}])) },
  };
}

/**
 * Settings of models that all agents share: `known` ones, and what is sent with each call. OpenClaw 2026.8 reads params here only; in older versions a model
 * that stands here may be asked for.
 */
export function sharedModels({ namedModels, features, agents: [main] }: Settings, known: { readonly [ref: string]: object } = {}) {
  const read = namedModels.filter(({ ref }) => features.modelPolicy || permits(main, ref));
  const tuned = read.flatMap(({ ref, params }) => params ? [[ref, { ...known[ref], params: renderedParams(params) }]] : []);
  const models = { ...known, ...Object.fromEntries(tuned) as object };
  return Object.keys(models).length > 0 ? { models } : {};
}

/** The models that read images and PDF files; OpenClaw has them once for all agents. */
export function readersSection({ agents: [{ chain, slotModels }] }: Settings) {
  const seesImages = chain.find(model => model.input.includes('image')) ?? chain[0];
  const slot = (model = seesImages) => ({ primary: model?.ref, fallbacks: [] });
  return { imageModel: slot(slotModels.image), pdfModel: slot(slotModels.pdf) };
}
