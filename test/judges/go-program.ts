import { execFileSync } from 'child_process';
import * as path from 'path';
import { cached } from '../bindings/cache';

/** A program of a Go module, built once on this machine. */
export function goProgram(module: string, version: string): string {
  const name = path.basename(module);
  const folder = cached(name, [version], GOBIN => execFileSync('go', ['install', `${module}@${version}`], {
    env: { ...process.env, GOBIN, GOFLAGS: '-mod=mod' }, stdio: 'pipe', cwd: '/',
  }));
  return path.join(folder, name);
}
