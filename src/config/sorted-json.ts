/** As many texts are remembered: one for each kind of gateway in an app. */
const LIMIT = 100;

const known = new Map<string, string>();

/** The text of a file with sorted keys, the same from run to run. Equal values share one text, which is made once. */
export function sortedJson(value: unknown): string {
  const id = JSON.stringify(value);
  let text = known.get(id);
  if (text === undefined) {
    if (known.size >= LIMIT) known.clear();
    text = `${JSON.stringify(sorted(value), undefined, 2)}\n`;
    known.set(id, text);
  }
  return text;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1).map(([key, each]) => [key, sorted(each)]));
}
