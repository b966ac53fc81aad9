import { ChildProcess, execFileSync, spawn } from 'child_process';
import * as fs from 'fs';
import * as net from 'net';
import * as path from 'path';
import { HOST } from './fixture';
import { GuardFiles } from '../../support/guard-files';

/** Of the guard's container. */
export const USER = 65532;
const READY_MS = 15_000;
const ROOT = process.getuid?.() === 0;

/** A guard as its manifests say, on this machine: the real Envoy, as the user of the pod where this runs as root. */
export class RunningGuard {
  public static async start(manifests: any[], { wait = true }: { wait?: boolean } = {}): Promise<RunningGuard> {
    const [guard, metrics] = await freePorts(2);
    const running = new RunningGuard(new GuardFiles(local(manifests), { guard, metrics }), guard, metrics);
    if (wait) await running.until(200);
    return running;
  }

  public log = '';
  public exited!: Promise<number | null>;
  private process!: ChildProcess;

  private constructor(public readonly files: GuardFiles, public readonly port: number, public readonly metricsPort: number) {
    if (ROOT) execFileSync('chown', ['-R', `${USER}:${USER}`, files.root]);
    this.launch();
  }

  private launch(): void {
    const { command: [program, ...args], root, wrapper } = this.files;
    const [start, ...rest] = [...wrapper, ROOT ? reachable(program, root) : program, ...args];
    const env = wrapper.length > 0 ? { PATH: process.env.PATH } : {};
    this.process = spawn(start, rest, { stdio: ['ignore', 'pipe', 'pipe'], env, ...ROOT && { uid: USER, gid: USER } });
    for (const stream of [this.process.stdout!, this.process.stderr!]) stream.on('data', text => { this.log += text; });
    this.exited = new Promise(resolve => this.process.on('exit', resolve));
  }

  /** Kills the guard, and starts another one on what it leaves. */
  public async restart(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
    this.launch();
    await this.until(200);
  }

  public get pid(): number {
    return this.process.pid!;
  }

  public get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Memory in MiB, and the most that there was. */
  public get memory(): { readonly now: number; readonly peak: number } {
    const status = fs.readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const [now, peak] = ['VmRSS', 'VmHWM'].map(name => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)![1]) / 1024);
    return { now, peak };
  }

  /** The status of the probe that knows whether there is a policy; undefined where nobody answers. */
  public async policy(probe = '/policy'): Promise<number | undefined> {
    return fetch(`http://127.0.0.1:${this.metricsPort}${probe}`).then(({ status }) => status, () => undefined);
  }

  public async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.metricsPort}/stats/prometheus`)).text();
  }

  /** The sum of a metric's values, of those lines that hold all the parts given. */
  public async metric(name: string, ...parts: string[]): Promise<number> {
    const lines = (await this.metrics()).split('\n').filter(line => line.startsWith(`${name}{`) && parts.every(part => line.includes(part)));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  /** The whole lines of the access log, parsed. */
  public get requests(): any[] {
    return this.log.split('\n').slice(0, -1).filter(line => line.startsWith('{')).map(line => JSON.parse(line));
  }

  public apply(manifests: any[], link = true): void {
    this.files.apply(local(manifests), link);
    if (ROOT) execFileSync('chown', ['-R', `${USER}:${USER}`, this.files.root]);
  }

  /** Waits until the probe answers so. */
  public async until(status: number | undefined): Promise<void> {
    const deadline = performance.now() + READY_MS;
    while (await this.policy() !== status) {
      if (performance.now() > deadline || !this.running) throw new Error(`the guard does not answer ${status}; its log ends\n${this.log.slice(-3000)}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  public async stop(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
    this.files.remove();
  }
}

/** The same program where every user finds it. */
function reachable(program: string, folder: string): string {
  const twin = path.join(folder, path.basename(program));
  if (fs.existsSync(twin)) return twin;
  try {
    fs.linkSync(program, twin);
  } catch { // another file system
    fs.copyFileSync(program, twin);
  }
  return twin;
}

/** The stand-ins' name has no meaning here. */
function local(manifests: any[]): any[] {
  return JSON.parse(JSON.stringify(manifests).split(`\\"address\\":\\"${HOST}\\"`).join('\\"address\\":\\"127.0.0.1\\"'));
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => net.createServer());
  await Promise.all(servers.map(server => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))));
  const ports = servers.map(server => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
