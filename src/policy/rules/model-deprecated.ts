import { factsName } from '../../release/nearest-release';
import { Rule } from '../rule';

export const modelDeprecated: Rule = {
  id: 'model-deprecated',
  kind: 'judgement',
  restsOnFacts: true,
  check: settings => settings.namedModels.flatMap(({ ref, provider, row }) => {
    if (!row?.status) return [];
    const replacement = row.replacedBy ? `use '${provider.id}/${row.replacedBy}'` : 'use another model of the provider';
    return `model '${ref}' is ${row.status} in OpenClaw ${factsName(settings.release)}; ${replacement}`;
  }),
};
