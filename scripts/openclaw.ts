import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** Node.js by its major: the oldest that the library supports, and the newest of the others when they were added. OpenClaw runs on 24. */
const NODE_VERSIONS = { 20: '20.16.0', 22: '22.23.3', 24: '24.21.0' };

export const NODE_MAJORS = [20, 22, 24] as const;

/** Where downloads and builds are kept, outside the checkout. */
export function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'cdk8s-openclaw');
}

function npmInstall(folder: string, specs: string[], flags: string[]): void {
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel', 'error', ...flags, ...specs];
  try {
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const said = (stderr || message).split('\n').filter(line => line.trim()).slice(0, 3).join('; ');
    throw new Error(`npm could not install ${specs.join(' ')}: ${said}; check that it exists and that npm reaches its registry`);
  }
}

/** npm writes its lock last, and OpenClaw removes its mark when its own install step is done: an installation is half-finished until then. */
function isInstalled(folder: string, name: string, version: string): boolean {
  const modules = path.join(folder, 'node_modules');
  const manifest = path.join(modules, name, 'package.json');
  return fs.existsSync(path.join(modules, '.package-lock.json'))
    && !fs.existsSync(path.join(modules, name, '.openclaw-lifecycle-pending'))
    && fs.existsSync(manifest)
    && JSON.parse(fs.readFileSync(manifest, 'utf8')).version === version;
}

/** Installs beside the target and renames, so that what is at the target is complete, whoever else installs at the same time. */
function install(target: string, name: string, version: string, flags: string[], finish = (_folder: string) => {}): string {
  if (isInstalled(target, name, version)) return target;
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const folder = fs.mkdtempSync(`${target}.tmp-`);
  try {
    npmInstall(folder, [`${name}@${version}`], flags);
    finish(folder);
    if (!isInstalled(folder, name, version)) throw new Error(`npm installed something else than ${name}@${version} into ${folder}`);
    while (!isInstalled(target, name, version)) {
      try {
        if (fs.existsSync(target)) fs.renameSync(target, fs.mkdtempSync(`${folder}.replaced-`));
        fs.renameSync(folder, target);
      } catch (error) {
        // another process was faster
        if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      }
    }
    return target;
  } finally {
    const leftovers = fs.readdirSync(path.dirname(target)).filter(entry => entry.startsWith(path.basename(folder)));
    for (const entry of leftovers) fs.rmSync(path.join(path.dirname(target), entry), { recursive: true, force: true });
  }
}

/** OpenClaw's own install step; those of its dependencies fetch binaries that a gateway does not need. */
function finishOpenClaw(folder: string): void {
  const env = { PATH: process.env.PATH, HOME: folder };
  execFileSync(node24(), ['scripts/postinstall-bundled-plugins.mjs'], { cwd: path.join(folder, 'node_modules', 'openclaw'), env, stdio: 'pipe' });
}

function installationOf(release: string): string {
  return path.join(cacheFolder(), `openclaw-${release}`);
}

/** The folder of the npm package `openclaw` of a version; installed into the cache when it is not there. */
export function installOpenClaw(release: string): string {
  return path.join(install(installationOf(release), 'openclaw', release, ['--ignore-scripts'], finishOpenClaw), 'node_modules', 'openclaw');
}

/** The dependencies that OpenClaw loads to print facts about itself. */
const FOR_FACTS = [
  '@clack/prompts', '@openclaw/ai', '@openclaw/fs-safe', '@openclaw/proxyline', 'acorn', 'chalk', 'commander', 'croner', 'dotenv', 'execa',
  'hosted-git-info', 'ignore', 'import-meta-resolve', 'jiti', 'json5', 'kysely', 'ms', 'p-limit', 'p-map', 'pretty-ms', 'semver', 'tslog', 'typebox',
  'undici', 'ws', 'yaml',
];

/** Unpacks the npm package of a version, without its dependencies. */
function unpack(release: string, folder: string): void {
  fs.mkdirSync(folder);
  const args = ['pack', `openclaw@${release}`, '--pack-destination', folder, '--prefer-offline', '--silent'];
  const tarball = path.join(folder, execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim());
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
  fs.rmSync(tarball);
}

/**
 * Calls `read` with the folder of the npm package of a version: the installation in the cache, else a copy with the dependencies above,
 * which is removed afterwards.
 */
export function withPackage<T>(release: string, read: (folder: string) => T): T {
  if (isInstalled(installationOf(release), 'openclaw', release)) return read(installOpenClaw(release));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `openclaw-${release}-`));
  try {
    const target = path.join(folder, 'openclaw');
    unpack(release, target);
    const { dependencies } = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
    const specs = FOR_FACTS.filter(name => dependencies[name]).map(name => `${name}@${dependencies[name]}`);
    npmInstall(folder, specs, ['--ignore-scripts', '--omit=optional', '--prefer-offline']);
    return read(target);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder `node_modules` that an npm package of this version is in; installed into the cache when it is not there. */
export function installPackage(name: string, version: string): string {
  const target = path.join(cacheFolder(), `${name.replace(/\W+/g, '-').replace(/^-/, '')}-${version}`);
  return path.join(install(target, name, version, ['--ignore-scripts']), 'node_modules');
}

/** The file that npm packs of a package; fetched into the cache when it is not there. */
export function packedPackage(name: string, version: string): string {
  const folder = path.join(cacheFolder(), 'packages');
  const file = path.join(folder, `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(folder, { recursive: true });
    const scratch = fs.mkdtempSync(path.join(folder, 'tmp-'));
    execFileSync('npm', ['pack', `${name}@${version}`, '--pack-destination', scratch, '--silent'], { stdio: 'pipe' });
    fs.renameSync(path.join(scratch, path.basename(file)), file);
    fs.rmSync(scratch, { recursive: true });
  }
  return file;
}

/** The Node.js that OpenClaw runs on. */
export const node24 = () => nodeBinary(24);

/** A Node.js; installed into the cache when it is not there. */
export function nodeBinary(major: typeof NODE_MAJORS[number]): string {
  // the package's install step fetches the binary of the platform as one more npm package
  const target = install(path.join(cacheFolder(), `node-${major}`), 'node', NODE_VERSIONS[major], ['--ignore-scripts=false']);
  const binary = path.join(target, 'node_modules', '.bin', 'node');
  if (!fs.existsSync(binary)) throw new Error(`${binary} is missing; remove ${target} and allow npm to run install scripts`);
  return binary;
}
