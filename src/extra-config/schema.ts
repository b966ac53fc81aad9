import { readdirSync, readFileSync } from 'fs';
import { packageFile } from '../package-file';
import { compareReleases } from '../release/compare';
import { newestAtOrBelow } from '../release/features';

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

const SUFFIX = '.schema.json.gz';
let releases: readonly string[] | undefined;
const schemas = new Map<string, JsonSchema>();

/** The versions whose schema is shipped, oldest first. */
export function schemaReleases(): readonly string[] {
  releases ??= readdirSync(packageFile('catalog'))
    .filter(file => file.endsWith(SUFFIX))
    .map(file => file.slice(0, -SUFFIX.length))
    .sort(compareReleases);
  return releases;
}

/**
 * The configuration schema of a version: the newest that is shipped at or below it, else the oldest.
 *
 * The schema is what `openclaw config schema` prints with the bundled plugins. `openclaw config validate` is stricter
 * still: it also resolves model references, plugin ids and some relations between settings.
 */
export function configSchema(release: string): JsonSchema {
  const at = newestAtOrBelow(release, schemaReleases());
  let schema = schemas.get(at);
  if (!schema) {
    const zlib = process.getBuiltinModule('zlib'); // not at import: most programs read no schema
    schema = JSON.parse(zlib.gunzipSync(readFileSync(packageFile('catalog', at + SUFFIX))).toString('utf8')) as JsonSchema;
    schemas.set(at, schema);
  }
  return schema;
}
