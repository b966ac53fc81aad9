import { awsSignature } from './filters/aws-signature';
import { providerKey, usableKey } from './filters/provider-key';
import { markAnswer } from './filters/spend-ledger';
import { GuardedCredential, GuardedProvider } from './guarded-provider';
import { endpoints, exactly, extension, Message, protocolOptions, resources, socket, typed } from './messages';
import { hasSeveralKeys, keysCluster } from './several-keys';
import { ADMIN_SOCKET, GUARD_PORT } from '../guard/guard-layout';

/** Of the guard itself; no provider's id begins so. */
export const ADMIN_CLUSTER = '_admin';
export const GUARD_CLUSTER = '_guard';
export const PROBE_CLUSTER = '_probe';

/** Of the official image. */
const PUBLIC_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/** How each provider is reached, and with which key. */
export function clustersFile(providers: GuardedProvider[]): Message {
  return resources(...[...providers.map(cluster), ...providers.filter(hasSeveralKeys).map(keysCluster), adminCluster(PROBE_CLUSTER)].map(each => typed('config.cluster.v3.Cluster', each)));
}

/** The part of Envoy that answers probes and gives metrics. */
export function adminCluster(name: string): Message {
  return { name, connect_timeout: '1s', type: 'STATIC', load_assignment: endpoints(name, { pipe: { path: ADMIN_SOCKET } }) };
}

/** The guard as its own probe calls it: over a new connection each time, so that a guard which accepts no more calls is not ready. */
export function guardCluster(): Message {
  return {
    name: GUARD_CLUSTER,
    connect_timeout: '1s',
    type: 'STATIC',
    load_assignment: endpoints(GUARD_CLUSTER, socket('127.0.0.1', GUARD_PORT)),
    typed_extension_protocol_options: protocolOptions({
      common_http_protocol_options: { max_requests_per_connection: 1 }, explicit_http_config: { http_protocol_options: {} },
    }),
  };
}

function cluster(provider: GuardedProvider): Message {
  const { id, hostname, port, tls } = provider;
  return {
    name: id,
    type: 'STRICT_DNS',
    dns_lookup_family: 'V4_PREFERRED',
    load_assignment: endpoints(id, socket(hostname, port)),
    connect_timeout: provider.connectTimeout,
    per_connection_buffer_limit_bytes: 1048576,
    circuit_breakers: { thresholds: [{ max_connections: 64, max_pending_requests: 64, max_requests: 128, max_retries: 4, track_remaining: true }] },
    outlier_detection: DEAF_HOSTS,
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    upstream_connection_options: { tcp_keepalive: { keepalive_time: 30, keepalive_interval: 10, keepalive_probes: 3 } },
    typed_extension_protocol_options: protocolOptions(httpOptions(provider)),
    ...tls && { transport_socket: { name: 'envoy.transport_sockets.tls', typed_config: tlsContext(provider) } },
  };
}

/** Leaves out, for 15 seconds, a provider to which three connections in a row failed: turns then move on at once. Its answers do not count. */
const DEAF_HOSTS: Message = {
  split_external_local_origin_errors: true,
  consecutive_local_origin_failure: 3,
  enforcing_consecutive_local_origin_failure: 100,
  consecutive_5xx: 1000000,
  enforcing_consecutive_5xx: 0,
  enforcing_consecutive_gateway_failure: 0,
  enforcing_success_rate: 0,
  enforcing_failure_percentage: 0,
  interval: '1s',
  base_ejection_time: '15s',
  max_ejection_time: '60s',
  max_ejection_percent: 100,
};

function httpOptions(provider: GuardedProvider): Message {
  const http1 = { http_protocol_options: {} };
  return {
    common_http_protocol_options: { idle_timeout: '55s', max_connection_duration: '600s' },
    ...provider.tls
      ? { auto_config: { ...http1, http2_protocol_options: { connection_keepalive: pings(provider) } } }
      : { explicit_http_config: http1 },
    http_filters: [
      ...provider.budgets.length > 0 ? [markAnswer] : [],
      ...hasSeveralKeys(provider) ? [usableKey(provider.keys[0])] : provider.keys.flatMap(added), // of several, a listener has added one already
      ...provider.secretHeaders.flatMap(added),
      ...awsSignature(provider), // of everything that the others have added
      { name: 'envoy.filters.http.upstream_codec', typed_config: extension('filters.http.upstream_codec.v3.UpstreamCodec') },
    ],
  };
}

function added(credential: GuardedCredential): Message[] {
  return [providerKey(credential), usableKey(credential)];
}

/** A connection that was idle is tried before its next request, so that one which has gone silent costs no more than a new one. */
function pings({ connectTimeout }: GuardedProvider): Message {
  return { connection_idle_interval: '1s', interval: '30s', timeout: connectTimeout };
}

/** A provider is who has a certificate for its name. */
function tlsContext({ hostname, options: { certificateAuthorities: authority } }: GuardedProvider): Message {
  const { string_match: matcher } = exactly(hostname);
  return extension('transport_sockets.tls.v3.UpstreamTlsContext', {
    sni: hostname,
    common_tls_context: {
      tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
      validation_context: {
        trusted_ca: authority ? { inline_string: authority } : { filename: PUBLIC_AUTHORITIES },
        match_typed_subject_alt_names: [{ san_type: 'DNS', matcher }],
      },
    },
  });
}
