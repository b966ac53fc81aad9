import { compareReleases } from './compare';
import { Features, featuresOf } from './features';
import { NEWEST_RELEASE, OLDEST_RELEASE } from './releases';
import { InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';

/** What to write for an `OpenClawVersion`. @internal */
export const VERSION_REMEDY = `use OpenClawVersion.V${NEWEST_RELEASE.replace(/\W/g, '_')} or OpenClawVersion.of('${NEWEST_RELEASE}')`;

/**
 * A version of OpenClaw. It decides what configuration is rendered, what is refused, and which image runs.
 *
 * @see https://www.npmjs.com/package/openclaw
 */
export class OpenClawVersion {
  /** Version 2026.6.11. */
  public static readonly V2026_6_11 = OpenClawVersion.of('2026.6.11');

  /** Version 2026.7.1. */
  public static readonly V2026_7_1 = OpenClawVersion.of('2026.7.1');

  /** Version 2026.8.2. */
  public static readonly V2026_8_2 = OpenClawVersion.of('2026.8.2');

  /** Version 2026.9.6. */
  public static readonly V2026_9_6 = OpenClawVersion.of('2026.9.6');

  /**
   * Any stable version from 2026.6.1 on. If this library has not read it, the facts of the nearest version below it are used, and a
   * notice of the gateway says so.
   *
   * @param version as npm and the image tag write it: `2026.9.3`, `2026.7.1-2`
   */
  public static of(version: string): OpenClawVersion {
    const where = 'OpenClawVersion.of()';
    const wellFormed = typeof version === 'string' && /^20\d\d\.([1-9]|1[0-2])\.[1-9]\d{0,2}(-[1-9]\d{0,2})?$/.test(version);
    new InputChecks(where)
      .that(wellFormed, 'version', `an OpenClaw version such as '${NEWEST_RELEASE}' or '2026.7.1-2' (no 'v', no 'latest', no beta)`, version)
      .done();
    new InputChecks(where)
      .that(compareReleases(version, OLDEST_RELEASE) >= 0, 'version', `${OLDEST_RELEASE} or newer`, version,
        'older versions take another configuration; upgrade OpenClaw')
      .done();
    return new OpenClawVersion(SEAL, version);
  }

  /** @internal */
  public readonly _features: Features;

  private constructor(
    seal: symbol,
    /** The version, for example `2026.9.6`. */
    public readonly version: string,
  ) {
    sealed(seal, new.target, OpenClawVersion, 'for example OpenClawVersion.V2026_9_6 or OpenClawVersion.of()');
    this._features = featuresOf(version);
  }

  /** The image of the version, without development tools. */
  public get image(): string {
    return `ghcr.io/openclaw/openclaw:${this.version}-slim`;
  }
}
