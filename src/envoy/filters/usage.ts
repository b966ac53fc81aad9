import { ModelApi } from '../../models/model-api';
import { extension, Message } from '../messages';

/** The filter, and where it puts what an answer says of its tokens. */
export const USAGE = 'usage';

const USAGE_TYPE = 'filters.http.ai_protocol_manager.v3.AiProtocolManager';
/** The most that Envoy accepts. */
const LARGEST_EVENT = 10 * 1024 * 1024;

/** Envoy's names of the formats. */
const PROTOCOLS: { readonly [api in ModelApi]: string } = {
  [ModelApi.ANTHROPIC_MESSAGES]: 'ANTHROPIC_MESSAGES',
  [ModelApi.OPENAI_RESPONSES]: 'OPENAI_RESPONSES',
  [ModelApi.OPENAI_COMPLETIONS]: 'OPENAI_CHAT_COMPLETIONS',
  [ModelApi.GOOGLE_GENERATIVE_AI]: 'GEMINI_GENERATE_CONTENT',
  [ModelApi.AZURE_OPENAI_RESPONSES]: 'OPENAI_RESPONSES',
};

/** Reads how many tokens an answer took, whether it is streamed or not. It changes nothing, and does not read requests. */
export const usage: Message = {
  name: USAGE,
  typed_config: extension(USAGE_TYPE, {
    response_handling: {
      token_usage: { metadata_namespace: USAGE, limits: { max_sse_event_size: LARGEST_EVENT, max_json_body_size: LARGEST_EVENT } },
    },
  }),
};

export function usageOfRoute(api: ModelApi): Message {
  return extension(`${USAGE_TYPE}PerRoute`, { response: { llm_protocol: PROTOCOLS[api] } });
}
