import { MEMORY_PLUGINS } from './plugin-unknown';
import { nearest } from '../../input/nearest';
import { Catalog } from '../../models/catalog';
import { factsName } from '../../release/nearest-release';
import { fits, InstalledPackage } from '../../settings/resolve-packages';
import { Rule } from '../rule';

export const pluginPackageUnfit: Rule = {
  id: 'plugin-package-unfit',
  kind: 'safety',
  restsOnFacts: true,
  check: ({ packages, catalog, release }) => packages.flatMap(each => {
    const why = each.isOfficial ? officialFault(each, catalog, release) : ownFault(each, catalog);
    return why ? [`pluginPackages ${why}`] : [];
  }),
};

export const pluginPackageUnpinned: Rule = {
  id: 'plugin-package-unpinned',
  kind: 'notice',
  acknowledgeable: true,
  check: ({ packages }) => packages.filter(({ name, version, integrity }) => name && version && !integrity).map(({ id, name, version }) =>
    `pluginPackages has no hash of ${name}@${version} to compare with, so what the registry has under this name runs in the gateway; write`
    + ` PluginPackage.official('${id}', { version, integrity }) with what 'npm view ${name}@${version} dist.integrity' prints`),
};

function officialFault({ id, name, version, known }: InstalledPackage, catalog: Catalog, release: string): string | undefined {
  const openclaw = `OpenClaw ${factsName(release)}`;
  if (MEMORY_PLUGINS.includes(id)) return `names '${id}', which would call a model that nobody named; remove it and name one in 'modelSlots.memoryEmbeddings'`;
  if (catalog.plugins.includes(id)) return `names '${id}', which ${openclaw} bundles; name it in 'plugins' instead`;
  if (name === undefined) {
    const all = officialPlugins(catalog);
    const near = nearest(id, all).map(each => `'${each}'`).join(' or ');
    return `names '${id}', which is no official plugin of ${openclaw}; ${near ? `did you mean ${near}? ` : ''}use PluginPackage.npm(…) for others. Official are ${all.join(', ')}`;
  }
  const other = known.find(each => each.version === version && !fits(each, release));
  if (other) return `asks for ${name}@${other.version}, which needs OpenClaw ${other.since} or newer; leave the version out, or use such a version of OpenClaw`;
  if (version !== undefined) return undefined;
  return `names '${id}', but no version of ${name} that was read fits ${openclaw}: the oldest needs ${known[0].since}; use this version of OpenClaw or a newer one,`
    + ' or give version and integrity of one that fits';
}

/** An official package under another id: the plugin would not be the one that is switched on. */
function ownFault({ id, name }: InstalledPackage, catalog: Catalog): string | undefined {
  const served = catalog.served('plugins.entries');
  if (served[id] && !served[id].npm) return `gives ${name} the id '${id}', which is that of a bundled plugin; give its own id`;
  const meant = officialPlugins(catalog).find(each => served[each].npm!.replace(/(.)@.*/, '$1') === name);
  return meant && meant !== id ? `installs ${name}, whose plugin is '${meant}', as '${id}'; use PluginPackage.official('${meant}')` : undefined;
}

/** The ids of the plugins that OpenClaw names but does not bundle. */
function officialPlugins(catalog: Catalog): string[] {
  return Object.entries(catalog.served('plugins.entries')).filter(([id, { npm }]) => npm && !MEMORY_PLUGINS.includes(id)).map(([id]) => id).sort();
}
