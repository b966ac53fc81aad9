import * as crypto from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';
import { readCatalog } from './catalog-reader';
import { cacheFolder, withPackage } from './openclaw';
import { printedSchema } from './schema-reader';
import { CatalogData } from '../src/models/catalog';
import { OFFICIAL } from '../src/models/provider';

/** What the npm package of a version says. */
export interface ReleaseFacts {
  readonly catalog: CatalogData;
  /** The schema of the configuration, as `openclaw config schema` prints it. */
  readonly schema: Record<string, unknown>;
}

/** What is read depends on these alone: a published package never changes. */
const READERS = ['catalog-reader.ts', 'schema-reader.ts', 'settings-reader.ts'];

function cached(release: string): string {
  const hash = crypto.createHash('sha256').update(JSON.stringify(OFFICIAL.map(({ id, baseUrl, _facts }) => [id, baseUrl, _facts.traits.catalogFunction])));
  for (const file of READERS) hash.update(fs.readFileSync(path.join(__dirname, file)));
  return path.join(cacheFolder(), 'facts', `${release}-${hash.digest('hex').slice(0, 12)}.json.gz`);
}

/** The facts of a version: read from its package once, then kept in the cache until a reader changes. */
export function releaseFacts(release: string): ReleaseFacts {
  const file = cached(release);
  if (fs.existsSync(file)) return JSON.parse(zlib.gunzipSync(fs.readFileSync(file)).toString('utf8'));
  const facts = withPackage(release, folder => ({ catalog: readCatalog(folder), schema: printedSchema(folder) }));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  fs.writeFileSync(unfinished, zlib.gzipSync(JSON.stringify(facts)));
  fs.renameSync(unfinished, file);
  return facts;
}
