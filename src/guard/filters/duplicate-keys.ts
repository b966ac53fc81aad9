import { ModelApi } from '../../models/model-api';
import { extension, Message } from '../envoy';

/** Envoy's names for the wire formats. */
const PROTOCOLS: { readonly [api in ModelApi]: string } = {
  [ModelApi.ANTHROPIC_MESSAGES]: 'ANTHROPIC_MESSAGES',
  [ModelApi.OPENAI_RESPONSES]: 'OPENAI_RESPONSES',
  [ModelApi.OPENAI_COMPLETIONS]: 'OPENAI_CHAT_COMPLETIONS',
  [ModelApi.GOOGLE_GENERATIVE_AI]: 'GEMINI_GENERATE_CONTENT',
  [ModelApi.AZURE_OPENAI_RESPONSES]: 'OPENAI_RESPONSES',
};

export const DUPLICATE_KEYS = 'duplicate-keys';

/**
 * Forbids a key that is written twice, of which a provider may read the other one than the guard. Envoy calls this filter alpha.
 * Bodies stay as they are: writing them anew would sort their keys and miss the providers' prompt caches.
 */
export const duplicateKeys: Message = {
  name: DUPLICATE_KEYS,
  typed_config: extension('filters.http.ai_protocol_manager.v3.AiProtocolManager', { request_handling: { reserialize_body: 'DISABLE' } }),
};

export function duplicateKeysOfRoute(api: ModelApi): Message {
  return extension('filters.http.ai_protocol_manager.v3.AiProtocolManagerPerRoute', { request: { llm_protocol: PROTOCOLS[api] } });
}
