import { compareReleases } from '../../src/release/compare';
import { NEWEST_RELEASE, releasesFor } from '../../src/release/releases';

/** Whether a version is this one or a later one. */
export function isAtLeast(release: string, since: string): boolean {
  return compareReleases(release, since) >= 0;
}

const { OPENCLAW_RELEASES: ASKED_FOR = NEWEST_RELEASE } = process.env;

/** The OpenClaw versions that the contract is tried with: the newest, those of the environment variable, or all `older` ones whose row says so. */
export const OPENCLAW_RELEASES = ASKED_FOR === 'older' ? releasesFor('contract').filter(release => release !== NEWEST_RELEASE) : ASKED_FOR.split(',').map(release => release.trim());
