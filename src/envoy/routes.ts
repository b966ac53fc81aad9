import { PROBE_CLUSTER } from './clusters';
import { ALLOWED_MODELS, allowedModelsOfRoute } from './filters/allowed-models';
import { CALLER, anyCaller } from './filters/caller';
import { FORBIDDEN } from './filters/forbidden';
import { READ_FIELDS } from './filters/read-fields';
import { READ_MODEL } from './filters/read-model';
import { REQUEST_RATE, requestRateOfRoute } from './filters/request-rate';
import { spendLedgerOfRoute, unreserved } from './filters/spend-ledger';
import { USAGE, usageOfRoute } from './filters/usage';
import { addedTo, GuardedCall, GuardedProvider } from './guarded-provider';
import { LIMITS_HEADER, REMOVED_HEADERS } from './headers';
import { exactly, extension, matching, Message, METADATA, PRESENT, RBAC_TYPE, resources, typed } from './messages';
import { connectRetries, keyRetries } from './retries';
import { entryClusterOf, hasSeveralKeys } from './several-keys';
import { pricesOfCalls } from './spending';
import { LONGEST_ANSWER_SECONDS } from '../guard/guard-limits';
import { namesModel } from '../models/wire-facts';

export const ROUTES = 'guard';
export const POLICY_PROBE = '/_policy';

/** Without it providers do not compress their answers, whose tokens could not be counted then. */
const ACCEPTED_CODINGS = 'accept-encoding';

/** Which path leads to which provider, with the models allowed there. What has no route is refused. */
export function routesFile(providers: GuardedProvider[], ownPod: boolean): Message {
  const routes = providers.flatMap(provider => [...routesOf(provider), refusal(`/${provider.id}/`, provider.id)]);
  const keyHeaders = providers.flatMap(addedTo).map(({ header }) => header);
  const budgeted = providers.some(({ budgets }) => budgets.length > 0);
  return resources(typed('config.route.v3.RouteConfiguration', {
    name: ROUTES,
    request_headers_to_remove: [...new Set([...REMOVED_HEADERS, ...budgeted ? [LIMITS_HEADER] : [], ACCEPTED_CODINGS, ...keyHeaders])],
    most_specific_header_mutations_wins: true, // else the headers of a provider would be removed too
    virtual_hosts: [{ name: ROUTES, domains: ['*'], ...budgeted && { typed_per_filter_config: unreserved() }, routes: [policyProbe(ownPod), ...routes, refusal('/', 'none')] }],
  }));
}

function routesOf(provider: GuardedProvider): Message[] {
  const inPath = provider.calls.filter(({ path }) => namesModel(path));
  const inBody = provider.calls.filter(({ path }) => !namesModel(path));
  const post = { name: ':method', ...exactly('POST') };
  return [
    ...inPath.slice(0, 1).map(({ base, queries }) => route(
      provider, { prefix: `/${provider.id}${base}/models/`, headers: [post, shapeOf(queries, inPath)] }, `${base}/models/`, inPath,
    )),
    ...inBody.map(call => route(
      provider, { path: `/${provider.id}${call.base}${call.path}`, headers: [post, shapeOf(call.queries, [])] }, `${call.base}${call.path}`, [call],
    )),
  ];
}

function route(provider: GuardedProvider, match: Message, path: string, calls: GuardedCall[]): Message {
  const { id, host, headers, options: { requestsPerMinute }, idleSeconds } = provider;
  const added = Object.entries(headers).map(([key, value]) => ({
    header: { key, value: value.replace(/%/g, '%%') }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
  }));
  return {
    name: id,
    match,
    metadata: labelled(id, { prices: pricesOfCalls(provider, calls) }),
    ...added.length > 0 && { request_headers_to_add: added },
    route: {
      cluster: entryClusterOf(provider),
      prefix_rewrite: path,
      host_rewrite_literal: host,
      timeout: '0s',
      idle_timeout: `${idleSeconds}s`,
      max_stream_duration: { max_stream_duration: `${LONGEST_ANSWER_SECONDS}s` },
      retry_policy: hasSeveralKeys(provider) ? keyRetries(provider) : connectRetries(provider),
    },
    typed_per_filter_config: {
      [ALLOWED_MODELS]: allowedModelsOfRoute(provider, calls),
      [USAGE]: usageOfRoute(calls[0].api),
      ...provider.budgets.length > 0 && spendLedgerOfRoute(provider, calls),
      ...requestsPerMinute && { [REQUEST_RATE]: requestRateOfRoute(id, requestsPerMinute) },
    },
  };
}

/** How a path may end. RE2 takes short patterns only: the rest of it is matched elsewhere. */
function shapeOf(queries: readonly string[], calls: GuardedCall[]): Message {
  const ends = calls.length > 0 ? `(${calls.map(({ path }) => path.replace(/.*\{model\}/, '')).join('|')})` : '';
  const query = queries.length > 0 ? `(\\?(${queries.join('|')}))?` : '';
  return { name: ':path', ...matching(`[!->@-~]*${ends}${query}`) };
}

/** Answers 200 only where routes, clusters and filters are loaded; `/ready` alone does so without a policy too. A body is not read, but refused. */
function policyProbe(ownPod: boolean): Message {
  const bodiless = ['content-length', 'transfer-encoding'].map(name => ({ name, ...PRESENT, invert_match: true }));
  return {
    name: 'policy',
    match: { path: POLICY_PROBE, headers: [{ name: ':method', ...exactly('GET') }, { name: ':path', ...exactly(POLICY_PROBE) }, ...bodiless] },
    metadata: labelled('none'),
    route: { cluster: PROBE_CLUSTER, prefix_rewrite: '/ready', timeout: '5s' },
    typed_per_filter_config: { ...unjudged(), ...ownPod && { [CALLER]: anyCaller() } },
  };
}

function refusal(prefix: string, provider: string): Message {
  return { name: provider, match: { prefix }, metadata: labelled(provider), direct_response: { status: 403, body: { inline_string: 'path' } }, typed_per_filter_config: unread() };
}

/** No memory is filled with a body that leads nowhere. */
function unread(): Message {
  return { [READ_MODEL]: disabled, [READ_FIELDS]: disabled, ...unjudged() };
}

function unjudged(): Message {
  const off = extension(`${RBAC_TYPE}PerRoute`);
  return { [FORBIDDEN]: off, [ALLOWED_MODELS]: off };
}

const disabled = typed('config.route.v3.FilterConfig', { disabled: true });

function labelled(provider: string, facts: Message = {}): Message {
  return { filter_metadata: { [METADATA]: { provider, ...facts } } };
}
