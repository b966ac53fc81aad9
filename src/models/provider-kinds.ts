import { apiOfBedrockModel, BEDROCK_ENDPOINTS } from './bedrock';
import { checkBedrock } from './bedrock-arguments';
import { BedrockEndpoint, BedrockOptions } from './bedrock-options';
import { ModelApi } from './model-api';
import { checkAzureEndpoint, checkEndpoint, checkProviderId, checkServed, keyNameOf } from './provider-arguments';
import { ProviderFacts, ProviderRow } from './provider-facts';
import { AzureOpenAiOptions, CustomProviderOptions } from './provider-options';
import { AZURE_TRAITS, BEDROCK_TRAITS, CUSTOM_TRAITS } from './provider-rows';
import { BEARER, KeyPlace, WIRE_FACTS } from './wire-facts';
import { argumentsOf, InputChecks } from '../input/input-checks';

export function officialFacts(row: ProviderRow): ProviderFacts {
  const { id, company, keyName, baseUrl, api } = row;
  return { id, company, keyName, baseUrl, homeUrl: baseUrl, api, kind: 'official', traits: row, requiresKey: true };
}

export function azureFacts(options: AzureOpenAiOptions): ProviderFacts {
  const { endpoint, id = 'azure' } = argumentsOf(options);
  const where = 'Provider.azureOpenAi()';
  checkProviderId(where, id);
  checkAzureEndpoint(where, endpoint);
  new InputChecks(where).options(options, { endpoint: true, id: true }).done();
  const baseUrl = `${new URL(endpoint).origin}/openai/v1`;
  const keyName = id === 'azure' ? 'AZURE_OPENAI_API_KEY' : keyNameOf(id);
  return { id, company: 'Azure OpenAI', keyName, baseUrl, homeUrl: baseUrl, api: ModelApi.AZURE_OPENAI_RESPONSES, kind: 'azure', traits: AZURE_TRAITS, requiresKey: true };
}

export function bedrockFacts(options: BedrockOptions): ProviderFacts {
  const { region, id = 'bedrock', endpoint = BedrockEndpoint.RUNTIME } = argumentsOf(options);
  checkBedrock('Provider.bedrock()', options);
  const { host, formats } = BEDROCK_ENDPOINTS[endpoint];
  const baseUrl = `https://${host(region)}`;
  const keyName = id === 'bedrock' ? 'AWS_BEARER_TOKEN_BEDROCK' : keyNameOf(id);
  const [{ api }] = formats;
  return {
    id,
    company: 'Amazon Bedrock',
    keyName,
    baseUrl,
    homeUrl: baseUrl,
    api,
    formats,
    bearer: true,
    region,
    kind: 'bedrock',
    traits: BEDROCK_TRAITS,
    requiresKey: true,
    ...endpoint === BedrockEndpoint.RUNTIME && { signing: { service: 'bedrock', region } },
  };
}

/** Without the options of a call, which `customize()` adds. */
export function customFacts(id: string, options: CustomProviderOptions): ProviderFacts {
  const { baseUrl, api = ModelApi.OPENAI_COMPLETIONS, requiresKey = true } = argumentsOf(options);
  const where = typeof id === 'string' ? `Provider.custom('${id}')` : 'Provider.custom()';
  checkProviderId(where, id);
  checkEndpoint(where, 'baseUrl', baseUrl, 'http://vllm.models.svc:8000/v1');
  checkServed(where, id, baseUrl, api);
  new InputChecks(where)
    .that(Object.values(ModelApi).includes(api), 'api', `one of ModelApi (${Object.values(ModelApi).join(', ')})`, api)
    .that(typeof requiresKey === 'boolean', 'requiresKey', 'a boolean', requiresKey)
    .options(options, {
      baseUrl: true,
      api: true,
      requiresKey: true,
      podPort: true,
      podLabels: true,
      headers: true,
      timeout: true,
      secretHeaders: true,
      bearerHeaders: true,
    })
    .done();
  return { id, company: id, keyName: keyNameOf(id), baseUrl, homeUrl: baseUrl, api, kind: 'custom', traits: CUSTOM_TRAITS, requiresKey };
}

/** The wire format of one of a provider's models. */
export function apiOf({ api, formats }: ProviderFacts, id: string): ModelApi {
  return (formats && apiOfBedrockModel(id)) ?? api;
}

/** Where models of a wire format are reached. */
export function baseUrlOf({ baseUrl, formats }: ProviderFacts, api: ModelApi): string {
  const format = formats?.find(each => each.api === api);
  return format ? `${baseUrl.replace(/\/+$/, '')}${format.path}` : baseUrl;
}

/** Where a provider expects its key. */
export function keyPlaceOf({ api, bearer }: ProviderFacts): KeyPlace {
  return bearer ? BEARER : WIRE_FACTS[api];
}
