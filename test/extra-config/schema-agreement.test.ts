import Ajv, { ValidateFunction } from 'ajv';
import * as fc from 'fast-check';
import { configSchema, JsonSchema } from '../../src/extra-config/schema';
import { checkSchema } from '../../src/extra-config/schema-check';
import { releasesFor } from '../../src/release/releases';

type Gen = fc.GeneratorValue;

const TEXTS = ['', 'a', 'main', 'AB_C', '/x', '5m', '12', '#aabbcc', 'a@b.co', 'https://a.example/x', 'wss://a.example', 'file', 'value', '0xZZ'];
const NUMBERS = [-1, 0, 1, 5, 1.5, 600, 70000, 1e9];
const KEYS = ['a', 'main', 'extra key', 'constructor', 'enabled', 'AB_C'];

/** A schema, read by ajv. It compiles each distinct subschema once, as it would take minutes for all of them where they stand. */
function ajvOf(schema: JsonSchema): ValidateFunction {
  const known = new Map<string, number>();
  const definitions: object[] = [];
  const root = JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key === '' || key === 'properties' || Array.isArray(value) || typeof value !== 'object' || value === null) return value;
    const text = JSON.stringify(value);
    if (!known.has(text)) known.set(text, definitions.push(value) - 1);
    return { $ref: `#/definitions/${known.get(text)}` };
  }) as object;
  return new Ajv({ strict: false, formats: { uri: text => URL.canParse(text) } }).compile({ definitions: { ...definitions }, ...root });
}

/** Mostly what the schema takes, now and then something else. */
function sample(schema: JsonSchema, g: Gen, depth: number): unknown {
  if (g(fc.integer, { min: 0, max: 39 }) === 0) return g(fc.jsonValue, { maxDepth: 1 });
  const pick = <T>(values: readonly T[]): T => values[g(fc.nat, values.length - 1)];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return sample(pick(branches), g, depth);
  const type = Array.isArray(schema.type) ? pick(schema.type as string[]) : schema.type;
  switch (type) {
    case 'object': return sampleObject(schema, g, depth);
    case 'array': {
      const items = (Array.isArray(schema.items) ? schema.items[0] : schema.items) as JsonSchema | undefined;
      return Array.from({ length: g(fc.nat, depth > 0 ? 2 : 0) }, () => sample(items ?? {}, g, depth - 1));
    }
    case 'string': return pick(TEXTS);
    case 'boolean': return g(fc.boolean);
    case 'null': return null;
    case undefined: return pick<unknown>([...TEXTS, ...NUMBERS, null, true, {}, []]);
    default: return pick(NUMBERS);
  }
}

function sampleObject(schema: JsonSchema, g: Gen, depth: number): object {
  const properties = schema.properties ?? {};
  const optional = depth > 0 ? g(fc.subarray, Object.keys(properties), { maxLength: Math.min(3, Object.keys(properties).length) }) as string[] : [];
  const keys = new Set([...optional, ...(schema.required ?? []).filter(() => g(fc.nat, 29) > 0)]);
  const entries: [string, unknown][] = [...keys].map(key => [key, sample(properties[key] ?? {}, g, depth - 1)]);
  const rest = schema.additionalProperties;
  if (depth > 0 && (typeof rest === 'object' || g(fc.nat, 19) === 0)) {
    entries.push([KEYS[g(fc.nat, KEYS.length - 1)], sample(typeof rest === 'object' ? rest : {}, g, depth - 1)]);
  }
  return Object.fromEntries(entries);
}

test.each(releasesFor('gateway'))('the check and ajv agree on %s', release => {
  const schema = configSchema(release);
  const validate = ajvOf(schema);
  const seen = { valid: 0, invalid: 0 };
  fc.assert(fc.property(fc.gen(), g => {
    const value = JSON.parse(JSON.stringify(sample(schema, g, 7))) as unknown;
    const valid = validate(value);
    seen[valid ? 'valid' : 'invalid']++;
    expect({ value, valid: checkSchema(schema, value).length === 0 }).toEqual({ value, valid });
  }), { numRuns: 400 });
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(20);
});
