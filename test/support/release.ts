import { compareReleases } from '../../src/release/compare';

/** Whether a version is this one or a later one. */
export function isAtLeast(release: string, since: string): boolean {
  return compareReleases(release, since) >= 0;
}

/** The OpenClaw versions that the contract is tried with. */
export const OPENCLAW_RELEASES = (process.env.OPENCLAW_RELEASES ?? '2026.9.6').split(',').map(release => release.trim());
