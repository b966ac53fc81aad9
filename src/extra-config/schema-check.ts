import { JsonSchema } from './schema';
import { checkValue } from './schema-keywords';
import { ConfigPath } from '../input/config-path';
import { nearest } from '../input/nearest';
import { describe, isMap, own } from '../input/values';

type ViolationKind = 'unknown-key' | 'missing-key' | 'wrong-type' | 'not-allowed';

/** One place where a value is not what a schema takes. */
export interface Violation {
  readonly path: ConfigPath;
  readonly kind: ViolationKind;
  /** What is there, in a few words. */
  readonly got: string;
  /** What may be there, in a few words. */
  readonly allowed: string;
  /** For an unknown key: the known keys that resemble it. */
  readonly nearest: readonly string[];
  /** Whether it is the key, not its value, that is wrong. */
  readonly ofKey?: boolean;
}

/**
 * Every place where a value is not what the schema takes, in the order of the value; none when it is valid.
 *
 * Knows exactly the keywords of OpenClaw's schemas. Of the alternatives of `anyOf` and `oneOf` that all fail, it reports
 * the one that fits best. OpenClaw's own `config validate` is stricter than the schema: it also resolves model references
 * and plugin ids and checks relations between settings.
 */
export function checkSchema(schema: JsonSchema, value: unknown): Violation[] {
  return check(schema, value, []);
}

function check(schema: JsonSchema, value: unknown, path: ConfigPath): Violation[] {
  const fault = checkValue(schema, value);
  // a value of the wrong type breaks every other keyword as well
  if (fault?.kind === 'wrong-type') return [violation(path, fault.kind, value, fault.allowed)];
  return [
    ...fault ? [violation(path, fault.kind, value, fault.allowed)] : [],
    ...isMap(value) ? checkObject(schema, value, path) : [],
    ...Array.isArray(value) ? checkArray(schema, value, path) : [],
    ...(schema.allOf ?? []).flatMap(part => check(part, value, path)),
    ...schema.anyOf ? checkAnyOf(schema.anyOf, value, path) : [],
    ...schema.oneOf ? checkOneOf(schema.oneOf, value, path) : [],
    ...schema.not && isValid(schema.not, value) ? [violation(path, 'not-allowed', value, 'another combination of settings')] : [],
    ...schema.if && schema.then && isValid(schema.if, value) ? check(schema.then, value, path) : [],
  ];
}

function isValid(schema: JsonSchema, value: unknown): boolean {
  return check(schema, value, []).length === 0;
}

function checkObject(schema: JsonSchema, value: Record<string, unknown>, path: ConfigPath): Violation[] {
  const found: Violation[] = [];
  for (const key of Object.keys(value)) {
    const at = [...path, key];
    if (schema.propertyNames && !isValid(schema.propertyNames, key)) {
      found.push({ ...violation(at, 'not-allowed', key, `a key that is ${checkValue(schema.propertyNames, key)?.allowed ?? 'of another form'}`), ofKey: true });
    }
    const property = own(schema.properties, key);
    if (property) {
      found.push(...check(property, value[key], at));
    } else if (schema.additionalProperties === false) {
      found.push(unknownKey(schema, key, at));
    } else if (isMap(schema.additionalProperties)) {
      found.push(...check(schema.additionalProperties, value[key], at));
    }
  }
  for (const key of schema.required ?? []) {
    if (!Object.prototype.hasOwnProperty.call(value, key)) {
      const property = own(schema.properties, key);
      found.push({ path: [...path, key], kind: 'missing-key', got: 'nothing', allowed: property ? expected(property) : 'a value', nearest: [] });
    }
  }
  return found;
}

function unknownKey(schema: JsonSchema, key: string, path: ConfigPath): Violation {
  const known = Object.keys(schema.properties ?? {});
  const some = known.slice(0, 6).join(', ') + (known.length > 6 ? `, … (${known.length} keys)` : '');
  return { path, kind: 'unknown-key', got: key, allowed: some || 'no key', nearest: nearest(key, known) };
}

function checkArray(schema: JsonSchema, value: readonly unknown[], path: ConfigPath): Violation[] {
  const items = schema.items as JsonSchema | readonly JsonSchema[] | undefined;
  if (!items) return [];
  return value.flatMap((item, i) => {
    const itemSchema = Array.isArray(items) ? items[i] as JsonSchema | undefined : items as JsonSchema;
    if (itemSchema) return check(itemSchema, item, [...path, i]);
    return schema.additionalItems === false ? [violation([...path, i], 'not-allowed', item, `at most ${(items as readonly unknown[]).length} items`)] : [];
  });
}

function checkAnyOf(branches: readonly JsonSchema[], value: unknown, path: ConfigPath): Violation[] {
  const results: Violation[][] = [];
  for (const branch of branches) {
    const result = check(branch, value, path);
    if (result.length === 0) return [];
    results.push(result);
  }
  return bestFit(results, value, path);
}

function checkOneOf(branches: readonly JsonSchema[], value: unknown, path: ConfigPath): Violation[] {
  const results = branches.map(branch => check(branch, value, path));
  const valid = results.filter(result => result.length === 0).length;
  if (valid === 1) return [];
  return valid === 0 ? bestFit(results, value, path) : [violation(path, 'not-allowed', value, 'a value of one form only')];
}

/** The violations of the alternative that was most likely meant; when the value fits none at all, what all of them allow. */
function bestFit(results: readonly Violation[][], value: unknown, path: ConfigPath): Violation[] {
  const inside = results.filter(result => result.every(found => found.path.length > path.length));
  if (inside.length > 0) return inside.reduce((best, result) => (misfit(result, path) < misfit(best, path) ? result : best));
  const here = results.map(result => result.find(found => found.path.length === path.length)).filter(found => found !== undefined);
  const typed = here.filter(found => found.kind !== 'wrong-type');
  const kind = typed.length > 0 ? 'not-allowed' : 'wrong-type';
  return [violation(path, kind, value, [...new Set((typed.length > 0 ? typed : here).map(found => found.allowed))].join(' or '))];
}

/** A wrong constant (a discriminator such as `source`) weighs more than any number of other faults. */
function misfit(violations: readonly Violation[], path: ConfigPath): number {
  const constants = violations.filter(found => found.kind === 'not-allowed' && found.path.length === path.length + 1 && found.allowed.startsWith("'"));
  return constants.length * 1000 + violations.length;
}

function violation(path: ConfigPath, kind: ViolationKind, value: unknown, allowed: string): Violation {
  return { path, kind, got: describe(value), allowed, nearest: [] };
}

function expected(schema: JsonSchema): string {
  return checkValue(schema, undefined)?.allowed ?? 'a value';
}
