import { compareReleases } from './compare';
import { RELEASES } from './releases';

const READ = RELEASES.map(({ release }) => release);

/** Whether the package of a version was read, so that statements about it are facts. */
export function isRead(release: string): boolean {
  return READ.includes(release);
}

/**
 * The version whose facts are used for another one: itself if it was read, else the nearest one below it by number, else the oldest. By number,
 * the version below a later patch of a maintained line is of the same line.
 */
export function nearestRead(release: string): string {
  return newestAtOrBelow(release, READ);
}

/** The version whose facts a message states; for one that was not read it says so. */
export function factsName(release: string): string {
  return isRead(release) ? release : `${nearestRead(release)} (the nearest to ${release} that was read)`;
}

/** The newest version among some that is not newer than the one asked for, else the oldest. */
export function newestAtOrBelow(release: string, among: readonly string[]): string {
  const sorted = [...among].sort(compareReleases);
  return sorted.filter(each => compareReleases(each, release) <= 0).pop() ?? sorted[0];
}
