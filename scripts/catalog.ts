/**
 * Writes catalog/: what the npm package of each version says about models, provider ids and plugins (`<version>.json`), and its configuration
 * schema (a line of `schemas.br`). Versions with equal facts share them; `versions.json` says under which version's name they are.
 *
 *   tsx scripts/catalog.ts            writes
 *   tsx scripts/catalog.ts --check    exits with 1 when a committed file is not what the packages say
 */
import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';
import { catalogFiles, compressSchemas } from './catalog-files';
import { releaseFacts } from './release-facts';
import { RELEASES } from '../src/release/releases';

const CATALOG = path.join(__dirname, '..', 'catalog');
const SCHEMAS = 'schemas.br';
const OTHERS = ['tiers.json', 'prices.json', 'plugins.json'];

/** The text of a committed file. Compressed bytes are not compared: another version of the compressor gives others. */
function committedText(name: string): string | undefined {
  const file = path.join(CATALOG, name);
  if (!fs.existsSync(file)) return undefined;
  const bytes = fs.readFileSync(file);
  return (name === SCHEMAS ? zlib.brotliDecompressSync(bytes) : bytes).toString();
}

function factsOf(release: string) {
  const start = Date.now();
  const facts = releaseFacts(release);
  console.log(`${release}: read in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return [release, facts] as const;
}

const { texts, schemas } = catalogFiles(RELEASES.map(({ release }) => factsOf(release)));
const files: { [name: string]: string } = { ...texts, [SCHEMAS]: schemas };
const names = new Set([...Object.keys(files), ...fs.readdirSync(CATALOG).filter(name => !OTHERS.includes(name))]);
const stale = [...names].sort().filter(name => committedText(name) !== files[name]);

if (process.argv.includes('--check')) {
  for (const name of stale) console.error(`catalog/${name} is stale; run the script without --check`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const name of stale) {
    const file = path.join(CATALOG, name);
    if (!(name in files)) fs.rmSync(file);
    else fs.writeFileSync(file, name === SCHEMAS ? compressSchemas(schemas) : files[name]);
    console.log(`${name in files ? 'written' : 'removed'}: catalog/${name}`);
  }
}
