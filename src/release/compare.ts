interface Parsed {
  readonly numbers: number[];
  readonly patch: number;
}

const known = new Map<string, Parsed>();

function parsed(release: string): Parsed {
  let found = known.get(release);
  if (!found) known.set(release, found = parse(release));
  return found;
}

function parse(release: string): Parsed {
  const [numbers, ...suffix] = release.split('-');
  const tail = suffix.join('-');
  const last = Number(tail.split('.').pop());
  // a rebuild (`-2`) comes after the plain version, a pre-release (`-beta.1`) before it
  const patch = tail === '' ? 0 : /^\d+$/.test(tail) ? last : -1 / (1 + (last || 0));
  return { numbers: numbers.split('.').map(Number), patch };
}

/** Orders versions such as `2026.9.6`, `2026.7.1-2`, `2026.8.1-beta.1`: negative when `a` is older than `b`. */
export function compareReleases(a: string, b: string): number {
  const left = parsed(a);
  const right = parsed(b);
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference) return difference;
  }
  return left.patch - right.patch;
}
