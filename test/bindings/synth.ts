import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { run } from './run';

export const ROOT = path.join(__dirname, '..', '..');

export interface Synthesised {
  /** The manifests, by file name. */
  readonly manifests: Record<string, string>;

  /** What the app has to say besides. */
  readonly summary: string;
}

/** Runs `cdk8s synth` in a folder, with the output elsewhere. */
export function synth(folder: string, env?: NodeJS.ProcessEnv, ...options: string[]): Synthesised {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-synth-'));
  try {
    const { stderr } = run(path.join(ROOT, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false', '--output', out, ...options], { cwd: folder, env });
    const manifests = Object.fromEntries(fs.readdirSync(out).sort().map(file => [file, fs.readFileSync(path.join(out, file), 'utf8')]));
    return { manifests, summary: stderr };
  } finally {
    fs.rmSync(out, { recursive: true, force: true }); // cdk8s has removed it already when the app fails
  }
}

/** The TypeScript app that the other languages repeat. */
export function synthTypeScript(): Synthesised {
  return synth(path.join(ROOT, 'examples/multi-provider'));
}
