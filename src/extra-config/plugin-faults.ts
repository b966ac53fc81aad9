import { FoundSetting, sectionAt, settingsAt } from './find-settings';
import { ConfigPath } from '../input/config-path';
import { nearest } from '../input/nearest';
import { isMap, own } from '../input/values';
import { Catalog, PluginFacts } from '../models/catalog';
import { factsName } from '../release/nearest-release';

type Tree = Record<string, unknown>;

interface PluginInput {
  readonly release: string;
  /** The bundled plugins that are switched on. */
  readonly plugins: readonly string[];
}

interface PluginFault {
  readonly rule: 'plugin-off' | 'config-unknown-key';
  readonly path: ConfigPath;
  readonly what: string;
}

interface Context {
  readonly extra: Tree;
  readonly release: string;
  readonly catalog: Catalog;
  readonly plugins: readonly string[];
  /** Every plugin that is switched on, those of slots too. */
  readonly on: readonly string[];
  /** Whether plugins of the user's own are loaded, which may serve anything. */
  readonly ownPlugins: boolean;
}

/** Keys of `channels` that are no channel. */
const CHANNEL_SETTINGS = ['defaults', 'modelByChannel'];

/** The engine of OpenClaw itself. */
const BUILT_IN_ENGINE = 'legacy';

/** What is configured although no plugin that runs would read it. */
export function pluginFaults(extra: Tree, rendered: Tree, { release, plugins }: PluginInput): PluginFault[] {
  const { allow } = sectionAt(rendered, 'plugins');
  const context: Context = {
    extra,
    release,
    catalog: Catalog.of(release),
    plugins,
    on: [...plugins, ...Array.isArray(allow) ? allow : []],
    ownPlugins: Object.keys(sectionAt(extra, 'plugins.load')).length > 0,
  };
  return [
    ...Object.entries(context.catalog.settings).flatMap(([setting, facts]) => servedFaults(setting, facts, context)),
    ...channelFaults(context), ...namedFaults(context), ...ownPluginFaults(extra, rendered), ...denyFaults(context),
  ];
}

/** Settings of a plugin that does not run. */
function servedFaults(setting: string, facts: PluginFacts, context: Context): PluginFault[] {
  if (setting.startsWith('plugins.')) return [];
  const [pattern, asking] = setting.split('=');
  return settingsAt(context.extra, pattern)
    .filter(({ value }) => (asking === undefined ? !isSwitchedOff(value) : value === asking))
    .flatMap(({ path }) => notRunning(path, facts, context));
}

function notRunning(path: ConfigPath, facts: PluginFacts, { on, ownPlugins, release }: Context): PluginFault[] {
  const { plugin, npm } = facts;
  if (on.includes(plugin)) return [];
  if (npm === undefined) return [{ rule: 'plugin-off', path, what: `is for plugin '${plugin}', which is off; add '${plugin}' to 'plugins'` }];
  return ownPlugins ? [] : [{ rule: 'config-unknown-key', path, what: `is for plugin '${plugin}', which ${notBundled(facts, release)}` }];
}

function notBundled({ plugin, npm }: PluginFacts, release: string): string {
  return `OpenClaw ${factsName(release)} does not bundle (npm has it as ${npm}); remove it, or add PluginPackage.official('${plugin}') to 'pluginPackages'`;
}

/** Channels that no plugin serves. */
function channelFaults({ extra, catalog, release, ownPlugins }: Context): PluginFault[] {
  const served = catalog.served('channels');
  return ownPlugins ? [] : Object.keys(sectionAt(extra, 'channels')).filter(id => !CHANNEL_SETTINGS.includes(id) && !own(served, id)).map(id => {
    const bundled = Object.keys(served).filter(each => !served[each].npm);
    const like = nearest(id, bundled).map(name => `'${name}'`).join(' or ');
    const what = `configures a channel that no plugin bundled with OpenClaw ${factsName(release)} serves${like ? `; did you mean ${like}` : '; remove it'}`;
    return { rule: 'config-unknown-key', path: ['channels', id], what };
  });
}

/** Plugins that `plugins` in extraConfig names although they do not run. */
function namedFaults(context: Context): PluginFault[] {
  const { extra, catalog, release, on, ownPlugins } = context;
  const known = catalog.served('plugins.entries');
  const entries = settingsAt(extra, 'plugins.entries.*').filter(({ value }) => !isSwitchedOff(value)).map(({ path }) => ({ path, value: path[path.length - 1] }));
  const engines = settingsAt(extra, 'plugins.slots.contextEngine').filter(({ value }) => value !== BUILT_IN_ENGINE);
  const named: FoundSetting[] = [...entries, ...settingsAt(extra, 'plugins.allow.*'), ...engines];
  return named.flatMap(({ path, value: id }): PluginFault[] => {
    if (typeof id !== 'string' || on.includes(id)) return [];
    const facts = own(known, id);
    if (facts && !facts.npm) return [{ rule: 'plugin-off', path, what: `configures plugin '${id}', which is off; add '${id}' to 'plugins'` }];
    if (ownPlugins) return [];
    const why = facts?.npm ? notBundled(facts, release) : `OpenClaw ${factsName(release)} does not bundle; ${meant(id, catalog)}`;
    return [{ rule: 'config-unknown-key', path, what: `configures plugin '${id}', which ${why}` }];
  });
}

function meant(id: string, catalog: Catalog): string {
  const like = nearest(id, catalog.plugins).map(name => `'${name}'`).join(' or ');
  return like ? `did you mean ${like}` : "remove it, or name the folder of a plugin of your own in 'plugins.load.paths'";
}

/** Plugins that are added while the whole plugin system is off. */
function ownPluginFaults(extra: Tree, rendered: Tree): PluginFault[] {
  if (sectionAt(rendered, 'plugins').enabled !== false) return [];
  return ['allow', 'load'].filter(key => own(sectionAt(extra, 'plugins'), key) !== undefined)
    .map((key): PluginFault => ({ rule: 'plugin-off', path: ['plugins', key], what: "adds plugins while all plugins are off; name at least one bundled plugin in 'plugins'" }));
}

function denyFaults({ extra, plugins, catalog, release, ownPlugins }: Context): PluginFault[] {
  return settingsAt(extra, 'plugins.deny.*').flatMap(({ path, value: id }): PluginFault[] => {
    if (typeof id !== 'string') return [];
    if (plugins.includes(id)) return [{ rule: 'plugin-off', path, what: `switches '${id}' off, which 'plugins' switches on; remove it from one of them` }];
    return ownPlugins || catalog.plugins.includes(id) ? [] : [
      { rule: 'config-unknown-key', path, what: `switches '${id}' off, which OpenClaw ${factsName(release)} does not bundle; remove it` },
    ];
  });
}

function isSwitchedOff(value: unknown): boolean {
  return value === false || (isMap(value) && value.enabled === false);
}
