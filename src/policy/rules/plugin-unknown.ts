import { nearest } from '../../input/nearest';
import { factsName } from '../../release/nearest-release';
import { Rule } from '../rule';

/** Plugins that fill the memory slot, which is closed. @internal */
export const MEMORY_PLUGINS = ['memory-core', 'memory-lancedb'];

export const pluginUnknown: Rule = {
  id: 'plugin-unknown',
  kind: 'safety',
  restsOnFacts: true,
  check: ({ plugins, catalog, release }) => plugins.flatMap(plugin => {
    if (catalog.plugins.includes(plugin) || MEMORY_PLUGINS.includes(plugin)) return [];
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
  check: ({ plugins }) => plugins.filter(plugin => MEMORY_PLUGINS.includes(plugin)).map(plugin =>
    `plugins names '${plugin}', which would call a model that nobody named; remove it and name one in 'modelSlots.memoryEmbeddings'`),
};
