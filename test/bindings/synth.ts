import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { run } from './run';

export const ROOT = path.join(__dirname, '..', '..');

export interface Synthesised {
  /** The manifests, by file name. */
  readonly manifests: Record<string, string>;

  /** The files of a report in the folder `report`, where the app writes one. */
  readonly report: Record<string, string>;

  /** What the app has to say besides. */
  readonly summary: string;
}

/** Runs `cdk8s synth` in a folder, with the output elsewhere. */
export function synth(folder: string, env?: NodeJS.ProcessEnv, ...options: string[]): Synthesised {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-synth-'));
  try {
    const { stderr } = run(path.join(ROOT, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false', '--output', out, ...options], { cwd: folder, env });
    const files = fs.readdirSync(out, { withFileTypes: true }).filter(entry => entry.isFile()).map(({ name }) => name).sort();
    return { manifests: texts(out, files), report: reportIn(out), summary: stderr };
  } finally {
    fs.rmSync(out, { recursive: true, force: true }); // cdk8s has removed it already when the app fails
  }
}

/** The files of a report that an app has written beside its manifests. */
export function reportIn(out: string): Record<string, string> {
  const folder = path.join(out, 'report');
  return fs.existsSync(folder) ? texts(folder, fs.readdirSync(folder).sort()) : {};
}

function texts(folder: string, files: string[]): Record<string, string> {
  return Object.fromEntries(files.map(file => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
}

/** The TypeScript app that the other languages repeat. */
export function synthTypeScript(): Synthesised {
  return synth(path.join(ROOT, 'examples/multi-provider'));
}
