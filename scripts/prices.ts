/**
 * Writes catalog/prices.json: what models cost according to a public list, for those without a price in OpenClaw's catalog.
 *
 *   tsx scripts/prices.ts            writes
 *   tsx scripts/prices.ts --check    exits with 1 when the committed file is not what the list says
 *
 * The list is the one that the Python package litellm (MIT) carries. Only its facts are taken: the prices of tokens.
 */
import * as fs from 'fs';
import * as path from 'path';
import { priceList } from './price-list-reader';

/** Raise both together. */
const LITELLM = { version: '1.110.2', date: '2026-11-30' };

const FILE = path.join(__dirname, '..', 'catalog', 'prices.json');
const text = priceList(LITELLM.version, LITELLM.date);

if (!process.argv.includes('--check')) {
  fs.writeFileSync(FILE, text);
} else if (!fs.existsSync(FILE) || fs.readFileSync(FILE, 'utf8') !== text) {
  console.error('catalog/prices.json is stale; run the script without --check');
  process.exitCode = 1;
}
