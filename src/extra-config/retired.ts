import { matches } from './governed';
import { JsonSchema } from './schema';
import { schemasAt } from './schema-path';
import { ConfigPath, parsePath } from '../input/config-path';

/**
 * Keys that a version no longer or never had, and where their settings are now. Of several replacements, the first that
 * the version knows counts.
 */
export const RETIRED: ReadonlyArray<readonly [pattern: string, ...replacements: string[]]> = [
  ['agents.list', 'agents.entries'],
  ['agents.entries', 'agents.list'],
  ['agent', 'agents.defaults'],
  ['agents.main', 'agents.entries.main', 'agents.list'],
  ['routing', 'channels', 'messages.groupChat'],
  ['identity', 'agents.entries.*.identity', 'agents.list[0].identity'],
  ['ui.assistant', 'agents.entries.*.identity', 'agents.list[0].identity'],
  ['heartbeat', 'agents.entries.*.heartbeat', 'agents.list[0].heartbeat'],
  ['sandbox', 'agents.defaults.sandbox'],
  ['workspace', 'agents.defaults.workspace'],
  ['telegram', 'channels.telegram'],
  ['discord', 'channels.discord'],
  ['slack', 'channels.slack'],
  ['whatsapp', 'channels.whatsapp'],
  ['signal', 'channels.signal'],
  ['mcpServers', 'mcp.servers'],
  ['agents.defaults.sandbox.perSession', 'agents.defaults.sandbox.scope'],
  ['agents.entries.*.sandbox.perSession', 'agents.entries.*.sandbox.scope'],
  ['agents.list.*.sandbox.perSession', 'agents.list[0].sandbox.scope'],
  ['agents.defaults.pdfMaxBytesMb', 'agents.defaults.pdfMaxMb'],
  ['session.typingMode', 'agents.defaults.typingMode'],
  ['session.threadBindings.ttlHours', 'session.threadBindings.idleHours'],
  ['channels.telegram.requireMention', 'channels.telegram.groups.*.requireMention'],
  ['messages.messagePrefix', 'channels.whatsapp.responsePrefix'],
  ['cron.failureDestination', 'cron.failureAlert'],
  ['tools.experimental', 'tools.updatePlan'],
  ['tools.message.allowCrossContextSend', 'tools.message.crossContext'],
  ['tools.exec.timeoutSec', 'tools.exec.timeoutSeconds'],
  ['tools.codeMode.runtime', 'tools.codeMode.executor'],
  ['browser.ssrfPolicy.hostnameAllowlist', 'browser.ssrfPolicy.allowedHostnames'],
  ['gateway.nodes.allowCommands', 'gateway.nodes.commands.allow'],
  ['gateway.nodes.denyCommands', 'gateway.nodes.commands.deny'],
  ['audit', 'logging.audit'],
  ['media', 'attachments'],
];

/** What to use instead of an unknown key in a version with this schema. */
export function replacementOf(path: ConfigPath, schema: JsonSchema): string | undefined {
  const replacements = RETIRED.find(([pattern]) => matches(pattern, path))?.slice(1) ?? [];
  return replacements.find(replacement => schemasAt(schema, parsePath(replacement)).length > 0);
}
