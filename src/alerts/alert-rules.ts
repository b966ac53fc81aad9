import { Yaml } from 'cdk8s';
import { counted, grown } from './counted';
import { policyOf } from '../envoy/filters/allowed-models';
import { madeOnce } from '../input/made-once';
import { ModelFacts } from '../models/resolve-models';
import { MonitoringSettings } from '../monitoring/monitoring';
import { packageFile } from '../package-file';
import { Settings } from '../settings/settings';

/** A rule of Prometheus that alerts. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: 'warning' | 'critical' };
  readonly annotations: { readonly summary: string };
}

/** Failures in ten minutes from which on a model counts as down: a single one may be the fault of a request. */
const SEVERAL = 2;
const GATEWAY = 'namespace, openclaw_gateway';

/** What a gateway's PrometheusRule alerts of. @param gateway the value of its label `openclaw_gateway` */
export function alertRules(settings: Settings, monitoring: MonitoringSettings, gateway: string, externalSecrets: string[]): AlertRule[] {
  return [
    ...ofModels(settings, gateway),
    alert('ModelGuardUnauthorized', 'critical',
      `sum by (${GATEWAY}, guard_provider) (${counted(gateway, 'guard_status=~"401|403", guard_reason="via_upstream"')}) > 0`,
      'the provider of the label guard_provider refuses its key: it was revoked, belongs to another account, or may not call this model'),
    ...monitoring.dollarsPerHour === undefined ? [] : [spending(gateway, monitoring.dollarsPerHour)],
    ...settings.guard && settings.guard.budgets.length > 0 ? ofBudgets(gateway) : [],
    cacheHitsDropped(gateway),
    ...externalSecrets.length > 0 ? [keyNotRefreshed(settings, externalSecrets)] : [],
    ...rulesOfEveryGuard().map(rule => ({ ...rule, expr: rule.expr.replace(/\{(?=\w+(=|!=|=~))/g, `{openclaw_gateway="${gateway}", `) })),
  ];
}

/** The rules of a guard, whichever gateway it is of. */
const rulesOfEveryGuard = () => everyGuard('model-guard-alerts.yaml');
const everyGuard = madeOnce((file: string): AlertRule[] => Yaml.load(packageFile('assets', file))[0].groups[0].rules);

function ofModels({ agents }: Settings, gateway: string): AlertRule[] {
  const policies = (models: ModelFacts[]) => [...new Set(models.map(({ provider, id }) => policyOf(provider, id)))];
  const primaries = policies(agents.map(({ chain }) => chain[0]));
  const fallbacks = policies(agents.flatMap(({ chain }) => chain.slice(1))).filter(each => !primaries.includes(each));
  const answers = (of: string) => counted(gateway, `${of}, guard_status=~"2.."`);
  const failures = (of: string) => counted(gateway, `${of}, guard_status=~"[45].."`);
  const down = (of: string, by: string) => `sum by (${by}) (${failures(of)}) > ${SEVERAL}\nunless sum by (${by}) (${answers(of)}) > 0`;
  return [
    ...fallbacks.length === 0 ? [] : [alert('ModelGuardFallbackInUse', 'warning',
      `sum by (${GATEWAY}, guard_policy) (${answers(oneOf(fallbacks))}) > 0\nand on (${GATEWAY}) sum by (${GATEWAY}) (${failures(oneOf(primaries))}) > 0`,
      'calls of the primary model fail, and the fallback of the label guard_policy answers')],
    alert('ModelGuardPrimaryDown', 'warning', down(oneOf(primaries), `${GATEWAY}, guard_policy`),
      'the primary model of the label guard_policy has failed several times in ten minutes, and has not answered once'),
    alert('ModelGuardAllModelsDown', 'critical', down('guard_policy!=""', GATEWAY),
      'no model of the gateway answers: each call in the last ten minutes has failed'),
  ];
}

function spending(gateway: string, limit: number): AlertRule {
  return alert('ModelGuardSpending', 'critical', `sum by (${GATEWAY}) (${grown(gateway, 'microdollars', '1h')}) / 1e6 > ${limit}`,
    `the gateway has spent more than ${limit} US dollars in an hour, at list prices`);
}

/** What is spent is as of the last call that a budget counts. A call that is refused needs more than is left. */
function ofBudgets(gateway: string): AlertRule[] {
  const by = `${GATEWAY}, guard_budget`;
  const most = (what: string) => `max by (${by}) (envoy_guard_budget_${what}_microdollars{openclaw_gateway="${gateway}"})`;
  const spent = (share: number) => `${most('spent')} > ${share} * ${most('limit')}`;
  return [
    alert('ModelGuardBudgetHalfSpent', 'warning', spent(0.5), 'half of the budget of the label guard_budget is spent'),
    alert('ModelGuardBudgetNearlySpent', 'warning', spent(0.8), 'four fifths of the budget of the label guard_budget are spent'),
    alert('ModelGuardBudgetUsedUp', 'critical', `sum by (${GATEWAY}, guard_provider) (${counted(gateway, 'guard_status=~"404|429", guard_reason="lua_response"')}) > 0`,
      'a budget refuses calls to the provider of the label guard_provider: the guard\'s log names the budget, and a fallback with another budget answers'),
  ];
}

/** Half of what the day before had. It needs an hour with enough input, and a cache that was in use. */
function cacheHitsDropped(gateway: string): AlertRule {
  const by = `${GATEWAY}, guard_policy`;
  const sum = (metric: string, range: string, offset = '') => `sum by (${by}) (increase(envoy_guard_${metric}{openclaw_gateway="${gateway}"}[${range}]${offset}))`;
  const now = `${sum('cached_tokens', '1h')} / ${sum('input_tokens', '1h')}`;
  const before = `${sum('cached_tokens', '1d', ' offset 1h')} / ${sum('input_tokens', '1d', ' offset 1h')}`;
  return alert('ModelGuardCacheHitsDropped', 'warning', `${now} < 0.5 * (${before} > 0.2)\nand ${sum('input_tokens', '1h')} > 100000`,
    "the provider's cache has less than half of the input that it had the day before, so the model of the label guard_policy costs more");
}

/** The External Secrets Operator counts; its own pods are what Prometheus reads, so the namespace of the object may have another label. */
function keyNotRefreshed({ namespace }: Settings, names: string[]): AlertRule {
  const condition = (label: string) =>
    `externalsecret_status_condition{name=~"${names.join('|')}", condition="Ready", status="False"${namespace ? `, ${label}="${namespace}"` : ''}} == 1`;
  return {
    ...alert('ModelGuardKeyNotRefreshed', 'warning', namespace ? `${condition('namespace')}\nor ${condition('exported_namespace')}` : condition(''),
      'the rotation of a key is overdue: the External Secrets Operator cannot read the store, and the last value stays in use'),
    for: '1h',
  };
}

function oneOf(policies: string[]): string {
  return `guard_policy=~"${policies.map(each => each.replace(/[^\w/-]/g, '\\\\$&')).join('|')}"`;
}

function alert(name: string, severity: 'warning' | 'critical', expr: string, summary: string): AlertRule {
  return { alert: name, expr, labels: { severity }, annotations: { summary } };
}
