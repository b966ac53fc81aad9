import { PRICE_FIELDS } from '../../envoy/filters/spend-ledger';
import { callSizes } from '../../envoy/guarded-provider';
import { BudgetSettings } from '../../guard/budget';
import { Params, renderedParams } from '../../models/model-params';
import { ModelFacts } from '../../models/resolve-models';
import { tokenPrices } from '../../models/token-prices';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

/** What a provider may add to a request, in tokens; the ledger's program has the same number. */
const OVERHEAD = 1000;

/** Every budget, with the models that it counts. */
function counted({ guard, models, agents }: Settings): { readonly budget: BudgetSettings; readonly models: ModelFacts[] }[] {
  const all = [...models, ...agents.flatMap(({ slotModels }) => slotModels.memoryEmbeddings ?? [])];
  const each = [...new Map(all.map(model => [model.ref, model])).values()];
  return (guard?.budgets ?? []).map(budget => ({ budget, models: each.filter(({ ref }) => budget.models?.includes(ref) ?? true) }));
}

export const budgetModelUnpriced: Rule = {
  id: 'budget-model-unpriced',
  kind: 'safety',
  check: settings => counted(settings).flatMap(({ budget: { name }, models }) => models.flatMap(model => [
    ...model.price ? [] : [`budget '${name}' counts '${model.ref}', whose price is not known; give model() its cost, or take it out of models of the budget`],
    ...callSizes(model) ? [] : [`budget '${name}' counts '${model.ref}', whose size is not known; give model() its contextWindow and maxTokens`],
  ])),
};

export const budgetTooSmall: Rule = {
  id: 'budget-too-small',
  kind: 'safety',
  check: settings => counted(settings).flatMap(({ budget: { name, most }, models }) => models.flatMap(model => {
    const dearest = dearestCall(model);
    return dearest === undefined || dearest <= most ? [] : [
      `budget '${name}' has ${dollars(most)}, but one call of '${model.ref}' may cost ${dollars(dearest)}, so its longest requests would always be refused;`
      + ` raise usd to at least ${(Math.ceil(dearest / 1e4) / 100).toFixed(2)}, or take the model out of models of the budget`,
    ];
  })),
};

export const budgetModelUnknown: Rule = {
  id: 'budget-model-unknown',
  kind: 'safety',
  check: settings => counted(settings).flatMap(({ budget: { name, models: named = [] }, models }) =>
    named.filter(ref => models.every(model => model.ref !== ref)).map(ref =>
      `budget '${name}' is for '${ref}', which this gateway cannot call; add it to the chain or the allowlist, or take it out of models of the budget`)),
};

export const budgetParamRefused: Rule = {
  id: 'budget-param-refused',
  kind: 'safety',
  check: settings => counted(settings).flatMap(({ budget: { name }, models }) => models.flatMap(({ ref, params = {} }) =>
    fieldsOf(renderedParams(params)).filter(field => PRICE_FIELDS.includes(field)).map(key =>
      `budget '${name}' counts '${ref}', whose params have '${key}', which may change the price of a call, so its guard would refuse every call;`
      + ' remove it, or take the model out of models of the budget'))),
};

function fieldsOf({ extra_body: more = {}, ...params }: Params): string[] {
  return Object.keys({ ...params, ...more });
}

/** The most that one call can cost, in millionths of a dollar. */
function dearestCall(model: ModelFacts): number | undefined {
  const sizes = callSizes(model);
  if (!sizes || !model.price) return undefined;
  const { input, cacheWrite, output } = tokenPrices(model.price);
  return Math.ceil((sizes.window + OVERHEAD) * Math.max(input, cacheWrite) + sizes.maxTokens * output);
}

function dollars(micro: number): string {
  return `$${(micro / 1e6).toFixed(2)}`;
}
