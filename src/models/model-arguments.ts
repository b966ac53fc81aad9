import { apiOfBedrockModel } from './bedrock';
import { problemOfBedrockId } from './bedrock-arguments';
import { ModelApi } from './model-api';
import { ModelCost, ModelInput, ModelOptions } from './model-options';
import { checkParams } from './model-params';
import { ProviderFacts } from './provider-facts';
import { apiOf } from './provider-kinds';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { describe, isMap } from '../input/values';

/** What `/model` takes for itself. */
const COMMANDS = ['status', 'list', 'default', 'off', 'reset'];

export function checkModel(provider: ProviderFacts, id: unknown, options: ModelOptions): void {
  new InputChecks(`Provider '${provider.id}'`).text('model id', id).done();
  const { params, alias, api, contextWindow, maxTokens, input, reasoning, cost } = argumentsOf(options);
  const inputs: unknown[] = Object.values(ModelInput);
  const problemOfApi = problemOf(provider, id as string, api);
  const checks = new InputChecks(`model '${provider.id}/${id}'`)
    .that(alias === undefined || (typeof alias === 'string' && /^[A-Za-z][\w.-]*$/.test(alias) && !COMMANDS.includes(alias.toLowerCase())), 'alias',
      `a letter, then letters, digits, dots, dashes or underscores, and none of ${COMMANDS.join(', ')}`, alias)
    .refuse(problemOfApi !== undefined, problemOfApi!)
    .that(isCount(contextWindow), 'contextWindow', 'a whole number of tokens', contextWindow)
    .that(isCount(maxTokens), 'maxTokens', 'a whole number of tokens', maxTokens)
    .that(reasoning === undefined || typeof reasoning === 'boolean', 'reasoning', 'a boolean', reasoning)
    .that(cost === undefined || isCost(cost), 'cost', 'prices of input and output in US dollars', cost)
    .that(typeof contextWindow !== 'number' || typeof maxTokens !== 'number' || maxTokens <= contextWindow, 'maxTokens', 'at most contextWindow', maxTokens)
    .that(!Array.isArray(input) || input.length > 0, 'input', 'an array of at least one ModelInput', input)
    .list('input', input, value => inputs.includes(value), 'a ModelInput')
    .props(options, { alias: true, api: true, contextWindow: true, maxTokens: true, input: true, reasoning: true, cost: true, params: true });
  checkParams(checks, params, { ...provider, api: api ?? apiOf(provider, id as string) });
  checks.done();
}

/** What is wrong with a model's id or its wire format, where its provider speaks several. */
function problemOf({ id: providerId, api: ofProvider, formats, region }: ProviderFacts, id: string, api: ModelApi | undefined): string | undefined {
  const apis = formats?.map(format => format.api) ?? [ofProvider];
  if (api !== undefined && !apis.includes(api)) {
    const remedy = formats ? '' : `; leave it out, which is that of provider '${providerId}'`;
    return `api must be ${apis.map(each => `'${each}'`).join(' or ')}, got ${describe(api)}${remedy}`;
  }
  if (!formats) return undefined;
  const problem = problemOfBedrockId(id, region);
  if (problem) return `the id ${problem}`;
  return api ?? apiOfBedrockModel(id) ? undefined
    : "the id must name the model's company, as 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' does; for a Claude model by another name give api: ModelApi.ANTHROPIC_MESSAGES,"
    + ' for others api: ModelApi.OPENAI_COMPLETIONS';
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
