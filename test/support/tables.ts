import { ScenarioFigure, ScenarioResult } from './scenario-run';

/** How a promise was kept: the title says it, and behind ` :: ` what the version does instead. */
export interface Result extends ScenarioResult {
  readonly release: string;
  /** Whether the gateway had a model guard beside it. */
  readonly guarded: boolean;
}

/** A value that a scenario measured. */
export interface Figure extends ScenarioFigure {
  /** Of what; a column of its own. */
  readonly column: string;
}

export function table(header: string[], rows: string[][]): string {
  return [header, header.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

/** Jest decides in which order suites run; tables are the same from run to run. */
function sorted<T>(rows: Map<string, T>): [string, T][] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Which promise which version keeps, and what is different behind a guard. */
export function promisesTable(results: Result[], releases: string[]): string {
  const rows = new Map<string, { plain: Map<string, string>; guarded: Map<string, string> }>();
  for (const { release, guarded, group, title } of results) {
    const [promise, limit = 'yes'] = title.split(' :: ');
    const key = `${group}: ${promise}`;
    const row = rows.get(key) ?? { plain: new Map(), guarded: new Map() };
    rows.set(key, row);
    row[guarded ? 'guarded' : 'plain'].set(release, limit);
  }
  return table(['promise', ...releases, 'behind a guard'], sorted(rows).map(([promise, { plain, guarded }]) => {
    const others = releases.filter(release => guarded.has(release) && guarded.get(release) !== plain.get(release));
    const behindGuard = others.map(release => `${release}: ${guarded.get(release)}`).join('; ') || (guarded.size > 0 ? 'the same' : '');
    return [promise, ...releases.map(release => plain.get(release) ?? ''), behindGuard];
  }));
}

/** What was measured, a row each, the middle of several values. */
export function figuresTable(figures: Figure[], columns: string[]): string {
  const rows = new Map<string, Map<string, number[]>>();
  for (const { column, name, unit, value } of figures) {
    const key = `${name}, ${unit}`;
    const cells = rows.get(key) ?? new Map<string, number[]>();
    cells.set(column, [...cells.get(column) ?? [], value]);
    rows.set(key, cells);
  }
  const cell = (values: number[] = []) => (values.length === 0 ? '' : String(Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)])));
  return table(['measured', ...columns], sorted(rows).map(([name, cells]) => [name, ...columns.map(column => cell(cells.get(column)))]));
}

/** Of a table, the first column and those with these heads, without the rows that are empty there. */
export function columnsOf(text: string, heads: string[]): string[][] {
  const [head, , ...rows] = text.trim().split('\n').map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));
  return rows.map(row => [row[0], ...heads.map(each => row[head.indexOf(each)])]).filter(([, ...cells]) => cells.some(Boolean));
}

/** What is between the two comments that mark a section. */
export function sectionOf(text: string, name: string): string {
  const [start, end] = bounds(text, name);
  return text.slice(start, end);
}

/** A text with another content there. */
export function replaceSection(text: string, name: string, content: string): string {
  const [start, end] = bounds(text, name);
  return `${text.slice(0, start)}\n${content}\n${text.slice(end)}`;
}

function bounds(text: string, name: string): [number, number] {
  const [start, end] = [`<!-- ${name}: from the tests -->`, `<!-- ${name}: end -->`];
  if (!text.includes(start) || !text.includes(end)) throw new Error(`no section between '${start}' and '${end}'`);
  return [text.indexOf(start) + start.length, text.indexOf(end)];
}
