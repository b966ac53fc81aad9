import { Rule } from '../rule';

export const modelAliasTaken: Rule = {
  id: 'model-alias-taken',
  kind: 'safety',
  check: settings => {
    const owners = new Map<string, string[]>();
    for (const { alias, ref } of settings.namedModels) {
      if (alias) owners.set(alias.toLowerCase(), [...owners.get(alias.toLowerCase()) ?? [], ref]);
    }
    return [...owners].filter(([, refs]) => refs.length > 1)
      .map(([alias, refs]) => `alias '${alias}' stands for ${refs.map(ref => `'${ref}'`).join(' and ')}; give each model an alias of its own`);
  },
};
