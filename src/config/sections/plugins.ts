import { OFFICIAL } from '../../models/provider';
import { Settings } from '../../settings/settings';

/** All plugins off, or only those that are named on. */
export function pluginsSection({ plugins: named, catalog, agents }: Settings): object {
  const remembers = agents.some(({ slotModels }) => slotModels.memoryEmbeddings);
  const plugins = [...named, ...remembers ? [MEMORY] : []];
  if (plugins.length === 0) return { enabled: false };
  // a provider whose plugin is not in the image makes the gateway install it from npm at start, unless it is off;
  // all of them, whichever are used, so that another route leaves this section as it is
  const external = OFFICIAL.map(provider => catalog.taken(provider.id)).flatMap(taken => taken?.npm ? taken.plugin : []);
  const entries = Object.fromEntries([
    ...external.map(plugin => [plugin, { enabled: false }]),
    ...plugins.map(plugin => [plugin, { enabled: true }]),
  ]);
  if (remembers) entries[MEMORY].config = { dreaming: { enabled: false } }; // else the primary takes turns every night
  return { enabled: true, allow: plugins, slots: { memory: remembers ? MEMORY : 'none' }, entries };
}

/** The plugin that searches an agent's memory. */
const MEMORY = 'memory-core';
