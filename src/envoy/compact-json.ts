import { inertJson } from '../input/inert-json';

const WIDTH = 140;

/** JSON for readers: what fits on a line stays on it, and the indentation is a space. */
export function compactJson(value: unknown): string {
  return `${inertJson(print(value, 0))}\n`;
}

function print(value: unknown, depth: number): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || line.length + depth <= WIDTH) return line;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map(each => print(each, depth + 1))
    : Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => `${JSON.stringify(key)}:${print(each, depth + 1)}`);
  const indent = ' '.repeat(depth);
  return `${open}\n${parts.map(part => `${indent} ${part}`).join(',\n')}\n${indent}${close}`;
}
