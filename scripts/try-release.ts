/**
 * Tries a version of OpenClaw that the library does not know yet, with the features of the newest one that it knows.
 *
 *   tsx scripts/try-release.ts 2026.10.1
 *
 * Prints what changed since the version whose facts would be used, then what the contract and the gateway suites say. Facts of the version
 * are written to a scratch folder, for a look at them or for adoption. Exits with 1 when something broke.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { catalogFiles } from './catalog-files';
import { releaseChanges } from './release-changes';
import { releaseFacts } from './release-facts';
import { newestAtOrBelow } from '../src/release/nearest-release';
import { RELEASES } from '../src/release/releases';

const ROOT = path.join(__dirname, '..');
const SHOWN = 40;

function writeFacts(release: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `openclaw-${release}-`));
  const { texts, schemas } = catalogFiles([[release, releaseFacts(release)]]);
  for (const [name, text] of Object.entries({ ...texts, [`${release}.schema`]: schemas })) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

function heading(text: string): void {
  console.log(`\n== ${text}`);
}

/** Runs a suite with its own output; whether it passed. */
function passes(name: string, command: string[], env: NodeJS.ProcessEnv): boolean {
  heading(name);
  const { status } = spawnSync(command[0], command.slice(1), { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  return status === 0;
}

const [release] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+(-\d+)?$/.test(release ?? '')) {
  console.error('give a version of OpenClaw, for example: npm run version:try -- 2026.10.1');
  process.exit(1);
}
const others = RELEASES.map(row => row.release).filter(each => each !== release);
const before = newestAtOrBelow(release, others);

heading(`OpenClaw ${release} against ${before}`);
console.log(`facts of ${release}: ${writeFacts(release)}`);
for (const [kind, lines] of Object.entries(releaseChanges(before, release))) {
  heading(`changed: ${kind} (${lines.length})`);
  for (const line of lines.slice(0, SHOWN)) console.log(`  ${line.length > 160 ? `${line.slice(0, 157)}...` : line}`);
  if (lines.length > SHOWN) console.log(`  and ${lines.length - SHOWN} more`);
}

const bin = (name: string) => path.join(ROOT, 'node_modules', '.bin', name);
const broken = [
  ...passes('contract: is the configuration taken', [bin('jest'), '--ci', 'test/contract/openclaw.test.ts'], { OPENCLAW_RELEASES: release }) ? [] : ['contract'],
  ...passes('gateway: are the promises kept', [bin('tsx'), 'test/gateway/run.ts', '--release', release], {}) ? [] : ['gateway'],
];
heading(broken.length === 0 ? `${release} holds` : `${release} breaks: ${broken.join(', ')}`);
process.exitCode = broken.length === 0 ? 0 : 1;
