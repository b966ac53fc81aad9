import { extension, Message } from '../envoy';

export const DUPLICATE_KEYS = 'duplicate-keys';

/**
 * Forbids a key that is written twice, of which a provider may read the other one than the guard. Envoy calls this filter alpha.
 * Bodies stay as they are: writing them anew would sort their keys and miss the providers' prompt caches.
 */
export const duplicateKeys: Message = {
  name: DUPLICATE_KEYS,
  typed_config: extension('filters.http.ai_protocol_manager.v3.AiProtocolManager', { request_handling: { reserialize_body: 'DISABLE' } }),
};

/** Of a named wire format the filter would write the events of answers anew. */
export const duplicateKeysOfRoute: Message = extension('filters.http.ai_protocol_manager.v3.AiProtocolManagerPerRoute', { request: {} });
