import { GuardedCredential, GuardedProvider } from './guarded-provider';
import { Message, METADATA, protocolOptions } from './messages';

export function hasSeveralKeys({ keys }: GuardedProvider): boolean {
  return keys.length > 1;
}

/** Where calls of a provider go: to its keys where it has several, else straight to it. */
export function entryClusterOf(provider: GuardedProvider): string {
  return hasSeveralKeys(provider) ? `_keys-${provider.id}` : provider.id;
}

/** The listener inside the guard where calls get this key. */
export function keyListenerOf({ name }: GuardedCredential): string {
  return `key-${name}`;
}

/** More than a provider lets in at once, so that its own limits decide. */
const ALL_AT_ONCE = { max_connections: 1024, max_pending_requests: 1024, max_requests: 1024, max_retries: 1024 };

/**
 * The keys of a provider, the first before the others. Each is a listener, not a member of an aggregate cluster: Envoy does not run the filters of such members,
 * so that requests would leave without a key.
 */
export function keysCluster(provider: GuardedProvider): Message {
  const name = entryClusterOf(provider);
  return {
    name,
    type: 'STATIC',
    connect_timeout: '1s',
    circuit_breakers: { thresholds: [ALL_AT_ONCE] },
    load_assignment: {
      cluster_name: name,
      endpoints: provider.keys.map((key, i) => ({
        priority: i,
        lb_endpoints: [{
          endpoint: { address: { envoy_internal_address: { server_listener_name: keyListenerOf(key) } } },
          metadata: { filter_metadata: { [METADATA]: { key: `${i + 1}` } } },
        }],
      })),
    },
    typed_extension_protocol_options: protocolOptions({
      common_http_protocol_options: { idle_timeout: '55s' }, explicit_http_config: { http_protocol_options: {} },
    }),
  };
}
