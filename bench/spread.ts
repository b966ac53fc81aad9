/** What a figure is to be, at most. */
export interface Goal {
  readonly what: string;
  readonly most: number;
  readonly measured: number[];
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The middle of some measurements and, where there are several, the least and the most: `1.08 (1.05–1.12)`. */
export function spread(values: number[], digits = 2): string {
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map(value => value.toFixed(digits));
  return values.length > 1 ? `${middle} (${least}–${most})` : middle;
}

/** Ratios of what was measured in the same round. */
export function ratios(values: number[], by: number[]): number[] {
  return values.slice(0, by.length).map((value, i) => value / by[i]);
}

export function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

/** Goals beside what was measured; the middle of the rounds decides. */
export function goalTable(goals: Goal[]): string {
  return table(['goal', 'at most', 'measured', ''], goals.map(({ what, most, measured }) =>
    [what, String(most), spread(measured), median(measured) <= most ? 'met' : 'missed']));
}
