import { spawnSync } from 'child_process';
import * as path from 'path';
import { parseArgs } from 'util';
import { installOpenClaw, node24 } from '../../scripts/openclaw';
import { NEWEST } from '../gateway/releases';

const ROOT = path.join(__dirname, '..', '..');
const USAGE = `npm run test:browser -- [--release ${NEWEST}] [--write-docs]
  --release     the release of OpenClaw whose Control UI is opened
  --write-docs  renew the picture in docs/images`;

const { values } = parseArgs({ options: { 'release': { type: 'string', default: NEWEST }, 'write-docs': { type: 'boolean' }, 'help': { type: 'boolean' } } });
if (values.help) {
  console.log(USAGE);
} else {
  if (process.platform !== 'linux' || process.getuid!() !== 0) throw new Error('the browser suite needs root on Linux, for the network in which it keeps everything');
  node24();
  installOpenClaw(values.release);
  const jest = [path.join(ROOT, 'node_modules', '.bin', 'jest'), '--ci', '--runInBand', '--testMatch', '**/test/browser/*.suite.ts'];
  const env = { ...process.env, CI: 'true', OPENCLAW_RELEASE: values.release, ...values['write-docs'] && { WRITE_DOCS: 'true' } };
  const { status } = spawnSync(path.join(ROOT, 'test', 'gateway', 'pod', 'box.sh'), [process.execPath, ...jest], { cwd: ROOT, env, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
