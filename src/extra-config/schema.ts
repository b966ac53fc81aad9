import { readFileSync } from 'fs';
import { packageFile } from '../package-file';
import { storedFacts } from '../release/stored-facts';

/** The part of JSON Schema that OpenClaw's configuration schemas use, `$ref` resolved. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly additionalItems?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
}

const schemas = new Map<string, JsonSchema>();
let stored: readonly string[] | undefined;

/** The schemas as they are stored: a line each, which begins with the version. */
function lines(): readonly string[] {
  const zlib = process.getBuiltinModule('zlib'); // not at import: most programs read no schema
  return stored ??= zlib.brotliDecompressSync(readFileSync(packageFile('catalog', 'schemas.br'))).toString().split('\n');
}

/**
 * The configuration schema of a version, or of the nearest one that was read.
 *
 * The schema is what `openclaw config schema` prints with the bundled plugins. `openclaw config validate` is stricter
 * still: it also resolves model references, plugin ids and some relations between settings.
 */
export function configSchema(release: string): JsonSchema {
  const at = storedFacts(release).schema;
  let schema = schemas.get(at);
  if (!schema) {
    schema = JSON.parse(lines().find(line => line.startsWith(`${at} `))!.slice(at.length + 1)) as JsonSchema;
    schemas.set(at, schema);
  }
  return schema;
}
