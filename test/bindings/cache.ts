import { createHash } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ROOT } from './synth';

/** A folder made by `make` for the inputs, once on this machine. */
export function cached(name: string, inputs: string[], make: (folder: string) => void): string {
  const key = createHash('sha256').update(inputs.join('\n')).digest('hex').slice(0, 16);
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'cdk8s-openclaw', `${name}-${key}`);
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    const draft = fs.mkdtempSync(`${folder}.`);
    try {
      make(draft);
      if (!fs.existsSync(folder)) fs.renameSync(draft, folder);
    } finally {
      fs.rmSync(draft, { recursive: true, force: true });
    }
  }
  return folder;
}

/** The version of an installed npm package. */
export function versionOf(module: string): string {
  return JSON.parse(fs.readFileSync(path.join(ROOT, 'node_modules', module, 'package.json'), 'utf8')).version;
}

/** What code generated for the peers depends on, besides the code that asks for it. */
export function peerVersions(): string[] {
  return ['jsii-pacmak', 'cdk8s', 'cdk8s-plus-28', 'constructs'].map(module => `${module}@${versionOf(module)}`);
}
