import { Rule } from '../rule';

export const providerConflict: Rule = {
  id: 'provider-conflict',
  kind: 'safety',
  check: ({ providers }) => {
    const ids = providers.map(provider => provider.id);
    const twice = new Set(ids.filter((id, i) => ids.indexOf(id) < i));
    return [...twice].map(id => {
      const addresses = providers.filter(provider => provider.id === id).map(provider => `'${provider.baseUrl}'`);
      return `provider '${id}' is used in ${addresses.length} forms (${[...new Set(addresses)].join(', ')}); keep one Provider object and use it everywhere`;
    });
  },
};
