import { OFFICIAL } from '../../models/provider';
import { Rule } from '../rule';

export const providerIdTaken: Rule = {
  id: 'provider-id-taken',
  kind: 'safety',
  check: ({ providers, plugins, catalog, release }) => providers.filter(provider => provider._facts.kind !== 'official').flatMap(({ id }) => {
    const taken = catalog.taken(id);
    if (!taken || (taken.plain && !plugins.includes(taken.plugin))) return [];
    const owner = taken.canonical ?? id;
    const remedy = OFFICIAL.includes(owner) ? `use Provider.${owner.toUpperCase()}` : `choose another id, for example 'my-${id}'`;
    return `provider id '${id}' belongs to OpenClaw ${release} itself${owner === id ? '' : ` (it means '${owner}')`}; ${remedy}`;
  }),
};
