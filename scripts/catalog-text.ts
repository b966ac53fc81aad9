import { CatalogData } from '../src/models/catalog';

function lines(value: unknown, depth: number, indent: string): string {
  if (depth === 0 || value === null || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  if (!entries.length) return '{}';
  const inner = entries.map(([key, member]) => `${indent}  ${JSON.stringify(key)}: ${lines(member, depth - 1, `${indent}  `)}`);
  return `{\n${inner.join(',\n')}\n${indent}}`;
}

/** JSON with sorted keys and one line per model, provider id and channel. */
export function catalogText({ providers, ...flat }: CatalogData): string {
  const sections = Object.entries({ ...flat, providers }).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = sections.map(([key, value]) => `  ${JSON.stringify(key)}: ${lines(value, key === 'providers' ? 3 : 1, '  ')}`);
  return `{\n${text.join(',\n')}\n}\n`;
}
