import { extension, Message } from './envoy';

const PROVIDER = '%METADATA(ROUTE:guard:provider)%';
const POLICY = '%DYNAMIC_METADATA(envoy.filters.http.rbac:allowed_enforced_effective_policy_id)%';

/** One line of JSON a request. docs/observability.md says what each field means. */
const FIELDS: Message = {
  time: '%START_TIME%',
  provider: PROVIDER,
  model: '%DYNAMIC_METADATA(guard:model):96%',
  policy: POLICY,
  method: '%REQ(:METHOD)%',
  path: '%PATH(NQ):160%',
  status: '%RESPONSE_CODE%',
  details: '%RESPONSE_CODE_DETAILS%',
  flags: '%RESPONSE_FLAGS%',
  duration_ms: '%DURATION%',
  first_byte_ms: '%RESPONSE_DURATION%',
  upstream: '%UPSTREAM_HOST%',
  bytes_in: '%BYTES_RECEIVED%',
  bytes_out: '%BYTES_SENT%',
};

/** The log, and what is counted. */
export function accessLogs(): Message[] {
  const provider = { name: 'guard_provider', value_format: PROVIDER };
  const status = { name: 'guard_status', value_format: '%RESPONSE_CODE%' };
  const policy = { name: 'guard_policy', value_format: POLICY };
  return [
    { name: 'envoy.access_loggers.stdout', typed_config: extension('access_loggers.stream.v3.StdoutAccessLog', { log_format: { json_format: FIELDS } }) },
    {
      name: 'envoy.access_loggers.stats',
      typed_config: extension('access_loggers.stats.v3.Config', {
        stats_scope: { prefix: 'guard' },
        histograms: [{ stat: { name: 'duration', tags: [provider] }, unit: 'Milliseconds', value_format: '%DURATION%' }],
        counters: [{ stat: { name: 'requests', tags: [provider, status, policy] }, value_fixed: 1 }],
      }),
    },
  ];
}

/** What the gateway is told when a request is refused or fails. */
export const REFUSAL_BODY: Message = {
  json_format: {
    type: 'error',
    error: {
      type: 'model_guard',
      code: '%RESPONSE_CODE%',
      reason: '%RESPONSE_CODE_DETAILS%',
      message: `model guard: request to ${PROVIDER} not forwarded or failed (model %DYNAMIC_METADATA(guard:model):96%)`,
    },
  },
};
