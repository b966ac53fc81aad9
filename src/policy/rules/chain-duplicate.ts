import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const chainDuplicate: Rule = {
  id: 'chain-duplicate',
  kind: 'safety',
  check: settings => eachAgent(settings, ({ chain, chainPath }) => {
    const refs = chain.map(model => model.ref);
    const twice = new Set(refs.filter((ref, i) => refs.indexOf(ref) < i));
    return [...twice].map(ref => ref === refs[0]
      ? `fallback '${ref}' of chain '${chainPath}' is the primary; remove it from the fallbacks`
      : `fallback '${ref}' of chain '${chainPath}' is listed more than once; keep the first`);
  }),
};
