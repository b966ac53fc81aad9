/** How many letters must be added, left out, replaced or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(last[j] + 1, next[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), swapped ? beforeLast[j - 2] + 1 : Infinity));
    }
    [beforeLast, last] = [last, next];
  }
  return last[b.length];
}

/** The candidates that a mistyped word may have meant, best first; none when nothing is near. */
export function nearest(word: string, candidates: readonly string[], limit = 3): string[] {
  const wanted = word.toLowerCase();
  const distance = (candidate: string) => {
    const lower = candidate.toLowerCase();
    const extra = Math.abs(lower.length - wanted.length) / 1000;
    if (wanted.length > 2 && lower.startsWith(wanted)) return 0.5 + extra;
    if (lower.length > 2 && wanted.startsWith(lower)) return 1.5 + extra;
    return editDistance(wanted, lower);
  };
  const near = (d: number, candidate: string) => d % 1 > 0 || d <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
  return candidates
    .map(candidate => ({ candidate, distance: distance(candidate) }))
    .filter(({ candidate, distance: d }) => near(d, candidate))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** Whether a word is another one mistyped: capitals, one letter, or the order of its letters. */
export function isSlip(word: string, meant: string): boolean {
  const [a, b] = [word.toLowerCase(), meant.toLowerCase()];
  return editDistance(a, b) <= 1 || [...a].sort().join('') === [...b].sort().join('');
}
