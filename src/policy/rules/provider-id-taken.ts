import { officialName } from '../../models/provider';
import { factsName } from '../../release/nearest-release';
import { Rule } from '../rule';

export const providerIdTaken: Rule = {
  id: 'provider-id-taken',
  kind: 'safety',
  check: ({ providers, plugins, catalog, release }) => providers.filter(provider => provider._facts.kind !== 'official').flatMap(({ id }) => {
    const taken = catalog.taken(id);
    if (!taken || (taken.plain && !plugins.includes(taken.plugin))) return [];
    const owner = taken.canonical ?? id;
    const name = officialName(owner);
    const remedy = name ? `use ${name}` : `choose another id, for example 'my-${id}'`;
    return `provider id '${id}' belongs to OpenClaw ${factsName(release)} itself${owner === id ? '' : ` (it means '${owner}')`}; ${remedy}`;
  }),
};
