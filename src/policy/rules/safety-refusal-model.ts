import { isAmong } from '../../models/provider-facts';
import { Rule } from '../rule';

export const safetyRefusalModel: Rule = {
  id: 'safety-refusal-model',
  kind: 'notice',
  acknowledgeable: true,
  check: settings => settings.namedModels
    .filter(({ provider, id }) => isAmong(provider._facts.traits.refusalsAnsweredByAnother, id))
    .map(({ ref, provider }) =>
      `what '${ref}' refuses for safety, ${provider._facts.company} answers with another of its models inside the same call, and no setting`
      + ' turns this off; use another model'),
};
