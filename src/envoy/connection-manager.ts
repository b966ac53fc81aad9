import { extension, Message } from './messages';

/** The last filter of each listener. */
export const ROUTER = { name: 'envoy.filters.http.router', typed_config: extension('filters.http.router.v3.Router', { suppress_envoy_headers: true }) };

/** How long a caller waits to hear that an answer has broken off. */
export const BROKEN_OFF = { delayed_close_timeout: '0.1s' };

/** The largest headers of a request. Each listener that a request meets must let them through. */
export const HEADER_LIMIT = { max_request_headers_kb: 96 };

export function connectionManager(options: Message): Message {
  const typedConfig = extension('filters.network.http_connection_manager.v3.HttpConnectionManager', options);
  return { filter_chains: [{ filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: typedConfig }] }] };
}
