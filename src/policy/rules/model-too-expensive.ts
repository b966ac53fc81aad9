import { MaxPrice } from '../../models/max-price';
import { ModelFacts } from '../../models/resolve-models';
import { AgentSettings } from '../../settings/agents';
import { Settings } from '../../settings/settings';
import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const modelTooExpensive: Rule = {
  id: 'model-too-expensive',
  kind: 'judgement',
  check: settings => eachAgent(settings, agent => limitsOf(agent, settings).flatMap(limit => [
    ...callable(agent).flatMap(({ role, model }) => modelFault(role, model, limit)),
    ...agent.allowedPatterns.map(pattern => patternFault(pattern.patternRef, settings.models.filter(({ ref }) => pattern.matches(ref)), limit)),
  ])),
};

interface Limit extends MaxPrice {
  /** Whose it is, for messages. */
  readonly text: string;
}

function limitsOf({ allowlistPath, allowlistMaxPrice }: AgentSettings, { presetName, presetMaxPrice }: Settings): Limit[] {
  const limit = (of: string, maxPrice?: MaxPrice) => maxPrice ? [{ ...maxPrice, text: `maxPrice of ${of} (${pricesOf(maxPrice)})` }] : [];
  return [...limit(`allowlist '${allowlistPath}'`, allowlistMaxPrice), ...limit(`preset '${presetName}'`, presetMaxPrice)];
}

/** Every model that an agent may call, each once, with the first place that names it. */
function callable({ chain, allowedModels, slotModels, slotsProp }: AgentSettings): { readonly role: string; readonly model: ModelFacts }[] {
  const all = [
    ...chain.map((model, i) => ({ role: i === 0 ? 'primary' : 'fallback', model })),
    ...Object.entries(slotModels).map(([slot, model]) => ({ role: `${slotsProp}.${slot}`, model })),
    ...allowedModels.map(model => ({ role: 'allowed model', model })),
  ];
  return all.filter(({ model: { ref } }, i) => all.findIndex(({ model }) => model.ref === ref) === i);
}

function modelFault(role: string, { ref, price }: ModelFacts, limit: Limit): string[] {
  if (!price) return [`${role} '${ref}' has no known price, so ${limit.text} cannot be checked; give model() its cost, or use another model`];
  if (!exceeds(price, limit)) return [];
  return [`${role} '${ref}' costs ${pricesOf(price)} per million tokens (${price.source}), above ${limit.text}; use another model, or raise maxPrice`];
}

/** A pattern covers models that no list knows, so it is never within a limit. */
function patternFault(pattern: string, models: ModelFacts[], limit: Limit): string {
  const tooExpensive = models.flatMap(({ ref, price }) => price && exceeds(price, limit) ? [`'${ref}' (${pricesOf(price)})`] : []);
  const shown = tooExpensive.length > 3 ? [...tooExpensive.slice(0, 3), `${tooExpensive.length - 3} more`] : tooExpensive;
  return `'${pattern}' covers ${shown.length > 0 ? `${shown.join(', ')}, above` : 'models that the catalog does not know, whatever they cost, so they may be above'} ${limit.text};`
    + ' name models in an allowlist in place of the pattern';
}

function exceeds(price: MaxPrice, { input = Infinity, output = Infinity }: MaxPrice): boolean {
  return price.input! > input || price.output! > output;
}

function pricesOf({ input, output }: MaxPrice): string {
  return [...input === undefined ? [] : [`$${input} in`], ...output === undefined ? [] : [`$${output} out`]].join(', ');
}
