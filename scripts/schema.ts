/**
 * Writes catalog/<release>.schema.json.gz, the configuration schema of each release in packed form.
 *
 *   tsx scripts/schema.ts            writes
 *   tsx scripts/schema.ts --check    exits with 1 when a committed file is not what the release prints
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { installOpenClaw, node24 } from './openclaw';
import { CATALOG_RELEASES } from './releases';
import { compressSchema, packSchema } from './schema-pack';

const CATALOG = path.join(__dirname, '..', 'catalog');

function printedSchema(release: string): Record<string, unknown> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-schema-'));
  try {
    const openclaw = path.join(installOpenClaw(release), 'openclaw.mjs');
    const env = { PATH: process.env.PATH, HOME: home, OPENCLAW_STATE_DIR: path.join(home, 'state') };
    return JSON.parse(execFileSync(node24(), [openclaw, 'config', 'schema'], { env, maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' }));
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

let stale = 0;
for (const release of CATALOG_RELEASES) {
  const file = path.join(CATALOG, `${release}.schema.json.gz`);
  const bytes = compressSchema(packSchema(printedSchema(release)));
  if (!process.argv.includes('--check')) {
    fs.writeFileSync(file, bytes);
    console.log(`${release}: ${bytes.length} bytes`);
  } else if (!fs.existsSync(file) || !fs.readFileSync(file).equals(bytes)) {
    stale++;
    console.error(`${release}: ${path.relative(process.cwd(), file)} is stale; run the script without --check`);
  }
}
process.exitCode = stale ? 1 : 0;
