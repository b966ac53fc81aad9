import { SizeRoundingBehavior } from 'cdk8s';
import { isDuration, isSize } from './kplus-shapes';

/** Whether a value is an object with keys, and no array. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in a few words, for messages; long texts, which may be anything, are not repeated. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return describeText(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'function') return value.name ? `the class or function ${value.name}` : 'a function';
  if (!isMap(value)) return String(value);
  if (isDuration(value)) return `a Duration of ${value.toHumanString()}`;
  if (isSize(value)) return `a Size of ${inWords(value.toKibibytes({ rounding: SizeRoundingBehavior.NONE }))}`;
  const name = classOf(value);
  return name ? `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}` : 'an object';
}

/** The class of a value; undefined for a plain object and for what is no object. */
export function classOf(value: unknown): string | undefined {
  const name = isMap(value) ? value.constructor?.name : undefined;
  return name === 'Object' ? undefined : name;
}

function describeText(text: string): string {
  if (text === '') return 'an empty string';
  return text.length <= 40 ? `the string ${shown(text)}` : `a string of ${text.length} characters`;
}

function inWords(kibibytes: number): string {
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024} MiB` : `${kibibytes} KiB`;
}

/** The own property of an object, whatever its name: `constructor` is one of every object's, too. */
export function own<T>(object: { readonly [key: string]: T } | undefined, key: string): T | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A text as messages show it, whatever is in it: on one line, and no longer than a reader wants. */
export function shown(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `'${JSON.stringify(short).slice(1, -1).replaceAll('\\"', '"')}'`;
}
