import { permits } from '../../settings/agents';
import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const chainOutsideAllowlist: Rule = {
  id: 'chain-outside-allowlist',
  kind: 'safety',
  check: settings => eachAgent(settings, agent => agent.chain.map(({ ref }, i) => ({ ref, position: i === 0 ? 'primary' : 'fallback' }))
    .filter(({ ref }) => !permits(agent, ref))
    .map(({ ref, position }) => `${position} '${ref}'${agent.ofAgent} is not permitted by allowlist '${agent.allowlistPath}'; add it there or remove it from the chain`
      + ' (OpenClaw does not filter fallbacks by the allowlist)')),
};
