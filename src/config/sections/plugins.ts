import { OFFICIAL } from '../../models/provider';
import { Settings } from '../../settings/settings';

/** All plugins off, or only those that are named on. */
export function pluginsSection({ plugins: named, catalog, slotModels }: Settings): object {
  const remembers = slotModels.memoryEmbeddings !== undefined;
  const plugins = [...named, ...remembers ? [MEMORY] : []];
  if (plugins.length === 0) return { enabled: false };
  // a provider's plugin runs where anything names the provider, whatever `allow` says, and the gateway installs it from npm at start if it is not in the
  // image, unless it is off; all of them, whichever are used, so that another route leaves this section as it is
  const pluginOf = (id: string) => catalog.taken(id)?.plugin ?? [];
  const needed = [...plugins, ...slotModels.memoryEmbeddings ? [pluginOf(slotModels.memoryEmbeddings.provider.id)].flat() : []];
  const ofProviders = [...new Set(OFFICIAL.flatMap(({ id }) => pluginOf(id)))].filter(plugin => !needed.includes(plugin));
  const entries = Object.fromEntries([
    ...plugins.map(plugin => [plugin, { enabled: true }]),
    ...ofProviders.map(plugin => [plugin, { enabled: false }]),
  ]);
  if (remembers) entries[MEMORY].config = { dreaming: { enabled: false } }; // else the primary takes turns every night
  return { enabled: true, allow: plugins, slots: { memory: remembers ? MEMORY : 'none' }, entries };
}

/** The plugin that searches an agent's memory. */
const MEMORY = 'memory-core';
