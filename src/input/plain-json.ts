import { types } from 'util';
import { ConfigPath } from './config-path';
import { isMap } from './values';

/** A value that JSON cannot hold. */
export interface ShapeFault {
  readonly path: ConfigPath;
  readonly what: string;
}

/** A copy of a value without what JSON cannot hold, and what that was. */
export function plainJson(value: unknown): { readonly json: unknown; readonly faults: ShapeFault[] } {
  const faults: ShapeFault[] = [];
  const json = plain(value, [], [], faults);
  return { json, faults };
}

/** What stands in JSON for a value that is none by itself. */
interface HasPlainJson {
  _toPlainJson(): unknown;
}

function hasPlainJson(value: unknown): value is HasPlainJson {
  return isMap(value) && typeof value._toPlainJson === 'function';
}

function plain(value: unknown, path: ConfigPath, parents: readonly unknown[], faults: ShapeFault[]): unknown {
  if (hasPlainJson(value)) return value._toPlainJson();
  const what = parents.includes(value) ? 'refers to an object that contains it' : notJson(value);
  if (what !== undefined) {
    faults.push({ path, what });
    return undefined;
  }
  const within = [...parents, value];
  if (Array.isArray(value)) return Array.from(value, (item, i) => plain(item, [...path, i], within, faults)).filter(item => item !== undefined);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.keys(value)
    .filter(key => value[key] !== undefined) // as JSON does
    .map(key => [key, plain(value[key], [...path, key], within, faults)])
    .filter(([, entry]) => entry !== undefined));
}

/** Why a value is not JSON, apart from what it contains. */
export function notJson(value: unknown): string | undefined {
  if (value === undefined) return 'is undefined';
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `is ${value}`;
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return `is a ${typeof value}`;
  if (!isMap(value)) return undefined;
  if (types.isDate(value)) return 'is a date';
  const prototype = Object.getPrototypeOf(value) as object | null;
  // a plain object of another realm (a jest sandbox, a vm) has a prototype of its own, without one above it
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  return `is an instance of ${prototype.constructor?.name || 'a class'}`;
}
