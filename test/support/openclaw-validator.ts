import { execFile } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { promisify } from 'util';
import { installOpenClaw, node24 } from '../../scripts/openclaw';

export interface Complaint {
  /** Where in openclaw.json, as OpenClaw writes it. */
  readonly path: string;
  readonly message: string;
}

/** What the real OpenClaw of a version says against each of many configurations, warnings too. One process does them all, at some milliseconds each. */
export async function validateConfigs(release: string, configs: readonly object[]): Promise<Complaint[][]> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-validate-'));
  try {
    const [input, output] = [path.join(home, 'configs.json'), path.join(home, 'complaints.json')];
    fs.writeFileSync(input, JSON.stringify(configs));
    const env = { PATH: process.env.PATH, HOME: home, OPENCLAW_STATE_DIR: path.join(home, 'state'), OPENCLAW_NIX_MODE: '1' };
    await promisify(execFile)(node24(), [path.join(__dirname, 'validate-configs.mjs'), installOpenClaw(release), input, output], { env, cwd: home });
    return JSON.parse(fs.readFileSync(output, 'utf8'));
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}
