import { JsonSchema } from './schema';
import { isMap } from '../input/values';

export interface Fault {
  readonly kind: 'wrong-type' | 'not-allowed';
  readonly allowed: string;
}

/** Every keyword that the check understands; a test compares it with the shipped schemas. */
export const KNOWN_KEYWORDS: readonly string[] = [
  'type', 'const', 'enum', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum',
  'properties', 'additionalProperties', 'propertyNames', 'required', 'minProperties', 'maxProperties',
  'items', 'additionalItems', 'minItems', 'maxItems', 'uniqueItems',
  'anyOf', 'oneOf', 'allOf', 'not', 'if', 'then',
];

const ARTICLES: Record<string, string> = { array: 'an array', integer: 'an integer', object: 'an object' };

/** The first fault of a value itself, leaving its properties, items and alternatives aside. */
export function checkValue(schema: JsonSchema, value: unknown): Fault | undefined {
  if (schema.const !== undefined && !same(schema.const, value)) return constantFault([schema.const], value);
  if (schema.enum && !schema.enum.some(allowed => same(allowed, value))) return constantFault(schema.enum, value);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some(type => isOfType(type, value))) {
    return { kind: 'wrong-type', allowed: types.map(type => ARTICLES[type] ?? (type === 'null' ? 'null' : `a ${type}`)).join(' or ') };
  }
  const allowed = typeof value === 'string' ? textFault(schema, value)
    : typeof value === 'number' ? numberFault(schema, value)
      : Array.isArray(value) ? arrayFault(schema, value)
        : isMap(value) ? objectFault(schema, value) : undefined;
  return allowed === undefined ? undefined : { kind: 'not-allowed', allowed };
}

function constantFault(constants: readonly unknown[], value: unknown): Fault {
  const sameType = constants.some(constant => typeof constant === typeof value);
  return { kind: sameType ? 'not-allowed' : 'wrong-type', allowed: constants.map(c => (typeof c === 'string' ? `'${c}'` : String(c))).join(', ') };
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'object': return isMap(value);
    case 'array': return Array.isArray(value);
    case 'integer': return Number.isInteger(value);
    case 'number': return Number.isFinite(value);
    case 'null': return value === null;
    default: return typeof value === type;
  }
}

function textFault(schema: JsonSchema, value: string): string | undefined {
  const length = [...value].length;
  if (length < (schema.minLength ?? 0)) return schema.minLength === 1 ? 'a non-empty string' : `at least ${schema.minLength} characters`;
  if (length > (schema.maxLength ?? Infinity)) return `at most ${schema.maxLength} characters`;
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) return `text that matches ${schema.pattern}`;
  return schema.format === 'uri' && !URL.canParse(value) ? 'an absolute URL' : undefined;
}

function numberFault(schema: JsonSchema, value: number): string | undefined {
  if (value < (schema.minimum ?? -Infinity)) return `${schema.minimum} or more`;
  if (value > (schema.maximum ?? Infinity)) return `${schema.maximum} or less`;
  return value <= (schema.exclusiveMinimum ?? -Infinity) ? `more than ${schema.exclusiveMinimum}` : undefined;
}

function arrayFault(schema: JsonSchema, value: readonly unknown[]): string | undefined {
  if (value.length < (schema.minItems ?? 0)) return `at least ${schema.minItems} items`;
  if (value.length > (schema.maxItems ?? Infinity)) return `at most ${schema.maxItems} items`;
  return schema.uniqueItems && new Set(value.map(canonical)).size < value.length ? 'items that differ' : undefined;
}

function objectFault(schema: JsonSchema, value: object): string | undefined {
  const size = Object.keys(value).length;
  if (size < (schema.minProperties ?? 0)) return `at least ${schema.minProperties} keys`;
  return size > (schema.maxProperties ?? Infinity) ? `at most ${schema.maxProperties} keys` : undefined;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && canonical(a) === canonical(b));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v) => (isMap(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v));
}
