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

/** Whether a schema speaks of SecretRefs at a setting. */
export function namesSecretRef(at: readonly JsonSchema[]): boolean {
  return at.flatMap(alternatives).some(({ properties }) => ['source', 'provider', 'id'].every(key => own(properties, key)));
}

/** Whether a setting takes texts, and not only some words. */
export function takesAnyText(schema: JsonSchema, path: ConfigPath): boolean {
  return schemasAt(schema, path).flatMap(alternatives).some(({ type, enum: words, const: word }) =>
    [type].flat().includes('string') && words === undefined && word === undefined);
}
