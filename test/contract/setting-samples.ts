import * as fs from 'fs';
import { createRequire } from 'module';
import * as path from 'path';
import { installOpenClaw } from '../../scripts/openclaw';
import { JsonSchema } from '../../src/extra-config/schema';
import { checkSchema } from '../../src/extra-config/schema-check';

/** A configuration with one setting, and what this setting needs around it. */
export interface Sample {
  /** Where the setting is, or the document that shows it. */
  readonly where: string;
  readonly extra: Record<string, unknown>;
}

/** Texts of the forms that settings have: a word, nothing, a time that does not exist, a path, a URL, a word with a meaning, a command. */
const TEXTS = ['value', '', '25:00', '/data/value', 'ftp://value.example/x', 'host', 'a;b'];
const NUMBERS = [0, 1, 1e9];

/** A sample of each value that a schema names for each setting: every constant, and a text or number of each kind that the schema takes there. */
export function samplesOf(schema: JsonSchema): Sample[] {
  return distinct([...walk(schema, [], value => value)].filter(({ extra }) => typeof extra === 'object' && extra !== null), ({ extra }) => JSON.stringify(extra));
}

/** The first sample of each setting. */
export function onePerSetting(samples: readonly Sample[]): Sample[] {
  return distinct(samples, ({ where }) => where);
}

function distinct(samples: readonly Sample[], idOf: (sample: Sample) => string): Sample[] {
  return [...new Map([...samples].reverse().map(sample => [idOf(sample), sample])).values()].reverse();
}

function* walk(schema: JsonSchema, at: readonly string[], wrap: (value: unknown) => unknown): Generator<Sample> {
  for (const value of values(schema)) yield { where: at.join('.'), extra: wrap(value) as Sample['extra'] };
  for (const branch of [...schema.anyOf ?? [], ...schema.oneOf ?? [], ...schema.allOf ?? []]) yield* walk(branch, at, wrap);
  const needed = smallest({ ...schema, type: 'object', anyOf: undefined, oneOf: undefined, allOf: undefined }) as object;
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    yield* walk(property, [...at, key], value => wrap({ ...needed, [key]: value }));
  }
  const rest = schema.additionalProperties;
  if (typeof rest === 'object') yield* walk(rest, [...at, '*'], value => wrap({ ...needed, any: value }));
  const items = (Array.isArray(schema.items) ? schema.items[0] : schema.items) as JsonSchema | undefined;
  if (items) yield* walk(items, [...at, '0'], value => wrap(Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => value)));
}

function values(schema: JsonSchema): unknown[] {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return [...schema.enum];
  const all = [schema.type].flat().flatMap((type): unknown[] => {
    switch (type) {
      case 'string': return TEXTS;
      case 'number': case 'integer': return NUMBERS;
      case 'boolean': return [true, false];
      case 'null': return [null];
      default: return [];
    }
  });
  return all.filter(value => checkSchema(schema, value).length === 0);
}

/** The smallest value that a schema takes. */
function smallest(schema: JsonSchema): unknown {
  const [first] = values(schema);
  if (first !== undefined) return first;
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return smallest(branches[0]);
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => smallest((schema.items ?? {}) as JsonSchema));
  return Object.fromEntries((schema.required ?? []).map(key => [key, smallest(schema.properties?.[key] ?? {})]));
}

/** The configurations in the documents that OpenClaw's npm package ships: code blocks whose keys are all settings. */
export function documentedSamples(release: string, schema: JsonSchema): Sample[] {
  const folder = installOpenClaw(release);
  const { parse } = createRequire(path.join(folder, 'package.json'))('json5') as { parse(text: string): unknown };
  const docs = path.join(folder, 'docs');
  const pages = fs.readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(page => page.endsWith('.md')).sort();
  return pages.flatMap(page => [...fs.readFileSync(path.join(docs, page), 'utf8').matchAll(/^[ \t]*```json5?\b.*\n([\s\S]*?)^[ \t]*```/gm)].flatMap(([, text]) => {
    const config = attempt(() => parse(text));
    const keys = typeof config === 'object' && config !== null && !Array.isArray(config) ? Object.keys(config) : [];
    const isConfig = keys.length > 0 && keys.every(key => schema.properties?.[key]);
    return isConfig ? [{ where: page, extra: config as Sample['extra'] }] : [];
  }));
}

/** Many blocks are excerpts, which are no JSON. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
