import { PluginSource } from './plugin-source';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';

/** Which package of an official plugin is installed, and from where. */
export interface OfficialPluginOptions {
  /**
   * The exact version of the package.
   * @default - the newest one that fits the gateway's version of OpenClaw, as docs/plugins.md lists them
   */
  readonly version?: string;

  /**
   * The hash of the package as npm writes it, `sha512-…`: `npm view <name>@<version> dist.integrity` prints it.
   * @default - that of docs/plugins.md; for a version that is not there only the registry says which it is, and a notice says so
   */
  readonly integrity?: string;

  /**
   * Where it comes from.
   * @default PluginSource.NPM
   */
  readonly source?: PluginSource;
}

/** Which package is installed, and from where. */
export interface NpmPluginOptions {
  /** The exact version, for example `2.4.8`. */
  readonly version: string;

  /** The hash of the package as npm writes it, `sha512-…`: `npm view <name>@<version> dist.integrity` prints it. */
  readonly integrity: string;

  /**
   * The plugin's id, which its `openclaw.plugin.json` names.
   * @default - the name of the package without its scope
   */
  readonly id?: string;

  /**
   * Where it comes from.
   * @default PluginSource.NPM
   */
  readonly source?: PluginSource;
}

/** @see https://semver.org */
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** 64 bytes in base64. @see https://www.w3.org/TR/SRI */
const INTEGRITY = /^sha512-[A-Za-z0-9+/]{85}[AQgw]==$/;

/** @see https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name */
const NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

const ID = /^[a-z0-9][\w.-]*$/i;

/**
 * A plugin that OpenClaw does not bundle: an npm package that an init container installs into the gateway's state, once.
 *
 * A plugin runs inside the gateway and may do all that the gateway may.
 */
export class PluginPackage {
  /**
   * A plugin that OpenClaw names as its own, or as one of its partners'.
   *
   * @param id the plugin's id: `discord`, `slack`, `matrix`, `diagnostics-prometheus` …
   */
  public static official(id: string, options: OfficialPluginOptions = {}): PluginPackage {
    const given = argumentsOf(options);
    const check = new InputChecks('PluginPackage.official()')
      .that(typeof id === 'string' && ID.test(id), 'id', 'the id of a plugin', id, "for example 'discord'")
      .options<OfficialPluginOptions>(given, { version: true, integrity: true, source: true });
    if (given.version !== undefined) checkVersion(check, given.version);
    if (given.integrity !== undefined) checkIntegrity(check, given.integrity);
    check.refuse(given.integrity !== undefined && given.version === undefined, 'integrity is the hash of one version; give version too');
    checkSource(check, given.source).done();
    return new PluginPackage(SEAL, id, undefined, given.version, given.integrity, given.source ?? PluginSource.NPM);
  }

  /**
   * Any other package.
   *
   * @param name of the package on npm, for example `@example/openclaw-jira`
   */
  public static npm(name: string, options: NpmPluginOptions): PluginPackage {
    const given = argumentsOf(options);
    const check = new InputChecks('PluginPackage.npm()')
      .that(typeof name === 'string' && NAME.test(name), 'name', 'the name of an npm package, without a version', name, "for example '@example/openclaw-jira'")
      .that(given.id === undefined || (typeof given.id === 'string' && ID.test(given.id)), 'id', 'the id of a plugin', given.id)
      .options<NpmPluginOptions>(given, { version: true, integrity: true, id: true, source: true });
    checkVersion(check, given.version);
    checkIntegrity(check, given.integrity);
    checkSource(check, given.source).done();
    return new PluginPackage(SEAL, given.id ?? name.split('/').pop()!, name, given.version, given.integrity, given.source ?? PluginSource.NPM);
  }

  private constructor(
    seal: symbol,
    /** The plugin's id, as in `plugins.entries`. */
    public readonly id: string,
    /** @internal */
    public readonly _name: string | undefined,
    /** @internal */
    public readonly _version: string | undefined,
    /** @internal */
    public readonly _integrity: string | undefined,
    /** @internal */
    public readonly _source: PluginSource,
  ) {
    sealed(seal, new.target, PluginPackage, 'PluginPackage.official() or PluginPackage.npm()');
  }
}

/** Requires packages of plugins, each once. @internal */
export function checkPluginPackages(check: InputChecks, packages: unknown): InputChecks {
  check.list('pluginPackages', packages, value => value instanceof PluginPackage, 'a PluginPackage', 'use PluginPackage.official(…) or PluginPackage.npm(…)');
  const ids = Array.isArray(packages) ? packages.flatMap(each => each instanceof PluginPackage ? [each.id] : []) : [];
  for (const id of new Set(ids.filter((each, i) => ids.indexOf(each) < i))) {
    check.refuse(true, `pluginPackages has plugin '${id}' twice; remove one of them`);
  }
  return check;
}

function checkVersion(check: InputChecks, version: unknown): void {
  check.that(typeof version === 'string' && VERSION.test(version), 'version', 'one exact version', version, "no range and no tag: for example '2026.9.6'");
}

function checkIntegrity(check: InputChecks, integrity: unknown): void {
  check.that(typeof integrity === 'string' && INTEGRITY.test(integrity), 'integrity', "a hash as npm writes it, 'sha512-' and 88 characters of base64", integrity,
    "'npm view <name>@<version> dist.integrity' prints it");
}

function checkSource(check: InputChecks, source: unknown): InputChecks {
  return check.that(source === undefined || source instanceof PluginSource, 'source', 'a PluginSource', source,
    'use PluginSource.registry(…), .image(…) or .folder(…)');
}
