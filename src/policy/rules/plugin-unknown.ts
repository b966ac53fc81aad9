import { nearest } from '../../input/nearest';
import { own } from '../../input/values';
import { factsName } from '../../release/nearest-release';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

/** Plugins that fill the memory slot, which is closed. @internal */
export const MEMORY_PLUGINS = ['memory-core', 'memory-lancedb'];

export const pluginUnknown: Rule = {
  id: 'plugin-unknown',
  kind: 'safety',
  restsOnFacts: true,
  check: settings => namedPlugins(settings).flatMap(plugin => {
    const { catalog, release } = settings;
    if (catalog.plugins.includes(plugin) || MEMORY_PLUGINS.includes(plugin)) return [];
    const npm = own(catalog.served('plugins.entries'), plugin)?.npm;
    if (npm) {
      return `plugins names '${plugin}', which OpenClaw ${factsName(release)} does not bundle; npm has it as ${npm}:`
        + ` name it in 'pluginPackages', PluginPackage.official('${plugin}')`;
    }
    const bundled = catalog.plugins.filter(each => !MEMORY_PLUGINS.includes(each));
    const near = nearest(plugin, bundled);
    const all = [...near, ...bundled.filter(each => !near.includes(each))];
    return `plugins names '${plugin}', which OpenClaw ${factsName(release)} does not bundle; ${near.length > 0 ? `did you mean ${near.map(each => `'${each}'`).join(' or ')}? ` : ''}`
      + `bundled are ${all.join(', ')}`;
  }),
};

export const pluginRemembers: Rule = {
  id: 'plugin-remembers',
  kind: 'safety',
  check: settings => namedPlugins(settings).filter(plugin => MEMORY_PLUGINS.includes(plugin)).map(plugin =>
    `plugins names '${plugin}', which would call a model that nobody named; remove it and name one in 'modelSlots.memoryEmbeddings'`),
};

/** Those of the prop `plugins`. */
function namedPlugins({ plugins, packages }: Settings): string[] {
  return plugins.filter(plugin => !packages.some(({ id }) => id === plugin));
}
