import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { node24 } from './openclaw';

/** The schema of the configuration as the OpenClaw in a folder prints it. */
export function printedSchema(folder: string): Record<string, unknown> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-schema-'));
  try {
    const openclaw = path.join(folder, 'openclaw.mjs');
    const env = { PATH: process.env.PATH, HOME: home, OPENCLAW_STATE_DIR: path.join(home, 'state') };
    return JSON.parse(execFileSync(node24(), [openclaw, 'config', 'schema'], { env, maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' }));
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}
