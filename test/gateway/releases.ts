import { isAtLeast } from '../support/release';

/** The versions whose gateways are tried. */
export const RELEASES = ['2026.6.11', '2026.7.1', '2026.8.2', '2026.9.6'];

/** The one for which suites run that need no more than one. */
export const NEWEST = RELEASES[RELEASES.length - 1];

/** The version from which a gateway of another is upgraded. */
export function releaseBefore(release: string): string {
  const older = ['2026.6.1', ...RELEASES].filter(each => !isAtLeast(each, release));
  if (older.length === 0) throw new Error(`no version before ${release} is rendered for`);
  return older[older.length - 1];
}
