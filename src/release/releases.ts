/** A stable version of OpenClaw on npm. Its package was read: `catalog/` has its models, plugins and configuration schema. */
interface ReleaseRow {
  /** As npm and the image's tag write it. */
  readonly release: string;
  /** Whether the real OpenClaw judges configurations for it: the newest in `npm run test:thorough`, the others in `npm run test:versions`. */
  readonly contract?: true;
  /** Whether `npm run test:gateway` runs its gateways. `OpenClawVersion` has a member for each of these. */
  readonly gateway?: true;
  /** Whether `npm run test:cluster` runs it on a Kubernetes. The examples use these. */
  readonly cluster?: true;
}

/**
 * Every version that the library has read, oldest number first. Scripts, tests, messages and docs derive their lists from it; this file imports
 * nothing, so that `.projenrc.ts` can read it too.
 *
 * Versions are not one line: 2026.6.33 to 35 and 2026.7.33 to 35 are maintained beside newer versions and have models that came later.
 */
export const RELEASES: readonly ReleaseRow[] = [
  { release: '2026.6.1', contract: true },
  { release: '2026.6.5' },
  { release: '2026.6.6' },
  { release: '2026.6.8' },
  { release: '2026.6.9' },
  { release: '2026.6.10' },
  { release: '2026.6.11', contract: true, gateway: true },
  { release: '2026.6.33' },
  { release: '2026.6.34' },
  { release: '2026.6.35', contract: true },
  { release: '2026.7.1', contract: true, gateway: true },
  { release: '2026.7.1-1' },
  { release: '2026.7.1-2' },
  { release: '2026.7.33' },
  { release: '2026.7.34' },
  { release: '2026.7.35', contract: true },
  { release: '2026.8.1' },
  { release: '2026.8.2', contract: true, gateway: true, cluster: true },
  { release: '2026.9.1' },
  { release: '2026.9.2' },
  { release: '2026.9.3', contract: true },
  { release: '2026.9.4' },
  { release: '2026.9.5' },
  { release: '2026.9.6', contract: true, gateway: true, cluster: true },
];

/** The versions that a suite tries, oldest first. */
export function releasesFor(suite: 'contract' | 'gateway' | 'cluster'): string[] {
  return RELEASES.filter(row => row[suite]).map(({ release }) => release);
}

/** The oldest version that is rendered for. */
export const OLDEST_RELEASE = RELEASES[0].release;

/** The newest version whose gateways are tested. */
export const NEWEST_RELEASE = releasesFor('gateway').at(-1)!;
