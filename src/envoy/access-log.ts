import { LEDGER_METADATA } from './filters/spend-ledger';
import { extension, Message } from './messages';
import { METERED, MICRODOLLARS, PRICED, TOKEN_KINDS, tokens, UNMETERED } from './spending';

const PROVIDER = '%METADATA(ROUTE:guard:provider)%';
const MODEL = '%DYNAMIC_METADATA(guard:model):96%';
const POLICY = '%DYNAMIC_METADATA(envoy.filters.http.rbac:allowed_enforced_effective_policy_id)%';

/** One line of JSON a request. docs/observability.md says what each field means. */
const FIELDS: Message = {
  time: '%START_TIME%',
  provider: PROVIDER,
  model: MODEL,
  policy: POLICY,
  method: '%REQ(:METHOD)%',
  path: '%PATH(NQ):160%',
  status: '%RESPONSE_CODE%',
  details: '%RESPONSE_CODE_DETAILS%',
  flags: '%RESPONSE_FLAGS%',
  duration_ms: '%DURATION%',
  first_byte_ms: '%RESPONSE_DURATION%',
  upstream: '%UPSTREAM_HOST%',
  key: '%UPSTREAM_METADATA(guard:key)%',
  bytes_in: '%BYTES_RECEIVED%',
  bytes_out: '%BYTES_SENT%',
  ...Object.fromEntries(TOKEN_KINDS.map(kind => [kind, cel(tokens(kind))])),
  microdollars: cel(`${PRICED} ? ${MICRODOLLARS} : null`),
  unmetered: cel(UNMETERED),
};

const REFUSED = `%DYNAMIC_METADATA(${LEDGER_METADATA}:refused)%`;
const BUDGET = `%DYNAMIC_METADATA(${LEDGER_METADATA}:name)%`;

/** What of budgets is told and counted. */
export interface BudgetReports {
  /** How a call is refused whose budget is used up; undefined where there are no budgets. */
  readonly usedUpStatus?: 404 | 429;
  readonly budgetNames: string[];
}

/** The log, and what is counted. */
export function accessLogs({ usedUpStatus, budgetNames }: BudgetReports): Message[] {
  const provider = { name: 'guard_provider', value_format: PROVIDER };
  const status = { name: 'guard_status', value_format: '%RESPONSE_CODE%' };
  const policy = { name: 'guard_policy', value_format: POLICY };
  const reason = { name: 'guard_reason', value_format: '%RESPONSE_CODE_DETAILS%' };
  const model = [provider, policy];
  return [
    { name: 'envoy.access_loggers.stdout', typed_config: extension('access_loggers.stream.v3.StdoutAccessLog', { log_format: { json_format: { ...FIELDS, ...usedUpStatus && { refused: REFUSED, budget: BUDGET } } } }) },
    stats({
      histograms: [{ stat: { name: 'duration', tags: [provider] }, unit: 'Milliseconds', value_format: '%DURATION%' }],
      counters: [{ stat: { name: 'requests', tags: [provider, status, policy, reason] }, value_fixed: 1 }],
    }),
    stats({ counters: TOKEN_KINDS.map(kind => ({ stat: { name: kind, tags: model }, value_format: cel(tokens(kind)) })) }, METERED),
    stats({ counters: [{ stat: { name: 'microdollars', tags: model }, value_format: cel(MICRODOLLARS) }] }, PRICED),
    stats({ counters: [{ stat: { name: 'unmetered', tags: model }, value_fixed: 1 }] }, UNMETERED),
    ...budgetNames.map(budgetGauges),
  ];
}

/** What is spent of a budget, and what it is, as of the last call that it counts; both in millionths of a dollar. */
function budgetGauges(name: string): Message {
  const told = (key: string) => `metadata.filter_metadata["${LEDGER_METADATA}"]["${key}_${name}"]`;
  const gauge = (stat: string, key: string) => ({
    stat: { name: stat, tags: [{ name: 'guard_budget', value_format: name }] },
    value_format: cel(`int(${told(key)})`),
    set: { log_type: 'DownstreamEnd' },
  });
  const gauges = [gauge('budget_spent_microdollars', 'spent'), gauge('budget_limit_microdollars', 'limit')];
  return stats({ gauges }, `"${LEDGER_METADATA}" in metadata.filter_metadata && "spent_${name}" in metadata.filter_metadata["${LEDGER_METADATA}"]`);
}

/** @param when a CEL expression: what is counted only then */
function stats(counted: Message, when?: string): Message {
  return {
    name: 'envoy.access_loggers.stats',
    ...when && {
      filter: {
        extension_filter: {
          name: 'envoy.access_loggers.extension_filters.cel', typed_config: extension('access_loggers.filters.cel.v3.ExpressionFilter', { expression: when }),
        },
      },
    },
    typed_config: extension('access_loggers.stats.v3.Config', { stats_scope: { prefix: 'guard' }, ...counted }),
  };
}

function cel(expression: string): string {
  return `%TYPED_CEL(${expression})%`;
}

/**
 * What the gateway is told when a request is refused or fails, in words that make every version try the next model: 2026.7.1 goes by them, not by the
 * status. A refusal is that of a model that does not exist, and a key that is missing here a failure: upon 403 and 401 OpenClaw would take its own key for
 * bad, and leave the whole provider alone for minutes.
 */
export const localReplies = ({ usedUpStatus }: BudgetReports): Message => ({
  mappers: [
    ...usedUpStatus ? [{ ...ofStatus(402), status_code: usedUpStatus, body_format_override: USED_UP[usedUpStatus] }] : [],
    {
      ...ofStatus(403),
      status_code: 404,
      body_format_override: replyOf('not_found_error', 'model_not_found', `model ${MODEL} not found: the model guard allows no such request to ${PROVIDER}`),
    },
    { ...ofStatus(401), status_code: 503 },
    { ...ofStatus(429), body_format_override: replyOf('rate_limit_error', 'rate_limit_exceeded', `too many requests to ${PROVIDER} for the model guard`) },
  ],
  body_format: FAILED,
});

/** What the gateway is told of any other failure. */
export const FAILED = replyOf('server_error', '%RESPONSE_CODE%', `service unavailable: the request of the model guard to ${PROVIDER} failed (model ${MODEL})`);

const usedUp = (type: string, code: string, message: string) => replyOf(type, code, `${message}: the budget ${BUDGET} is used up until %DYNAMIC_METADATA(${LEDGER_METADATA}:until)%`);

const USED_UP = {
  404: usedUp('not_found_error', 'model_not_found', `model ${MODEL} not found`),
  429: usedUp('rate_limit_error', 'rate_limit_exceeded', `too many requests to ${PROVIDER}`),
};

export function ofStatus(status: number): Message {
  return { filter: { status_code_filter: { comparison: { op: 'EQ', value: { default_value: status, runtime_key: `guard.status_${status}` } } } } };
}

function replyOf(type: string, code: string, message: string): Message {
  return { json_format: { type: 'error', error: { type, code, reason: '%RESPONSE_CODE_DETAILS%', message } } };
}
