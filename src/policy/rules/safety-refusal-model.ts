import { Rule } from '../rule';

/** @see https://docs.openclaw.ai/providers/anthropic */
const REFUSALS_ANSWERED_BY_ANOTHER = /^claude-(opus|fable)-5(-|$)/;

export const safetyRefusalModel: Rule = {
  id: 'safety-refusal-model',
  kind: 'notice',
  check: settings => settings.namedModels
    .filter(({ provider, id }) => provider.id === 'anthropic' && REFUSALS_ANSWERED_BY_ANOTHER.test(id))
    .map(({ ref }) => `what '${ref}' refuses for safety, Anthropic answers with another Claude model inside the same call; no setting turns this off`),
};
