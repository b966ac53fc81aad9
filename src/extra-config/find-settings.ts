import { ConfigPath } from '../input/config-path';
import { isMap, own } from '../input/values';

export interface FoundSetting {
  readonly path: ConfigPath;
  readonly value: unknown;
}

/** The settings that a pattern names: `*` stands for one key or index, `**` for any number of them. */
export function settingsAt(config: unknown, pattern: string): FoundSetting[] {
  return find(config, pattern.split('.'), []);
}

/** The object at a path; an empty one where there is none. */
export function sectionAt(config: unknown, path: string): Readonly<Record<string, unknown>> {
  const value = settingsAt(config, path)[0]?.value;
  return isMap(value) ? value : {};
}

function find(value: unknown, [head, ...tail]: readonly string[], path: ConfigPath): FoundSetting[] {
  if (head === undefined) return value === undefined ? [] : [{ path, value }];
  if (head === '**') return [...find(value, tail, path), ...children(value).flatMap(([key, child]) => find(child, [head, ...tail], [...path, key]))];
  if (head === '*') return children(value).flatMap(([key, child]) => find(child, tail, [...path, key]));
  return isMap(value) ? find(own(value, head), tail, [...path, head]) : [];
}

function children(value: unknown): [key: string | number, child: unknown][] {
  if (Array.isArray(value)) return value.map((child, i) => [i, child]);
  return isMap(value) ? Object.entries(value) : [];
}
