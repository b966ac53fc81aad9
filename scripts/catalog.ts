/**
 * Writes catalog/<version>.json: what the npm package of each version says about models, provider ids and plugins.
 *
 *   tsx scripts/catalog.ts            writes
 *   tsx scripts/catalog.ts --check    exits with 1 when a committed file is not what the package says
 */
import * as fs from 'fs';
import * as path from 'path';
import { readCatalog } from './catalog-reader';
import { catalogText } from './catalog-text';
import { installOpenClaw } from './openclaw';
import { CATALOG_RELEASES } from './releases';

let stale = 0;
for (const release of CATALOG_RELEASES) {
  const file = path.join(__dirname, '..', 'catalog', `${release}.json`);
  const text = catalogText(readCatalog(installOpenClaw(release)));
  if (!process.argv.includes('--check')) {
    fs.writeFileSync(file, text);
    console.log(`${release}: ${text.length} bytes`);
  } else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
    stale++;
    console.error(`${release}: ${path.relative(process.cwd(), file)} is stale; run the script without --check`);
  }
}
process.exitCode = stale ? 1 : 0;
