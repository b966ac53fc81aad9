import { BedrockEndpoint } from './bedrock-options';
import { ModelApi } from './model-api';
import { Format } from './provider-facts';

interface Endpoint {
  readonly host: (region: string) => string;
  readonly formats: readonly Format[];
}

/**
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html
 */
export const BEDROCK_ENDPOINTS: { readonly [endpoint in BedrockEndpoint]: Endpoint } = {
  [BedrockEndpoint.RUNTIME]: {
    host: region => `bedrock-runtime.${region}.amazonaws.com`,
    formats: [{ api: ModelApi.ANTHROPIC_MESSAGES, path: '/anthropic' }, { api: ModelApi.OPENAI_COMPLETIONS, path: '/openai/v1' }],
  },
  [BedrockEndpoint.MANTLE]: {
    host: region => `bedrock-mantle.${region}.api.aws`,
    formats: [{ api: ModelApi.ANTHROPIC_MESSAGES, path: '/anthropic' }, { api: ModelApi.OPENAI_COMPLETIONS, path: '/v1' }],
  },
};

/** Names of a region: that of AWS China and those of isolated partitions have other hosts. */
const REGION = /^(?!cn-)[a-z]{2}(-gov)?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/;

export function isRegion(region: unknown): region is string {
  return typeof region === 'string' && REGION.test(region);
}

/** The region that was meant, where that is clear: an availability zone, other letters, a host. */
export function meantRegion(region: unknown): string | undefined {
  if (typeof region !== 'string') return undefined;
  const [found] = /[a-z]{2}(-gov)?-[a-z]+-\d{1,2}/.exec(region.toLowerCase().replace(/_/g, '-').replace(/([a-z])(\d)/g, '$1-$2').replace(/--/g, '-')) ?? [];
  return isRegion(found) ? found : undefined;
}

/** The region that a host of Bedrock names. */
export function regionOfHost(host: string): string | undefined {
  return /(?:^|\.)bedrock[a-z-]*\.([a-z0-9-]+)\.(?:vpce\.)?(?:amazonaws\.com|api\.aws)$/.exec(host)?.[1];
}

/** Whether a host is one of Bedrock's where no model answers: those that manage models and agents. */
export function isOtherService(host: string): boolean {
  return /(^|\.)bedrock(-fips|-agent|-agent-runtime|-agentcore|-data-automation[a-z-]*)?\.[a-z0-9-]+\.(vpce\.)?(amazonaws\.com|api\.aws)$/.test(host);
}

/** An Amazon Resource Name as ids of models have it. */
interface Arn {
  readonly region: string;
  /** What comes before the name: `inference-profile`, `foundation-model` … */
  readonly type: string;
  readonly name: string;
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html#amazonbedrock-resources-for-iam-policies */
export function arnOf(id: string): Arn | undefined {
  const [, region, type, name] = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]*):\d*:([a-z-]+)\/(.+)$/.exec(id) ?? [];
  return type ? { region, type, name } : undefined;
}

/** Types of ARNs that end in a model's id. */
const NAMES_MODEL = ['foundation-model', 'inference-profile'];

/** The wire format of a model: Anthropic's serve the Messages API, others Chat Completions. Undefined where an id does not tell whose model it is. */
export function apiOfBedrockModel(id: string): ModelApi | undefined {
  const arn = arnOf(id);
  const name = arn ? arn.name : id;
  if (/^([a-z-]+\.)?anthropic\./.test(name)) return ModelApi.ANTHROPIC_MESSAGES;
  return /^([a-z-]+\.)?[a-z0-9]+\.[a-z]/.test(name) && (!arn || NAMES_MODEL.includes(arn.type)) ? ModelApi.OPENAI_COMPLETIONS : undefined;
}
