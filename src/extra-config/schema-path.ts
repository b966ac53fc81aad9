import { JsonSchema } from './schema';
import { own } from '../input/own';

/** Where a value stands: keys of objects and indices of arrays, outermost first. */
export type ConfigPath = ReadonlyArray<string | number>;

/** Writes a path as `agents.list[0].model`; keys that would be ambiguous are quoted: `channels["a.b"]`. */
export function formatPath(path: ConfigPath): string {
  return path.map((segment, i) => {
    if (typeof segment === 'number') return `[${segment}]`;
    if (!/^[^.[\]"\s]+$/.test(segment)) return `[${JSON.stringify(segment)}]`;
    return i === 0 ? segment : `.${segment}`;
  }).join('');
}

/** Reads a path as people write it: `agents.list[0].model`. */
export function parsePath(text: string): ConfigPath {
  return text.split(/[.[\]]+/).filter(part => part !== '').map(part => (/^\d+$/.test(part) ? Number(part) : part));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The alternatives that a schema offers, itself included. */
export function alternatives(schema: JsonSchema): JsonSchema[] {
  const inner = [...schema.anyOf ?? [], ...schema.oneOf ?? [], ...schema.allOf ?? []];
  return [schema, ...inner.flatMap(alternatives)];
}

/** Every subschema that may apply to the value at a path; none when the schema does not know the path. */
export function schemasAt(schema: JsonSchema, path: ConfigPath): JsonSchema[] {
  return path.reduce<JsonSchema[]>((at, segment) => at.flatMap(alternatives).flatMap(s => step(s, segment)), [schema]);
}

function step(schema: JsonSchema, segment: string | number): JsonSchema[] {
  if (typeof segment === 'number') {
    const items = schema.items as JsonSchema | readonly JsonSchema[] | undefined;
    const item = Array.isArray(items) ? items[segment] : items;
    return item ? [item] : [];
  }
  const property = own(schema.properties, segment);
  if (property) return [property];
  const rest = schema.additionalProperties;
  if (rest === true) return [{}];
  return rest ? [rest] : [];
}
