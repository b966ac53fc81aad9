import { PluginPackage } from './plugin-package';
import { PluginPlace } from './plugin-source';
import { own } from '../input/values';
import { Catalog, PackageVersion } from '../models/catalog';
import { compareReleases } from '../release/compare';

/** A package that is installed before the gateway starts. */
export interface InstalledPackage {
  /** The plugin's id. */
  readonly id: string;
  /** The package's name on npm; undefined for an official plugin that OpenClaw's version does not know. */
  readonly name?: string;
  /** Whether OpenClaw is said to name it. */
  readonly isOfficial: boolean;
  /** Undefined where no version is known to fit. */
  readonly version?: string;
  /** The hash that it must have; undefined where only the registry says it. */
  readonly integrity?: string;
  readonly place: PluginPlace;
  /** The versions that were read, and the oldest OpenClaw that each fits. */
  readonly known: readonly PackageVersion[];
}

/** Chooses the version of each package that does not name one. */
export function resolvePackages(packages: readonly PluginPackage[], catalog: Catalog, release: string): InstalledPackage[] {
  return packages.map(({ id, _name, _version, _integrity, _source: { _place: place } }) => {
    if (_name !== undefined) return { id, name: _name, isOfficial: false, version: _version, integrity: _integrity, place, known: [] };
    const [name, named] = nameAndVersion(own(catalog.served('plugins.entries'), id)?.npm);
    const known = name === undefined ? [] : catalog.packageVersions(name);
    const version = _version ?? named ?? (known.length > 0 ? newestFitting(known, release) : withoutRebuild(release));
    const integrity = _integrity ?? known.find(each => each.version === version)?.integrity;
    return { id, name, isOfficial: true, version, integrity, place, known };
  });
}

/** `@scope/name@1.2.3` */
function nameAndVersion(spec: string | undefined): [name?: string, version?: string] {
  const at = spec?.indexOf('@', 1) ?? -1;
  return spec === undefined || at < 0 ? [spec] : [spec.slice(0, at), spec.slice(at + 1)];
}

/** By the API that it needs, not by its number: a maintained line of OpenClaw is older than its number says. */
function newestFitting(known: readonly PackageVersion[], release: string): string | undefined {
  const fitting = known.filter(each => fits(each, release));
  return fitting.sort((a, b) => compareReleases(a.since, b.since) || compareReleases(a.version, b.version)).pop()?.version;
}

export function fits({ since }: PackageVersion, release: string): boolean {
  return compareReleases(since, release) <= 0;
}

/** OpenClaw publishes its plugins under its own version; a rebuild (`2026.7.1-2`) has none of its own. */
function withoutRebuild(release: string): string {
  return release.replace(/-\d+$/, '');
}
