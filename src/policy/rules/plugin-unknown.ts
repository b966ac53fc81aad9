import { nearest } from '../../input/nearest';
import { factsName } from '../../release/nearest-release';
import { Rule } from '../rule';

/** Plugins that fill the memory slot, which is closed. */
const MEMORY = ['memory-core', 'memory-lancedb'];

export const pluginUnknown: Rule = {
  id: 'plugin-unknown',
  kind: 'safety',
  restsOnFacts: true,
  check: ({ plugins, catalog, release }) => plugins.flatMap(plugin => {
    if (catalog.plugins.includes(plugin) || MEMORY.includes(plugin)) return [];
    const near = nearest(plugin, catalog.plugins).map(each => `'${each}'`);
    return `plugins names '${plugin}', which OpenClaw ${factsName(release)} does not bundle; ${near.length > 0 ? `did you mean ${near.join(', ')}? ` : ''}`
      + 'only bundled ones can be switched on';
  }),
};

export const pluginRemembers: Rule = {
  id: 'plugin-remembers',
  kind: 'safety',
  check: ({ plugins }) => plugins.filter(plugin => MEMORY.includes(plugin)).map(plugin =>
    `plugins names '${plugin}', which would call a model that nobody named; remove it and name one in 'modelSlots.memoryEmbeddings'`),
};
