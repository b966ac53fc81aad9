import { JsonSchema } from './schema';
import { schemasAt } from './schema-path';
import { ConfigPath } from '../input/config-path';
import { nearest } from '../input/nearest';
import { own } from '../input/own';
import { isMap } from '../input/values';
import { factsName } from '../release/nearest-release';

type Tree = Record<string, unknown>;

interface PluginInput {
  readonly release: string;
  readonly plugins: readonly string[];
  readonly channelPlugins: Readonly<Record<string, string>>;
}

interface PluginFault {
  readonly rule: 'plugin-off' | 'config-unknown-key';
  readonly path: ConfigPath;
  readonly what: string;
}

/** Keys of `channels` that are no channel. */
const CHANNEL_SETTINGS = ['defaults', 'modelByChannel'];

/** Channels and plugins that are configured although nothing would read it. */
export function pluginFaults(extra: Tree, rendered: Tree, input: PluginInput, schema: JsonSchema): PluginFault[] {
  const allowed = section(rendered, 'plugins').allow;
  const on = [...input.plugins, ...Array.isArray(allowed) ? allowed : []];
  return [...channelFaults(extra, input), ...entryFaults(extra, on, schema), ...ownPluginFaults(extra, rendered), ...denyFaults(extra, input)];
}

function channelFaults(extra: Tree, { plugins, channelPlugins, release }: PluginInput): PluginFault[] {
  const channels = section(extra, 'channels');
  const ids = Object.keys(channels).filter(id => !CHANNEL_SETTINGS.includes(id) && !isSwitchedOff(channels[id]));
  return ids.flatMap((id): PluginFault[] => {
    const path = ['channels', id];
    const plugin = own(channelPlugins, id);
    if (plugin !== undefined) {
      return plugins.includes(plugin) ? [] : [{ rule: 'plugin-off', path, what: `configures a channel whose plugin is off; add '${plugin}' to 'plugins'` }];
    }
    if (bringsPlugins(extra)) return [];
    const like = nearest(id, Object.keys(channelPlugins)).map(name => `'${name}'`).join(' or ');
    return [{ rule: 'config-unknown-key', path, what: `configures a channel that no plugin bundled with OpenClaw ${factsName(release)} serves${like ? `; did you mean ${like}` : '; remove it'}` }];
  });
}

function entryFaults(extra: Tree, on: readonly string[], schema: JsonSchema): PluginFault[] {
  const entries = section(section(extra, 'plugins'), 'entries');
  const bundled = schemasAt(schema, ['plugins', 'entries'])[0]?.properties ?? {};
  return Object.keys(entries)
    .filter(id => own(bundled, id) && !on.includes(id) && !isSwitchedOff(entries[id]))
    .map((id): PluginFault => ({ rule: 'plugin-off', path: ['plugins', 'entries', id], what: `configures a plugin that is off; add '${id}' to 'plugins'` }));
}

/** Plugins that are added while the whole plugin system is off. */
function ownPluginFaults(extra: Tree, rendered: Tree): PluginFault[] {
  if (section(rendered, 'plugins').enabled !== false) return [];
  return ['allow', 'load'].filter(key => own(section(extra, 'plugins'), key) !== undefined)
    .map((key): PluginFault => ({ rule: 'plugin-off', path: ['plugins', key], what: "adds plugins while all plugins are off; name at least one bundled plugin in 'plugins'" }));
}

function denyFaults(extra: Tree, { plugins }: PluginInput): PluginFault[] {
  const deny = section(extra, 'plugins').deny;
  const path: ConfigPath = ['plugins', 'deny'];
  return (Array.isArray(deny) ? deny : []).filter(id => plugins.includes(id))
    .map((id): PluginFault => ({ rule: 'plugin-off', path, what: `switches '${id}' off, which 'plugins' switches on; remove it from one of them` }));
}

/** Whether plugins of the user's own are loaded, which may serve any channel. */
function bringsPlugins(extra: Tree): boolean {
  return Object.keys(section(section(extra, 'plugins'), 'load')).length > 0;
}

function isSwitchedOff(value: unknown): boolean {
  return isMap(value) && value.enabled === false;
}

function section(config: Tree, name: string): Tree {
  const value = own(config, name);
  return isMap(value) ? value : {};
}
