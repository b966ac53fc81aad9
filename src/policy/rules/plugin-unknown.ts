import { nearest } from '../../input/nearest';
import { Rule } from '../rule';

export const pluginUnknown: Rule = {
  id: 'plugin-unknown',
  kind: 'safety',
  check: ({ plugins, catalog, release }) => plugins.flatMap(plugin => {
    if (catalog.plugins.includes(plugin)) return MEMORY.includes(plugin) ? `plugins names '${plugin}', ${REMEMBERS}` : [];
    const near = nearest(plugin, catalog.plugins).map(each => `'${each}'`);
    return `plugins names '${plugin}', which OpenClaw ${release} does not bundle; ${near.length > 0 ? `did you mean ${near.join(', ')}? ` : ''}`
      + 'only bundled ones can be switched on';
  }),
};

/** Plugins that fill the memory slot, which is closed. */
const MEMORY = ['memory-core', 'memory-lancedb'];
const REMEMBERS = "which would call a model that nobody named; remove it and name one in 'modelSlots.memoryEmbeddings'";
