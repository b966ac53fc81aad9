import { execFile } from 'child_process';
import * as fs from 'fs';
import { promisify } from 'util';
import { RunningPod } from '../gateway/pod/running-pod';

/** Runs a command as `kubectl exec` does: in the gateway's container, with its variables and its user. */
export async function execInPod({ gateway: { pid, spec } }: RunningPod, ...command: string[]): Promise<string> {
  const variables = fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(line => line !== '');
  const env = Object.fromEntries(variables.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const enter = ['--target', pid, '--mount', '--pid', '--root', '--'];
  const become = ['setpriv', '--reuid', spec.uid, '--regid', spec.gid, '--groups', spec.fsGroup, '--', 'sh', '-c', 'cd / && exec "$@"', 'sh'];
  const { stdout } = await promisify(execFile)('nsenter', [...enter, ...become, ...command].map(String), { env, encoding: 'utf8', timeout: 60_000 });
  return stdout;
}
