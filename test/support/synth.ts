import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Chart, Yaml } from 'cdk8s';
import { reportIn } from '../bindings/synth';

const ROOT = path.join(__dirname, '..', '..');

/** The folders under examples/ that `cdk8s synth` turns into manifests with what this checkout has installed. */
export const EXAMPLES = fs.readdirSync(path.join(ROOT, 'examples'), { withFileTypes: true })
  .filter(entry => entry.isDirectory() && fs.existsSync(path.join(entry.parentPath, entry.name, 'cdk8s.yaml')))
  .filter(entry => Yaml.load(path.join(entry.parentPath, entry.name, 'cdk8s.yaml'))[0].language === 'typescript')
  .map(entry => entry.name)
  .sort();

/** What `cdk8s synth` makes of an example. */
export interface SynthesisedExample {
  /** The text of each file. */
  readonly texts: { [file: string]: string };
  /** The objects in each file. */
  readonly objects: { [file: string]: any[] };
  /** The files of the report that the example writes, if it does. */
  readonly report: { [file: string]: string };
  /** What the example printed for people. */
  readonly printed: string;
}

export function synthExample(name: string): SynthesisedExample {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-example-'));
  try {
    const { status, stdout, stderr } = spawnSync(path.join(ROOT, 'node_modules', '.bin', 'cdk8s'), ['synth', '--check-upgrade=false', '--output', outdir], {
      cwd: path.join(ROOT, 'examples', name),
      encoding: 'utf8',
      env: { ...process.env, npm_config_loglevel: 'error' }, // npm's own warnings depend on the machine
    });
    if (status !== 0) throw new Error(`cdk8s synth of example '${name}' failed:\n${stdout}${stderr}`);
    const files = fs.readdirSync(outdir).filter(file => file.endsWith('.yaml')).sort();
    const perFile = <T>(read: (file: string) => T) => Object.fromEntries(files.map(file => [file, read(path.join(outdir, file))]));
    return { texts: perFile(file => fs.readFileSync(file, 'utf8')), objects: perFile(Yaml.load), report: reportIn(outdir), printed: stderr };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/** The objects of the Chart that a function makes. */
export function synthChart(build: (app: App) => Chart): any[] {
  const app = new App({ outdir: path.join(os.tmpdir(), 'never-written') });
  return build(app).toJson();
}
