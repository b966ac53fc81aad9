/** A form of a text, which OpenClaw checks although its schema does not say so. */
interface Form {
  /** For messages: what fits. */
  readonly allowed: string;
  fits(value: string | number): boolean;
}

/** OpenClaw's `parseDurationMs`. A number without a unit has the setting's own unit. */
const SPAN = /^(\d+(\.\d+)?(ms|s|m|h|d)?|(\d+(\.\d+)?(ms|s|m|h|d)){2,})$/i;
const DOMAIN = /^(?=.{3,220}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i;
const MINUTE = /^(\d+(\.\d+)?(m|h|d)|[6-9]\d(\.\d+)?s|\d{3,}(\.\d+)?s|[6-9]\d{4}(\.\d+)?ms|\d{6,}(\.\d+)?ms)$/i;

const matching = (allowed: string, form: RegExp): Form => ({ allowed, fits: value => form.test(String(value).trim()) });
const orEmpty = ({ allowed, fits }: Form): Form => ({ allowed, fits: value => value === '' || fits(value) });

/** The most days whose milliseconds are still exact. */
const MOST_DAYS = 100_000_000;
const isSpan = (value: string | number) => SPAN.test(String(value).trim()) && !(Number(value) > MOST_DAYS);

const duration: Form = { allowed: "a duration such as '30s', '5m' or '1h30m'", fits: isSpan };
const positive: Form = { allowed: "a duration above zero such as '12h' or '30d'", fits: value => isSpan(value) && /[1-9]/.test(String(value)) };
const size = matching("a size such as '512kb' or '2mb'", /^\d+(\.\d+)?([kmgt]?b|[kmgt])?$/i);
const absolute = matching('an absolute path', /^\//);
const command = matching('a program and arguments without characters of a shell', /^(?!-)([A-Za-z0-9._+-]+|[^;&|`$<>\r\n"']*[/\\][^;&|`$<>\r\n"']*|[.~][^;&|`$<>\r\n"']*)$/);
const LABEL = '[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?';
const host = matching('the name or address of one host, without a scheme, a path, a port or a star',
  new RegExp(`^(${LABEL}(\\.${LABEL})*\\.?|\\[?[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*\\]?)$`, 'i'));
const http = matching('an http or https URL', /^https?:\/\//i);
const metadata = matching('an https URL with a path', /^https:\/\/[^/]+\/./i);

/**
 * The settings whose text has a form that the schema does not say, as `openclaw config validate` tells it. `test/contract/accepted-settings.test.ts` tries
 * its samples with the real OpenClaw and fails where a form is missing.
 */
export const TEXT_FORMS: ReadonlyArray<readonly [pattern: string, form: Form]> = [
  ['agents.**.heartbeat.every', orEmpty(duration)],
  ['agents.**.heartbeat.activeHours.start', orEmpty(matching("a time such as '08:00', '23:59' at the latest", /^([01]\d|2[0-3]):[0-5]\d$/))],
  ['agents.**.heartbeat.activeHours.end', orEmpty(matching("a time such as '18:00', '24:00' at the latest", /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/))],
  ['agents.**.compaction.maxActiveTranscriptBytes', size],
  ['agents.**.compaction.memoryFlush.forceFlushTranscriptBytes', size],
  ['agents.**.sandbox.docker.binds.*', matching("a bind mount whose source is an absolute path, such as '/data:/data:ro'", /^\//)],
  ['agents.**.sandbox.browser.binds.*', matching("a bind mount whose source is an absolute path, such as '/data:/data:ro'", /^\//)],
  ['agents.**.sandbox.browser.network', matching("'bridge' or the name of another network; 'host' and 'container:…' are refused", /^(?!host$|container:)/i)],
  ['agents.**.sandbox.docker.seccompProfile', matching("the file of a profile; 'unconfined' is refused", /^(?!unconfined$)/i)],
  ['agents.**.sandbox.docker.apparmorProfile', matching("the name of a profile; 'unconfined' is refused", /^(?!unconfined$)/i)],
  ['agents.**.identity.avatar', matching("a path inside the agent's workspace, relative to it, an http or https URL, or a data URI", /^(data:|https?:\/\/|(?!\/|~|[a-z][a-z0-9+.-]+:|(.*\/)?\.\.(\/|$))|$)/i)],
  ['audio.transcription.command.*', command],
  ['cloudWorkers.profiles.*.suspendAfter', matching("a duration of a minute or more, such as '45m' or '2h'", MINUTE)],
  ['cron.webhook', http],
  ['cron.sessionRetention', duration],
  ['cron.runLog.maxBytes', size],
  ['desktop.host.passwordFile', absolute],
  ['gateway.controlUi.chatMessageMaxWidth', matching("a width of CSS such as '960px' or '82%'", /^(\d+(\.\d+)?(px|%|rem|em|ch|vw|vh)|(min|max|clamp|calc|fit-content)\([^;{}]*\)|none)$/i)],
  ['gateway.portals.ingress.domain', matching("a domain such as 'portals.example.com'", DOMAIN)],
  ['gateway.roles.definitions.*.agents.*', matching('the id of an agent', /^[a-z0-9_][a-z0-9_-]{0,63}$/i)],
  ['mcp.apps.sandboxOrigin', matching("an origin such as 'https://apps.example.com'", /^https?:\/\/[^/?#@\s]+\/?$/i)],
  ['marketplaces.feeds.*.url', matching('an https URL without credentials, a query or a fragment', /^https:\/\/[^@?#]+$/i)],
  ...['mcp', 'nodeHost.mcp'].flatMap((mcp): [string, Form][] => [
    [`${mcp}.servers.*.url`, http],
    [`${mcp}.servers.*.oauth.redirectUrl`, http],
    [`${mcp}.servers.*.oauth.clientMetadataUrl`, metadata],
  ]),
  ['proxy.proxyUrl', http],
  ['secrets.egressProxy.allowedHosts.*', host],
  ['secrets.egressProxy.bypassHosts.*', host],
  ['secrets.providers.*.command', matching('an absolute path without characters of a shell', /^\/[^;&|`$<>\r\n"']*$/)],
  ['secrets.providers.*.trustedDirs.*', absolute],
  ['session.maintenance.archiveDashboardAfter', duration],
  ['session.maintenance.pruneAfter', positive],
  ['session.maintenance.preserveRecent', positive],
  ['session.maintenance.resetArchiveRetention', positive],
  ['session.maintenance.highWaterBytes', size],
  ['session.maintenance.maxDiskBytes', size],
  ['worktreeRoot', matching("an absolute path, or one that starts with '~/'", /^(\/|~$|~\/)/)],
];
