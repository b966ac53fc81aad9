import { routerOf } from '../../models/routers';
import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const modelPatternMalformed: Rule = {
  id: 'model-pattern-malformed',
  kind: 'safety',
  check: settings => eachAgent(settings, ({ allowedPatterns }) => allowedPatterns.flatMap(({ provider, pattern }) => {
    const what = `pattern '${pattern}' of '${provider.id}'`;
    if (!/^([^\s*/]+\/)*\*$/.test(pattern)) return `${what} is not accepted by OpenClaw; use '*' for the whole provider or '<prefix>/*'`;
    const router = routerOf(provider._facts, pattern.replace('*', 'router'));
    return router ? `${what} covers ids for which ${router} chooses the model; name models or use the prefix of a company that makes them` : [];
  })),
};
