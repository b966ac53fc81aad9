import { permits } from '../permits';
import { Rule } from '../rule';

export const chainOutsideAllowlist: Rule = {
  id: 'chain-outside-allowlist',
  kind: 'safety',
  check: settings => settings.chain.map(({ ref }, i) => ({ ref, position: i === 0 ? 'primary' : 'fallback' }))
    .filter(({ ref }) => !permits(settings, ref))
    .map(({ ref, position }) => `${position} '${ref}' is not permitted by allowlist '${settings.allowlistPath}'; add it there or remove it from the chain`
      + ' (OpenClaw does not filter fallbacks by the allowlist)'),
};
