import { releasesFor } from '../../src/release/releases';

/** The versions of OpenClaw that run in the cluster: those of the examples. */
export const RELEASES = releasesFor('cluster');

export const NEWEST = RELEASES[RELEASES.length - 1];
