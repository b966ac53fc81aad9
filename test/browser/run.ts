import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { installOpenClaw, node24 } from '../../scripts/openclaw';
import { NEWEST } from '../gateway/releases';

const ROOT = path.join(__dirname, '..', '..');
const USAGE = `npm run test:browser -- [--release ${NEWEST}] [--write-docs]
  --release     the version of OpenClaw whose Control UI is opened
  --write-docs  renew the picture in docs/images`;

/** Opens the Control UI of a version, in a network of its own. */
function tryRelease(release: string, writeDocs: boolean | undefined): { readonly status: string }[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-suite-'));
  const file = path.join(folder, 'results');
  const jest = [
    path.join(ROOT, 'node_modules', '.bin', 'jest'), '--ci', '--runInBand', '--testMatch', '**/test/browser/*.suite.ts',
    '--reporters', path.join(ROOT, 'test', 'support', 'scenario-reporter.js'),
  ];
  const env = { ...process.env, CI: 'true', OPENCLAW_RELEASE: release, SCENARIO_LABEL: release, SCENARIO_RESULTS: file, ...writeDocs && { WRITE_DOCS: 'true' } };
  try {
    spawnSync(path.join(ROOT, 'test', 'gateway', 'pod', 'box.sh'), [process.execPath, ...jest], { cwd: ROOT, env, stdio: 'inherit' });
    if (!fs.existsSync(file)) throw new Error(`the run for ${release} broke off`);
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { 'release': { type: 'string', default: NEWEST }, 'write-docs': { type: 'boolean' }, 'help': { type: 'boolean' } } });
if (values.help) {
  console.log(USAGE);
} else {
  if (process.platform !== 'linux' || process.getuid!() !== 0) throw new Error('the browser suite needs root on Linux, for the network in which it keeps everything');
  node24();
  installOpenClaw(values.release);
  const results = tryRelease(values.release, values['write-docs']);
  const passed = results.filter(({ status }) => status === 'passed').length;
  console.log(`${passed} passed, ${results.length - passed} failed`);
  if (passed < results.length || passed === 0) process.exitCode = 1;
}
