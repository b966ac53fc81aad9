import { JsonSchema } from './schema';
import { ConfigPath } from '../input/config-path';
import { own } from '../input/values';

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
