import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const CHECKOUT = path.join(__dirname, '..', '..');

const CONSUMER = path.join(__dirname, 'consumer');

/** The versions that the library itself is built with: the oldest that it allows. */
export const OLDEST_PEERS = (() => {
  const { devDependencies, peerDependencies } = JSON.parse(fs.readFileSync(path.join(CHECKOUT, 'package.json'), 'utf8'));
  return Object.keys(peerDependencies).map(name => `${name}@${devDependencies[name]}`);
})();

export interface Tarball {
  readonly file: string;
  readonly size: number;
  /** Paths inside the package, sorted. */
  readonly files: string[];
}

export function scratchFolder(name: string): string {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `cdk8s-openclaw-${name}-`)));
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', [...args, '--loglevel', 'error'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What `npm publish` would send. */
export function pack(folder: string): Tarball {
  const [{ filename, size, files }] = JSON.parse(npm(CHECKOUT, 'pack', '--json', '--pack-destination', folder));
  return { file: path.join(folder, filename), size, files: files.map((file: { path: string }) => file.path).sort() };
}

/** A project of its own, with the package installed as from the registry. */
export function installedProject(folder: string, tarball: Tarball, peers: string[]): string {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  npm(folder, 'install', '--no-audit', '--no-fund', tarball.file, ...peers);
  return folder;
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(node: string, folder: string, args: string[], outdir = path.join(folder, 'dist')): Run {
  const env = { PATH: process.env.PATH, HOME: folder, CDK8S_OUTDIR: outdir };
  const { status, stdout, stderr } = spawnSync(node, args, { cwd: folder, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

export const SUCCESS: Run = { status: 0, stdout: '', stderr: '' };

const TSC = path.join(CHECKOUT, 'node_modules', 'typescript', 'bin', 'tsc');

/** Compiles the consumer's files, and with them the declarations of every package that they import. */
export function compile(project: string, outDir: string, options: string[]): Run {
  fs.cpSync(CONSUMER, project, { recursive: true });
  return compileFiles(project, fs.readdirSync(CONSUMER), outDir, ['--skipLibCheck', 'false', ...options]);
}

/** Compiles files of a project, strictly. */
export function compileFiles(project: string, files: string[], outDir: string, options: string[]): Run {
  return run(process.execPath, project, [TSC, ...files, '--strict', '--target', 'es2022', '--outDir', outDir, ...options]);
}

/** The files that the compiler reads for the consumer's. */
export function filesReadBy(project: string): string[] {
  fs.cpSync(CONSUMER, project, { recursive: true });
  return run(process.execPath, project, [TSC, ...fs.readdirSync(CONSUMER), '--module', 'node16', '--listFilesOnly']).stdout.trim().split('\n');
}

/** The text of each file in a folder. */
export function filesIn(folder: string): { [name: string]: string } {
  return Object.fromEntries(fs.readdirSync(folder).sort().map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}
