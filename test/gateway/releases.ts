import { OLDEST_RELEASE, releasesFor } from '../../src/release/releases';
import { isAtLeast } from '../support/release';

/** The versions whose gateways are tried. */
export const RELEASES = releasesFor('gateway');

/** The one for which suites run that need no more than one. */
export const NEWEST = RELEASES[RELEASES.length - 1];

/** The version from which a gateway of another is upgraded. */
export function releaseBefore(release: string): string {
  const older = [OLDEST_RELEASE, ...RELEASES].filter(each => !isAtLeast(each, release));
  if (older.length === 0) throw new Error(`no version before ${release} is rendered for`);
  return older[older.length - 1];
}

/** A plugin that only works if it was installed the official way, for the newest version. */
export const DISCORD = ['@openclaw/discord', NEWEST] as const;
