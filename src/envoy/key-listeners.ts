import { FAILED, ofStatus } from './access-log';
import { BROKEN_OFF, connectionManager, HEADER_LIMIT, ROUTER } from './connection-manager';
import { providerKey } from './filters/provider-key';
import { GuardedCredential, GuardedProvider } from './guarded-provider';
import { extension, Message, METADATA, resources, typed } from './messages';
import { connectRetries, NO_KEY_HEADER } from './retries';
import { hasSeveralKeys, keyListenerOf } from './several-keys';

/** Listeners inside the guard, one for each key of a provider that has several. No network reaches them. */
export function keyListenersFile(providers: GuardedProvider[], bodyBytes: number): Message {
  return resources(...providers.filter(hasSeveralKeys).flatMap(provider => provider.keys.map((key, i) =>
    typed('config.listener.v3.Listener', keyListener(provider, key, i + 1, bodyBytes)))));
}

/** What a connection manager adds to requests; providers get the headers of the gateway, and no others. */
const ADDED_HEADERS = ['x-forwarded-for', 'x-forwarded-proto', 'x-envoy-internal'];

function keyListener(provider: GuardedProvider, key: GuardedCredential, position: number, bodyBytes: number): Message {
  const { id } = provider;
  return {
    name: keyListenerOf(key),
    internal_listener: {},
    ignore_global_conn_limit: true, // the guard's own listener has counted them
    per_connection_buffer_limit_bytes: bodyBytes,
    ...connectionManager({
      stat_prefix: 'keys',
      codec_type: 'HTTP1',
      http_filters: [providerKey(key), ROUTER],
      access_log: [requestsByKey(id, position)],
      local_reply_config: { mappers: [NO_KEY], body_format: FAILED },
      scheme_header_transformation: { match_upstream: true },
      skip_xff_append: true,
      generate_request_id: false,
      preserve_external_request_id: true,
      stream_idle_timeout: '0s', // that of the guard's own listener counts
      ...HEADER_LIMIT,
      ...BROKEN_OFF,
      route_config: {
        name: keyListenerOf(key),
        request_headers_to_remove: ADDED_HEADERS,
        response_headers_to_remove: [NO_KEY_HEADER], // of the provider; the guard's own replies get it later
        virtual_hosts: [{
          name: 'key',
          domains: ['*'],
          routes: [{
            match: { prefix: '/' },
            metadata: { filter_metadata: { [METADATA]: { provider: id } } },
            route: { cluster: id, timeout: '0s', retry_policy: connectRetries(provider) },
          }],
        }],
      },
    }),
  };
}

/** A key that is missing is a failure of the guard, not a refusal of the provider; the next key is tried. */
const NO_KEY: Message = {
  ...ofStatus(401), status_code: 503, headers_to_add: [{ header: { key: NO_KEY_HEADER, value: 'true' } }],
};

/** Counts by position, never by value. */
function requestsByKey(provider: string, position: number): Message {
  return {
    name: 'envoy.access_loggers.stats',
    typed_config: extension('access_loggers.stats.v3.Config', {
      stats_scope: { prefix: METADATA },
      counters: [{
        stat: {
          name: 'key_requests',
          tags: [
            { name: 'guard_provider', value_format: provider },
            { name: 'guard_key', value_format: `${position}` },
            { name: 'guard_status', value_format: '%RESPONSE_CODE%' },
            { name: 'guard_reason', value_format: '%RESPONSE_CODE_DETAILS%' },
          ],
        },
        value_fixed: 1,
      }],
    }),
  };
}
