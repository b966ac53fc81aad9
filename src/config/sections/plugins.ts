import { Settings } from '../settings';

/** All plugins off, or only those that are named on. */
export function pluginsSection({ plugins, providers, catalog }: Settings): object {
  if (plugins.length === 0) return { enabled: false };
  // a provider whose plugin is not in the image makes the gateway install it from npm at start, unless it is off
  const external = providers.map(provider => catalog.taken(provider.id)).flatMap(taken => taken?.npm ? taken.plugin : []);
  const entries = [...plugins.map(plugin => [plugin, { enabled: true }]), ...external.map(plugin => [plugin, { enabled: false }])];
  return { enabled: true, allow: [...plugins], slots: { memory: 'none' }, entries: Object.fromEntries(entries) };
}
