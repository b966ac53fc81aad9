import { Rule } from '../rule';

export const chainOutsideAllowlist: Rule = {
  id: 'chain-outside-allowlist',
  kind: 'safety',
  check: ({ chain, allowlistPath, allowedModels, allowedPatterns }) => {
    const permitted = (ref: string) => allowedModels.some(model => model.ref === ref) || allowedPatterns.some(pattern => pattern.matches(ref));
    return chain.map(({ ref }, i) => ({ ref, position: i === 0 ? 'primary' : 'fallback' }))
      .filter(({ ref }) => !permitted(ref))
      .map(({ ref, position }) => `${position} '${ref}' is not permitted by allowlist '${allowlistPath}'; add it there or remove it from the chain`
        + ' (OpenClaw does not filter fallbacks by the allowlist)');
  },
};
