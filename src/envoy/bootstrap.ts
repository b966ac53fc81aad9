import { ADMIN_CLUSTER, adminCluster, guardCluster } from './clusters';
import { noKey } from './filters/provider-key';
import { guardListener, ListenerOptions, metricsListener } from './listeners';
import { extension, Message, watchedFile } from './messages';
import { ADMIN_SOCKET, POLICY_DIR } from '../guard/guard-layout';

export interface BootstrapOptions extends ListenerOptions {
  readonly heapBytes: number;
}

/** What never changes while the guard runs: listeners, filters, limits, and where it finds its policy. */
export function bootstrap({ heapBytes, ...listener }: BootstrapOptions): Message {
  return {
    node: { id: 'guard', cluster: 'guard' },
    admin: { // a path, not an abstract name, which every container of the pod would share
      address: { pipe: { path: ADMIN_SOCKET, mode: 0o600 } },
      allow_paths: [{ exact: '/ready' }, { exact: '/stats/prometheus' }],
    },
    typed_dns_resolver_config: { // by default a name that nobody answers for is asked for during more than a minute, also when name servers are back
      name: 'envoy.network.dns_resolver.cares',
      typed_config: extension('network.dns_resolver.cares.v3.CaresDnsResolverConfig', { query_timeout_seconds: 2, query_tries: 2 }),
    },
    layered_runtime: { layers: [{ name: 'static', static_layer: { 're2.max_program_size.error_level': LONGEST_PATTERN } }] },
    bootstrap_extensions: [{ name: 'envoy.bootstrap.internal_listener', typed_config: extension('bootstrap.internal_listener.v3.InternalListener') }],
    dynamic_resources: { cds_config: watchedFile(POLICY_DIR, 'providers.json'), lds_config: watchedFile(POLICY_DIR, 'listeners.json') },
    static_resources: {
      listeners: [guardListener(listener), metricsListener()],
      clusters: [
        guardCluster(),
        adminCluster(ADMIN_CLUSTER),
      ],
      secrets: [noKey()],
    },
    stats_config: { stats_matcher: { inclusion_list: { patterns: [...STATS.map(prefix => ({ prefix })), { contains: '.http_local_rate_limit.' }] } } },
    overload_manager: overloadManager(heapBytes),
  };
}

/** In instructions of RE2. Envoy's default is 100, which is less than the list of tools. */
const LONGEST_PATTERN = 32768;

const STATS = [
  'guard', 'access_logs', 'cluster.', 'cluster_manager.', 'http.guard', 'http.metrics', 'http_local_rate_limiter', 'server.', 'listener.', 'listener_manager.',
  'sds.', 'extension_config_discovery.',
];

function overloadManager(heapBytes: number): Message {
  const heap = 'envoy.resource_monitors.fixed_heap';
  return {
    refresh_interval: '0.25s',
    resource_monitors: [
      {
        name: 'envoy.resource_monitors.global_downstream_max_connections',
        typed_config: extension('resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig', { max_active_downstream_connections: 512 }),
      },
      { name: heap, typed_config: extension('resource_monitors.fixed_heap.v3.FixedHeapConfig', { max_heap_size_bytes: heapBytes }) },
    ],
    actions: [{ name: 'envoy.overload_actions.stop_accepting_requests', triggers: [{ name: heap, threshold: { value: 0.9 } }] }],
  };
}
