import { Rule } from '../rule';

export const modelPatternMalformed: Rule = {
  id: 'model-pattern-malformed',
  kind: 'safety',
  check: ({ allowedPatterns }) => allowedPatterns.filter(({ pattern }) => !/^([^\s*/]+\/)*\*$/.test(pattern)).map(({ provider, pattern }) =>
    `pattern '${pattern}' of '${provider.id}' is not one that OpenClaw takes; use '*' for the whole provider or '<prefix>/*'`),
};
