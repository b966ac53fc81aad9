import { isDeepStrictEqual } from 'util';
import { from, GOVERNED_KEYS, GOVERNED_PATHS, NOT_SUPPORTED, RENDERED_FROM } from './governed-paths';
import { mayGrow } from './merge';
import { JsonSchema } from './schema';
import { alternatives, schemasAt } from './schema-path';
import { isSecretRef } from './secret-faults';
import { ConfigPath } from '../input/config-path';
import { isMap, own } from '../input/values';

/** Why a setting must not be made in extraConfig; nothing when it may. */
export function whyGoverned(path: ConfigPath, value: unknown, rendered: unknown, schema: JsonSchema): string | undefined {
  const why = governedPath(path) ?? governedKey(path, schema);
  if (why?.startsWith(NOT_SUPPORTED) && switchesOff(value)) return undefined;
  return why ?? governedByRendering(path, value, rendered);
}

/** Whether a setting only repeats what is rendered, as copied configurations do. */
export function isRendered(path: ConfigPath, value: unknown, rendered: unknown): boolean {
  return path.length > 0 && isPartOf(value, renderedAt(path, rendered), path[path.length - 1]);
}

/** Objects merge, so a part of one is enough; lists replace, so they must be equal. */
function isPartOf(value: unknown, whole: unknown, key: string | number): boolean {
  if (value === undefined || whole === undefined) return false;
  if (isMap(value) && isMap(whole)) return Object.entries(value).every(([inner, each]) => isPartOf(each, own(whole, inner), inner));
  return isDeepStrictEqual(comparable(value, key), comparable(whole, key));
}

/** JSON as it is written. Words in a list stand in no order, but for the models to try. */
function comparable(value: unknown, key: string | number): unknown {
  const json: unknown = JSON.parse(JSON.stringify(value));
  const isSet = Array.isArray(json) && key !== 'fallbacks' && json.every(each => typeof each === 'string');
  return isSet ? [...json].sort() : json;
}

function renderedAt(path: ConfigPath, rendered: unknown): unknown {
  return path.reduce<unknown>((at, segment) => (isMap(at) && typeof segment === 'string' ? own(at, segment) : undefined), rendered);
}

/** Whether a value only switches off what is not supported anyway. */
function switchesOff(value: unknown): boolean {
  return value === false || (isMap(value) && Object.keys(value).length === 1 && (value.enabled === false || value.mode === 'off'));
}

function governedPath(path: ConfigPath): string | undefined {
  return GOVERNED_PATHS.find(([pattern]) => matches(pattern, path))?.[1];
}

function governedKey(path: ConfigPath, schema: JsonSchema): string | undefined {
  const key = path[path.length - 1];
  const isOfJsonSchema = path.includes('params') && path[path.length - 2] === 'properties';
  const row = typeof key === 'string' && path.length > 1 && !isOfJsonSchema ? GOVERNED_KEYS.find(([name]) => name.test(key)) : undefined;
  return row && !isMapKey(path, schema) ? row[1] : undefined;
}

/** Whether the last key is one that the caller chooses (an agent's id, a server's name), not a setting. */
function isMapKey(path: ConfigPath, schema: JsonSchema): boolean {
  const key = path[path.length - 1] as string;
  const parents = schemasAt(schema, path.slice(0, -1)).flatMap(alternatives);
  return !parents.some(parent => own(parent.properties, key))
    && parents.some(parent => isMap(parent.additionalProperties) && Object.keys(parent.additionalProperties).length > 0);
}

function governedByRendering(path: ConfigPath, value: unknown, rendered: unknown): string | undefined {
  const there = renderedAt(path, rendered);
  if (there === undefined || mayGrow(path)) return undefined;
  const isSection = isMap(there) && !isSecretRef(there);
  if (isSection && isMap(value)) return undefined;
  const property = RENDERED_FROM.find(([pattern]) => matches(pattern, path))?.[1];
  if (property !== undefined) return from(property);
  if (isSection) return 'is rendered as an object; remove it or make it an object with the settings to add';
  return `is always rendered${typeof there === 'object' ? '' : ` as ${typeof there === 'string' ? `'${there}'` : there}`}; remove it`;
}

/** Whether a path matches a pattern such as `agents.*.model` or `**.$include`. */
export function matches(pattern: string, path: ConfigPath): boolean {
  return matchSegments(pattern.split('.'), path);
}

function matchSegments([head, ...tail]: readonly string[], path: ConfigPath): boolean {
  if (head === undefined) return path.length === 0;
  if (head === '**') return matchSegments(tail, path) || (path.length > 0 && matchSegments([head, ...tail], path.slice(1)));
  return path.length > 0 && (head === '*' || head === path[0]) && matchSegments(tail, path.slice(1));
}
