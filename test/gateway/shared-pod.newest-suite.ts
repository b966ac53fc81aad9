import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { MODELS } from './gateways';
import { mounted } from './mounted';
import { Container } from './pod/container';
import { scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { ModelGuard } from '../../src/index';
import { GUARD_USER, USER } from '../../src/pod/container';
import { eventually } from '../support/eventually';

const THIEF = fs.readFileSync(path.join(__dirname, 'pod', 'thief.py'), 'utf8');
const PYTHON = ['/usr/bin/python3', '-c', THIEF];
const GUARD = 'model-guard';
const SOON_MS = 60_000;

/** The sockets of a process, by the lines of a table of the kernel that tell them. */
function socketsOf({ pid }: Container, table: string, column: number): string[][] {
  const inodes = fs.readdirSync(`/proc/${pid}/fd`).map(fd => /^socket:\[(\d+)\]$/.exec(fs.readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]);
  return fs.readFileSync(`/proc/${pid}/net/${table}`, 'latin1').split('\n').map(line => line.trim().split(/\s+/)).filter(cells => inodes.includes(cells[column]));
}

describe('an agent with a shell, beside a guard in its pod', () => {
  const gateway = new SharedGateway(() => mounted(undefined, { guard: ModelGuard.sidecar() }));
  const guard = () => gateway.pod.guard!;

  /** In the gateway's container, as its user. */
  const steal = async (...args: string[]) => JSON.parse(await gateway.pod.gateway.execute([...PYTHON, ...args]));
  /** As a user who sees the guard's process, as with `shareProcessNamespace`. */
  const attack = (user: number) => JSON.parse(execFileSync('setpriv', [
    '--reuid', user, '--regid', user, '--groups', USER, '--inh-caps=-all', '--bounding-set=-all', '--no-new-privs', '--', ...PYTHON, 'process', guard().pid,
  ].map(String), { encoding: 'utf8', cwd: '/' }));
  const isReady = async () => await gateway.pod.status('/policy', 9402) === 200;

  async function restartGuard(): Promise<void> {
    await gateway.pod.restart(GUARD);
    await eventually('the guard is ready', isReady, SOON_MS);
  }

  scenario('cannot listen at the ports of the guard', async () => {
    const tries = await steal('listen', '9400', '9402', '0');
    expect(Object.entries(tries).filter(([where]) => !where.endsWith(' 0')).map(([where, seen]) => [where, seen])).toEqual(
      ['9400', '9402'].flatMap(port => ['127.0.0.1', '0.0.0.0', '::', '::ffff:127.0.0.1'].map(host => [`${host} ${port}`, ['EADDRINUSE']])));
    expect(tries['127.0.0.1 0']).toEqual(['done']);
  });

  scenario('who listens at a port of the guard before it keeps the guard from starting, and the pod is not ready', async () => {
    const thief = gateway.pod.gateway.spawn([...PYTHON, 'hold', '9400']);
    guard().kill('SIGKILL');
    await new Promise(resolve => thief.stdout!.once('data', resolve));
    await gateway.pod.restart(GUARD);
    expect(await guard().exited).toMatchObject({ code: 1 });
    expect(guard().log).toContain('cannot bind');
    expect(await gateway.pod.status('/policy', 9402)).toBeUndefined();
    thief.stdin!.end();
    await new Promise(resolve => thief.once('close', resolve));
    await restartGuard();
    expect(await gateway.way()).toBe(wayOf(MODELS.anthropic));
  });

  scenario('finds no file of the guard, and no socket but its two ports', async () => {
    const seen = await gateway.pod.gateway.execute(['/bin/sh', '-c', 'ls -d /etc/guard /run/guard; grep -c guard /proc/mounts; ls /proc | grep -c "^[0-9]"']);
    expect(seen).toMatch(/^(ls: cannot access '\/(etc|run)\/guard': No such file or directory\n){2}0\n/);
    const paths = socketsOf(guard(), 'unix', 6).map(cells => cells[7]).filter(Boolean); // one that begins with @ has no file
    expect(new Set(paths)).toEqual(new Set(['/run/guard/admin.sock']));
    const listening = ['tcp', 'tcp6'].flatMap(table => socketsOf(guard(), table, 9)).filter(cells => cells[3] === '0A').map(cells => cells[1]);
    expect(listening.sort()).toEqual(['00000000:24BA', '0100007F:24B8']); // 0.0.0.0:9402, 127.0.0.1:9400
    const answers = ['/', '/quitquitquit', '/config_dump', '/runtime_modify?a=b', '/logging?level=trace', '/certs', '/listeners'].map(async at =>
      (await fetch(`http://127.0.0.1:9402${at}`, { method: 'POST' })).status);
    expect(new Set(await Promise.all(answers))).toEqual(new Set([403]));
    expect(await isReady()).toBe(true);
  });

  scenario('shares no memory with the guard, and what it leaves there does not keep the guard from starting', async () => {
    expect(await steal('memory', String(GUARD_USER))).toEqual([]);
    expect(await gateway.pod.gateway.execute(['/bin/sh', '-c', 'for name in envoy_shared_memory_0 guard; do echo >/dev/shm/$name; done'])).toBe('');
    expect(fs.readdirSync(guard().seenAs('/dev/shm'))).toEqual(expect.arrayContaining(['envoy_shared_memory_0', 'guard']));
    guard().kill('SIGKILL');
    await restartGuard();
  });

  scenario('can neither read, signal nor change the process of the guard where the pod shares its processes', () => {
    const { signal, urgent, ptrace, process_vm_readv: memory, limits, priority, affinity, 'file descriptor': descriptor, ...files } = attack(USER);
    expect(new Set(Object.values(files))).toEqual(new Set(['EACCES']));
    expect([signal, urgent, ptrace, memory, limits, priority, affinity, descriptor]).toEqual(Array.from({ length: 8 }, () => 'EPERM'));
    const own = attack(GUARD_USER); // the attempts work where the user is the same
    expect([own.environ, own.signal, own['root/etc/guard/keys/anthropic/key'], own.affinity]).toEqual(['done', 'done', 'done', 'done']);
    return Promise.resolve();
  });
});
