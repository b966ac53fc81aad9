import { ModelCost, ModelInput, ModelOptions } from './model-options';
import { checkParams } from './model-params';
import { ProviderFacts } from './provider-facts';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isMap } from '../input/values';

/** What `/model` takes for itself. */
const COMMANDS = ['status', 'list', 'default', 'off', 'reset'];

export function checkModel(provider: ProviderFacts, id: unknown, options: ModelOptions): void {
  new InputChecks(`Provider '${provider.id}'`).text('model id', id).done();
  const { params, alias, contextWindow, maxTokens, input, reasoning, cost } = argumentsOf(options);
  const inputs: unknown[] = Object.values(ModelInput);
  const checks = new InputChecks(`model '${provider.id}/${id}'`)
    .that(alias === undefined || (typeof alias === 'string' && /^[A-Za-z][\w.-]*$/.test(alias) && !COMMANDS.includes(alias.toLowerCase())), 'alias',
      `a letter, then letters, digits, dots, dashes or underscores, and none of ${COMMANDS.join(', ')}`, alias)
    .that(isCount(contextWindow), 'contextWindow', 'a whole number of tokens', contextWindow)
    .that(isCount(maxTokens), 'maxTokens', 'a whole number of tokens', maxTokens)
    .that(reasoning === undefined || typeof reasoning === 'boolean', 'reasoning', 'a boolean', reasoning)
    .that(cost === undefined || isCost(cost), 'cost', 'prices of input and output in US dollars', cost)
    .that(typeof contextWindow !== 'number' || typeof maxTokens !== 'number' || maxTokens <= contextWindow, 'maxTokens', 'at most contextWindow', maxTokens)
    .that(!Array.isArray(input) || input.length > 0, 'input', 'an array of at least one ModelInput', input)
    .list('input', input, value => inputs.includes(value), 'a ModelInput')
    .props(options, { alias: true, contextWindow: true, maxTokens: true, input: true, reasoning: true, cost: true, params: true });
  checkParams(checks, params, provider);
  checks.done();
}

function isCount(value: unknown): boolean {
  return value === undefined || (Number.isInteger(value) && (value as number) > 0);
}

function isCost(value: Partial<ModelCost>): boolean {
  return isMap(value) && value.input !== undefined && value.output !== undefined && Object.values(value).every(isPrice);
}

function isPrice(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0 && Number.isFinite(value));
}
