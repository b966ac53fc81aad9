import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const chainSingleProvider: Rule = {
  id: 'chain-single-provider',
  kind: 'judgement',
  check: settings => eachAgent(settings, ({ chain, withoutTier, chainPath }) => {
    const [only, another] = new Set([...chain, ...withoutTier].map(link => link.provider.id));
    if (only === undefined || another !== undefined) return [];
    return [`every model of chain '${chainPath}' is served by '${only}'; add a fallback of another provider (an outage or a billing stop would end all of them)`];
  }),
};
