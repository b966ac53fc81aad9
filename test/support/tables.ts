/** How one scenario ended. */
export interface Result {
  readonly release: string;
  /** The title of the suite. */
  readonly group: string;
  /** The promise, and behind ` :: ` what the release does instead. */
  readonly title: string;
  readonly status: string;
  readonly ms: number;
}

/** A value that a scenario measured. */
export interface Figure {
  readonly release: string;
  readonly scenario: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

function table(header: string[], rows: string[][]): string {
  return [header, header.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

/** Jest decides in which order suites run; tables are the same from run to run. */
function sorted<T>(rows: Map<string, T>): [string, T][] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Which promise which release keeps. */
export function promisesTable(results: Result[], releases: string[]): string {
  const rows = new Map<string, Map<string, string>>();
  for (const { release, group, title } of results) {
    const [promise, limit = 'yes'] = title.split(' :: ');
    const key = `${group}: ${promise}`;
    rows.set(key, (rows.get(key) ?? new Map()).set(release, limit));
  }
  return table(['promise', ...releases], sorted(rows).map(([promise, cells]) => [promise, ...releases.map(release => cells.get(release) ?? '')]));
}

/** What was measured, a row each, the middle of several values. */
export function figuresTable(figures: Figure[], releases: string[]): string {
  const rows = new Map<string, Map<string, number[]>>();
  for (const { release, name, unit, value } of figures) {
    const key = `${name}, ${unit}`;
    const cells = rows.get(key) ?? new Map<string, number[]>();
    cells.set(release, [...cells.get(release) ?? [], value]);
    rows.set(key, cells);
  }
  const cell = (values: number[] = []) => (values.length === 0 ? '' : String(Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)])));
  return table(['measured', ...releases], sorted(rows).map(([name, cells]) => [name, ...releases.map(release => cell(cells.get(release)))]));
}

/** A text with another content between the two comments that mark a section. */
export function replaceSection(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}: from the tests -->`, `<!-- ${name}: end -->`];
  if (!text.includes(start) || !text.includes(end)) throw new Error(`no section between '${start}' and '${end}'`);
  return `${text.slice(0, text.indexOf(start) + start.length)}\n${content}\n${text.slice(text.indexOf(end))}`;
}
