/** The versions of OpenClaw that run in the cluster: those of the examples. */
export const RELEASES = ['2026.8.2', '2026.9.6'];

export const NEWEST = RELEASES[RELEASES.length - 1];
