import { SchemaFault } from './against-schema';
import { agentFaults } from './agent-relations';
import { sectionAt, settingsAt } from './find-settings';
import { JsonSchema } from './schema';
import { alternatives, schemasAt } from './schema-path';
import { TEXT_FORMS } from './text-forms';
import { nearest } from '../input/nearest';
import { describe, isMap, own } from '../input/values';
import { Catalog } from '../models/catalog';

type Tree = Readonly<Record<string, unknown>>;

/** One kind of map, and what its settings must not be together. */
type Relation = readonly [pattern: string, check: (value: Tree) => readonly [key: string | undefined, what: string] | undefined];

/** Keys that other programs have for an MCP server, and what OpenClaw calls them. */
const FOREIGN_MCP_KEYS: { readonly [key: string]: string } = {
  disabled: "write 'enabled' with the opposite value",
  connectTimeout: "use 'connectionTimeoutMs'",
  connect_timeout: "use 'connectionTimeoutMs'",
  timeout: "use 'requestTimeoutMs'",
  workingDirectory: "use 'cwd'",
  supports_parallel_tool_calls: "use 'supportsParallelToolCalls'",
  ssl_verify: "use 'sslVerify'",
  client_cert: "use 'clientCert'",
  client_key: "use 'clientKey'",
};

const RELATIONS: readonly Relation[] = [
  ['**.tools', allowTwice], ['**.tools.*', allowTwice], ['**.tools.*.*', allowTwice], ['**.toolsBySender.*', allowTwice],
  ['**.tools.exec', ({ mode, security, ask }) => (mode === undefined || (security ?? ask) === undefined ? undefined
    : ['mode', "cannot be set together with 'security' or 'ask'; remove it, or remove both of them"])],
  ['mcp.servers.*', mcpServer], ['nodeHost.mcp.servers.*', mcpServer],
  ['browser.profiles.*', browserProfile], ['hooks', webhooks],
  ['audio.transcription', ({ command }) => (Array.isArray(command) && command.length === 0 ? ['command', 'is empty; name a program'] : undefined)],
  ['gateway.roles', ({ default: role, definitions }) => {
    if (!isMap(definitions)) return undefined;
    if (Object.keys(definitions).length === 0) return ['definitions', 'has no role; define one'];
    return typeof role !== 'string' || own(definitions, role.trim()) ? undefined : ['default', `names role '${role}', which 'definitions' does not have; there is ${Object.keys(definitions).map(each => `'${each}'`).join(', ')}`];
  }],
  ['gateway', ({ channelStaleEventThresholdMinutes: stale, channelHealthCheckMinutes: check = 5 }) =>
    (typeof stale === 'number' && typeof check === 'number' && check !== 0 && stale < check
      ? ['channelStaleEventThresholdMinutes', `is ${stale}, less than channelHealthCheckMinutes (${check}); raise it`] : undefined)],
  ['agents.**.sandbox.docker', ({ network, dangerouslyAllowContainerNamespaceJoin: joins }) => {
    const name = String(network ?? '').trim().toLowerCase();
    return name === 'host' || (name.startsWith('container:') && joins !== true)
      ? ['network', `is '${String(network)}', which OpenClaw refuses; use 'bridge', 'none' or the name of a network`] : undefined;
  }],
  ['broadcast', entries => {
    const key = Object.keys(entries).find(each => isMap(entries[each]) && !/^[a-z][a-z0-9_-]*:.+$/i.test(each));
    return key === undefined ? undefined : [key, "has options, so its key must name the channel too, as in 'telegram:-100123'; rename it, or make it a list of agents"];
  }],
  ['bindings.*', ({ type }) => (type === 'acp' ? ['type', "is 'acp', which is not supported here: an ACP backend calls models of its own; remove the binding"] : undefined)],
  ['cloudWorkers.projectProfiles', entries => {
    const key = Object.keys(entries).find(each => !/^[a-z0-9.-]+(\/[a-z0-9._-]+){2,}$/.test(each));
    return key === undefined ? undefined : [key, "is no repository; write it as 'github.com/owner/repo', in lower case"];
  }],
];

/** What OpenClaw refuses although its schema takes it: the form of a text, a reference to nothing, or settings that exclude each other. */
export function refusedSettings(config: Tree, release: string, schema: JsonSchema): SchemaFault[] {
  return [
    ...TEXT_FORMS.flatMap(([pattern, { allowed, fits }]) => settingsAt(config, pattern)
      .filter(({ value }) => (typeof value === 'string' || typeof value === 'number') && !fits(value))
      .map(({ path, value }) => ({ path, what: `is ${describe(value)}; OpenClaw takes ${allowed}` }))),
    ...agentFaults(config),
    ...heartbeatTargets(config, release),
    ...RELATIONS.flatMap(([pattern, check]) => settingsAt(config, pattern).flatMap(({ path, value }) => {
      const fault = isMap(value) ? check(value) : undefined;
      return fault ? [{ path: fault[0] === undefined ? path : [...path, fault[0]], what: fault[1] }] : [];
    })),
    ...foreignMcpKeys(config, schema),
    ...portals(config),
  ];
}

function allowTwice({ allow, alsoAllow }: Tree): ReturnType<Relation[1]> {
  const names = (list: unknown) => Array.isArray(list) && list.length > 0;
  return names(allow) && names(alsoAllow) ? ['alsoAllow', "cannot be set together with 'allow'; move its tools into 'allow', or remove 'allow'"] : undefined;
}

/** Settings of an MCP server that the version refuses, although its schema takes further ones. */
function foreignMcpKeys(config: Tree, schema: JsonSchema): SchemaFault[] {
  return [...settingsAt(config, 'mcp.servers.*.*'), ...settingsAt(config, 'nodeHost.mcp.servers.*.*')].flatMap(({ path }) => {
    const key = String(path[path.length - 1]);
    const known = schemasAt(schema, path.slice(0, -1)).flatMap(alternatives).some(({ properties }) => own(properties, key));
    return known || !own(FOREIGN_MCP_KEYS, key) ? [] : [{ path, what: `is no setting of an MCP server; ${FOREIGN_MCP_KEYS[key]}` }];
  });
}

function mcpServer({ transport, command, url, auth, oauth }: Tree): ReturnType<Relation[1]> {
  const hasCommand = typeof command === 'string' && command.trim() !== '';
  if (transport === 'stdio' && !hasCommand) return ['transport', "is 'stdio', which needs 'command'; set it"];
  if (!isMap(oauth) || oauth.identity !== 'per-requester') return undefined;
  if (auth !== 'oauth' || !url) return ['oauth', "has the identity 'per-requester', which needs auth: 'oauth' and a 'url'; set both"];
  if (command !== undefined || transport === 'stdio') return ['oauth', "has the identity 'per-requester', which a server with 'command' cannot have; remove it"];
  return oauth.authProfileId ? ['oauth', "has the identity 'per-requester' and 'authProfileId', which exclude each other; remove one"] : undefined;
}

function browserProfile({ driver, cdpPort, cdpUrl, userDataDir }: Tree): ReturnType<Relation[1]> {
  if (driver === 'extension' && cdpUrl) return ['cdpUrl', "cannot be set for driver 'extension'; remove it"];
  if (driver !== 'existing-session' && userDataDir) return ['userDataDir', "is for driver: 'existing-session' alone; set that driver or remove it"];
  return driver === 'existing-session' || driver === 'extension' || cdpPort || cdpUrl ? undefined : [undefined, "needs 'cdpPort' or 'cdpUrl'; set one of them"];
}

/** Without these OpenClaw does not start. */
function webhooks({ enabled, token, path, mappings, defaultSessionKey, allowedSessionKeyPrefixes: prefixes }: Tree): ReturnType<Relation[1]> {
  const isLost = (mapping: unknown) => isMap(mapping) && mapping.sessionMode === 'persistent' && !mapping.sessionKey;
  if (!defaultSessionKey && Array.isArray(mappings) && mappings.some(isLost)) {
    return ['mappings', "has one with sessionMode 'persistent' and without a sessionKey; set its 'sessionKey', or 'defaultSessionKey' of hooks"];
  }
  if (enabled !== true) return undefined;
  if (token === undefined) return ['token', "is missing, which webhooks need; set it to SecretText.of('HOOKS_TOKEN'), with that name in 'secrets'"];
  if (typeof path === 'string' && /^\s*\/+\s*$/.test(path)) return ['path', "is the root of the gateway; use for example '/hooks'"];
  if (!Array.isArray(prefixes) || prefixes.length === 0) return undefined;
  const key = typeof defaultSessionKey === 'string' && defaultSessionKey.trim() !== '' ? defaultSessionKey.trim() : undefined;
  const allowed = prefixes.some(prefix => (key ?? 'hook:example').toLowerCase().startsWith(String(prefix).trim().toLowerCase()));
  return allowed ? undefined : ['allowedSessionKeyPrefixes', `does not allow ${key ? `'${key}', which is the default session key; add a prefix of it` : "the keys of webhooks themselves; add 'hook:', or set 'defaultSessionKey'"}`];
}

/** Channels to which a heartbeat speaks. */
function heartbeatTargets(config: Tree, release: string): SchemaFault[] {
  const channels = Object.keys(Catalog.of(release).served('channels'));
  const known = ['last', 'none', 'owner', ...channels];
  return settingsAt(config, 'agents.**.heartbeat.target').flatMap(({ path, value }) => {
    if (typeof value !== 'string' || known.includes(value.trim().toLowerCase())) return [];
    const like = nearest(value, known).map(each => `'${each}'`).join(' or ');
    return [{ path, what: `is '${value}'; OpenClaw takes 'last', 'none' or a channel${like ? `, did you mean ${like}` : ''}` }];
  });
}

/** Portals need a domain and a port of their own. */
function portals(config: Tree): SchemaFault[] {
  const { port, domain } = sectionAt(config, 'gateway.portals.ingress');
  const path = ['gateway', 'portals', 'ingress'];
  const hosts = settingsAt(config, 'gateway.controlUi.allowedOrigins.*').map(({ value }) => (typeof value === 'string' && URL.canParse(value) ? new URL(value).hostname : ''));
  return [
    ...port !== undefined && port === sectionAt(config, 'gateway').port ? [{ path: [...path, 'port'], what: `is ${String(port)}, the port of the gateway; use another` }] : [],
    ...typeof domain === 'string' && hosts.some(host => host === domain || host.endsWith(`.${domain}`))
      ? [{ path: [...path, 'domain'], what: `is '${domain}', which an origin of the gateway is in; use another domain` }] : [],
  ];
}
