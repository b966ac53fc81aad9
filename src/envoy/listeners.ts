import { accessLogs, BudgetReports, localReplies } from './access-log';
import { ADMIN_CLUSTER, GUARD_CLUSTER } from './clusters';
import { BROKEN_OFF, connectionManager, HEADER_LIMIT, ROUTER } from './connection-manager';
import { allowedModels } from './filters/allowed-models';
import { dropHeaders, finalAnswers } from './filters/answers';
import { CALLER, CALLER_TYPE } from './filters/caller';
import { FORBIDDEN } from './filters/forbidden';
import { READ_FIELDS, READ_FIELDS_TYPE } from './filters/read-fields';
import { READ_MODEL, READ_MODEL_TYPE } from './filters/read-model';
import { requestRate } from './filters/request-rate';
import { reserved, SPEND_LEDGER, SPEND_LEDGER_TYPE } from './filters/spend-ledger';
import { usage } from './filters/usage';
import { STEERING_PREFIXES } from './headers';
import { exactly, extension, filterFromFile, Message, RBAC_TYPE, socket, watchedFile } from './messages';
import { POLICY_PROBE, ROUTES } from './routes';
import { CALLER_DIR, GUARD_METRICS_PORT, GUARD_PORT, POLICY_DIR } from '../guard/guard-layout';

export interface ListenerOptions extends BudgetReports {
  /** Whether the gateway is in another pod: then it must prove who it is, and each connection is used once, so that an update cuts none. */
  readonly ownPod: boolean;
  readonly bodyBytes: number;
}

/** Where the gateway calls. In the order of the filters: who calls, what is read, what is forbidden, what is allowed, how often, at what cost. */
export function guardListener({ ownPod, bodyBytes, ...budgets }: ListenerOptions): Message {
  const filters = [
    ...ownPod ? [filterFromFile(CALLER_DIR, CALLER, CALLER_TYPE)] : [],
    filterFromFile(POLICY_DIR, READ_MODEL, READ_MODEL_TYPE),
    filterFromFile(POLICY_DIR, READ_FIELDS, READ_FIELDS_TYPE),
    filterFromFile(POLICY_DIR, FORBIDDEN, RBAC_TYPE),
    allowedModels,
    requestRate,
    dropHeaders,
    finalAnswers,
    ...budgets.usedUpStatus ? [filterFromFile(POLICY_DIR, SPEND_LEDGER, SPEND_LEDGER_TYPE), reserved] : [],
    usage,
    ROUTER,
  ];
  return {
    name: 'guard',
    address: socket(ownPod ? '0.0.0.0' : '127.0.0.1', GUARD_PORT),
    enable_reuse_port: false, // else another process with the guard's user could listen there too
    per_connection_buffer_limit_bytes: bodyBytes,
    ...connectionManager({
      stat_prefix: 'guard',
      codec_type: 'HTTP1',
      server_name: 'model-guard',
      rds: { route_config_name: ROUTES, config_source: watchedFile(POLICY_DIR, 'routes.json') },
      http_filters: filters,
      access_log: accessLogs(budgets),
      local_reply_config: localReplies(budgets),
      ...STRICT_PATHS,
      merge_slashes: true,
      early_header_mutation_extensions: [NO_STEERING],
      scheme_header_transformation: { match_upstream: true },
      use_remote_address: true,
      skip_xff_append: true,
      internal_address_config: { cidr_ranges: [] },
      common_http_protocol_options: {
        idle_timeout: '10s', // of a connection without a request: nobody is to use up what others need; OpenClaw keeps one for 4 s
        headers_with_underscores_action: 'REJECT_REQUEST',
        max_headers_count: 64,
        ...ownPod && { max_requests_per_connection: 1 },
      },
      ...HEADER_LIMIT,
      generate_request_id: false, // providers get the headers of the gateway, and no others
      request_headers_timeout: '10s',
      ...BROKEN_OFF,
      request_timeout: '60s',
      stream_idle_timeout: '0s', // that of the route counts
    }),
  };
}

/** Where kubelet and Prometheus ask; nothing but three paths can be read. */
export function metricsListener(): Message {
  const read = (path: string, cluster: string, rewritten = path) => ({
    match: { path, headers: [{ name: ':method', ...exactly('GET') }, { name: ':path', ...exactly(path) }] },
    route: { cluster, timeout: '5s', ...rewritten !== path && { prefix_rewrite: rewritten } },
  });
  return {
    name: 'metrics',
    address: socket('0.0.0.0', GUARD_METRICS_PORT),
    enable_reuse_port: false,
    ignore_global_conn_limit: true,
    ...connectionManager({
      stat_prefix: 'metrics',
      codec_type: 'HTTP1',
      ...STRICT_PATHS,
      common_http_protocol_options: { idle_timeout: '120s' }, // above the interval of a Prometheus
      request_headers_timeout: '5s',
      request_timeout: '10s',
      http_filters: [ROUTER],
      route_config: {
        virtual_hosts: [{
          name: 'metrics',
          domains: ['*'],
          routes: [
            read('/ready', ADMIN_CLUSTER), read('/stats/prometheus', ADMIN_CLUSTER), read('/policy', GUARD_CLUSTER, POLICY_PROBE),
            { match: { prefix: '/' }, direct_response: { status: 403 } },
          ],
        }],
      },
    }),
  };
}

const STRICT_PATHS = { normalize_path: true, path_with_escaped_slashes_action: 'REJECT_REQUEST' };

const NO_STEERING: Message = {
  name: 'envoy.http.early_header_mutation.header_mutation',
  typed_config: extension('http.early_header_mutation.header_mutation.v3.HeaderMutation', {
    mutations: STEERING_PREFIXES.map(prefix => ({ remove_on_match: { key_matcher: { prefix } } })),
  }),
};
