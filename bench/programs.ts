import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Yaml } from 'cdk8s';
import { PRIVATE_IPV4, PRIVATE_IPV6 } from '../src/network/closed-network';

const APPS = path.join(__dirname, 'apps');

/** What an app of bench/apps says of itself; times are CPU seconds, those of its own children and of Node's start left out. */
export interface Measured {
  readonly construct: number;
  readonly cpu: number;
  readonly wall: number;
  readonly megabytes: number;
}

export function runApp(app: string, args: string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync(process.execPath, [path.join(APPS, `${app}.js`), ...args], { env: { ...process.env, ...env }, encoding: 'utf8' });
}

export function measure(app: string, count: number, outdir: string, env?: NodeJS.ProcessEnv): Measured {
  fs.rmSync(outdir, { recursive: true, force: true });
  return JSON.parse(runApp(app, [String(count), outdir], env)) as Measured;
}

/** Wall and CPU seconds of a whole program, its start included. */
export function time(command: string, args: string[]): { readonly wall: number; readonly cpu: number } {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" > /dev/null';
  const env = { ...process.env, LC_ALL: 'C' }; // else bash may print decimal commas
  const { status, stderr } = spawnSync('bash', ['-c', script, 'time', command, ...args], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stderr}`);
  const [wall, user, system] = stderr.trim().split('\n').pop()!.split(' ').map(Number);
  return { wall, cpu: user + system };
}

/** What a hand-writer has in files: the texts of a tenant's ConfigMaps, and the annotation that hangs on them. */
export function writeHandWrittenFiles(folder: string, manifests: string): void {
  fs.mkdirSync(folder, { recursive: true });
  const objects = Yaml.load(manifests) as any[];
  for (const [file, text] of objects.flatMap(object => Object.entries(object.kind === 'ConfigMap' ? object.data : {}))) {
    fs.writeFileSync(path.join(folder, file), text as string);
  }
  const { metadata } = objects.find(object => object.kind === 'Deployment').spec.template;
  fs.writeFileSync(path.join(folder, 'checksum'), metadata.annotations['cdk8s-openclaw/checksum']);
  fs.writeFileSync(path.join(folder, 'private.json'), JSON.stringify({ ipv4: PRIVATE_IPV4, ipv6: PRIVATE_IPV6 }));
}
