import { Model } from '../../models/provider';
import { Rule } from '../rule';

const FACTS: (keyof Model)[] = ['alias', 'api', 'contextWindow', 'maxTokens', 'input', 'reasoning', 'cost', 'params'];

export const modelConflict: Rule = {
  id: 'model-conflict',
  kind: 'safety',
  check: ({ namedModels }) => namedModels.filter(({ given }) => given.length > 1).flatMap(({ ref, given }) => FACTS.flatMap(fact => {
    const said = [...new Set(given.filter(model => model[fact] !== undefined).map(model => JSON.stringify(model[fact])))];
    return said.length > 1 ? `model '${ref}' is given with ${fact} ${said.join(' and ')}; make it once and use it everywhere` : [];
  })),
};
