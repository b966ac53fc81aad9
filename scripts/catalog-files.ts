import * as zlib from 'zlib';
import { catalogText } from './catalog-text';
import { ReleaseFacts } from './release-facts';
import { normalSchema } from './schema-normal-form';
import { JsonSchema } from '../src/extra-config/schema';
import { schemasAt } from '../src/extra-config/schema-path';
import { CatalogData } from '../src/models/catalog';

/** The texts of the generated files of `catalog/`. */
export interface CatalogFiles {
  /** By name, as they are. */
  readonly texts: { readonly [name: string]: string };
  /** Of `schemas.br`, which is compressed: the schemas of all versions are 9 MB of nearly the same lines. */
  readonly schemas: string;
}

/** The first version that has this text, or this one, which is then remembered. */
function share(known: Map<string, string>, text: string, release: string): string {
  if (!known.has(text)) known.set(text, release);
  return known.get(text)!;
}

/**
 * The catalog with what the configuration may repeat of each model's `compat`: the manifests of 2026.7.34 have a `codeMode`, which that version
 * itself refuses in openclaw.json.
 */
function configurable(catalog: CatalogData, schema: JsonSchema): CatalogData {
  const known = schemasAt(schema, ['models', 'providers', 'any', 'models', 0, 'compat']).flatMap(({ properties = {} }) => Object.keys(properties));
  const entries = Object.entries(catalog.providers).map(([id, provider]) => [id, {
    ...provider,
    models: Object.fromEntries(Object.entries(provider.models).map(([model, { compat, ...row }]) => {
      const accepted = Object.entries(compat ?? {}).filter(([setting]) => known.includes(setting));
      return [model, { ...row, ...accepted.length > 0 && { compat: Object.fromEntries(accepted) } }];
    })),
  }]);
  return { ...catalog, providers: Object.fromEntries(entries) };
}

/** What is stored of the facts of versions, oldest first. */
export function catalogFiles(facts: readonly (readonly [release: string, facts: ReleaseFacts])[]): CatalogFiles {
  const catalogs = new Map<string, string>();
  const schemas = new Map<string, string>();
  const index = facts.map(([release, { catalog, schema: printed }]) => {
    const schema = normalSchema(printed);
    return `  "${release}": ${JSON.stringify({
      catalog: share(catalogs, catalogText(configurable(catalog, schema)), release),
      schema: share(schemas, JSON.stringify(schema), release),
    })}`;
  });
  return {
    texts: {
      ...Object.fromEntries([...catalogs].map(([text, release]) => [`${release}.json`, text])),
      'versions.json': `{\n${index.join(',\n')}\n}\n`,
    },
    schemas: [...schemas].map(([text, release]) => `${release} ${text}`).join('\n'),
  };
}

/** The widest window, so that each schema is stored as its difference from another one. */
export function compressSchemas(text: string): Buffer {
  const { BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = { [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS, [BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) };
  return zlib.brotliCompressSync(text, { params });
}
