/**
 * Writes catalog/<version>.schema.json.gz, the configuration schema of each version in its normal form.
 *
 *   tsx scripts/schema.ts            writes
 *   tsx scripts/schema.ts --check    exits with 1 when a committed file is not what the version prints
 */
import * as fs from 'fs';
import * as path from 'path';
import { CATALOG_RELEASES } from './releases';
import { compressSchema, normalSchema } from './schema-normal-form';
import { printedSchema } from './schema-reader';

const CATALOG = path.join(__dirname, '..', 'catalog');

let stale = 0;
for (const release of CATALOG_RELEASES) {
  const file = path.join(CATALOG, `${release}.schema.json.gz`);
  const bytes = compressSchema(normalSchema(printedSchema(release)));
  if (!process.argv.includes('--check')) {
    fs.writeFileSync(file, bytes);
    console.log(`${release}: ${bytes.length} bytes`);
  } else if (!fs.existsSync(file) || !fs.readFileSync(file).equals(bytes)) {
    stale++;
    console.error(`${release}: ${path.relative(process.cwd(), file)} is stale; run the script without --check`);
  }
}
process.exitCode = stale ? 1 : 0;
