import { inertJson } from '../input/inert-json';
import { madeOnce } from '../input/made-once';

/** The text of a file with sorted keys, the same from run to run. */
export const sortedJson = madeOnce((value: unknown) => `${inertJson(JSON.stringify(sorted(value), undefined, 2))}\n`);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1).map(([key, each]) => [key, sorted(each)]));
}
