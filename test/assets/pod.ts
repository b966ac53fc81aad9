import { ChildProcessWithoutNullStreams, spawn } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { node24 } from '../../scripts/openclaw';
import { MountedVolume } from '../support/mounted-volume';

const LIVE_SYNC = path.resolve(__dirname, '../../assets/live-sync.mjs');
const NODE = Number(process.versions.node.split('.')[0]) >= 22 ? process.execPath : node24();

export interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly [fact: string]: unknown;
}

/** Waits for a fact; the deadline only ends a test whose fact never comes. */
export async function eventually<T>(what: string, fact: () => T | undefined | false): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const found = fact();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never happened: ${what}`);
}

/** A running live-sync.mjs and what it wrote. */
export class LiveSync {
  stdout = '';
  stderr = '';
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  private readonly child: ChildProcessWithoutNullStreams;

  constructor(args: string[]) {
    this.child = spawn(NODE, [LIVE_SYNC, ...args], { env: { PATH: process.env.PATH } });
    this.child.stdout.on('data', (text: Buffer) => { this.stdout += text; });
    this.child.stderr.on('data', (text: Buffer) => { this.stderr += text; });
    this.exited = new Promise((resolve) => this.child.on('close', (code, signal) => resolve({ code, signal })));
  }

  public get log(): LogLine[] {
    return this.stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line));
  }

  /** The log without its times. */
  public get facts(): Omit<LogLine, 'time'>[] {
    return this.log.map(({ time, ...facts }) => facts);
  }

  public count(msg: string): number {
    return this.log.filter((line) => line.msg === msg).length;
  }

  public async logged(msg: string, times = 1): Promise<void> {
    await eventually(`log line '${msg}' ${times} times in\n${this.stdout}${this.stderr}`, () => this.count(msg) >= times);
  }

  public async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: string | null }> {
    this.child.kill(signal);
    return this.exited;
  }
}

/** The folders of one gateway pod. Key values of the tests start with `secret-`, so that a leak into a log is found. */
export class Pod {
  readonly dir = fs.mkdtempSync(path.join(os.tmpdir(), 'live-sync-'));
  readonly configDir = path.join(this.dir, 'config');
  readonly keysDir = path.join(this.dir, 'keys');
  readonly outDir = path.join(this.dir, 'out');
  readonly stateDir = path.join(this.dir, 'state');
  readonly processes: LiveSync[] = [];
  readonly args = ['--config', this.configDir, '--keys', this.keysDir, '--out', this.outDir];

  constructor() {
    for (const dir of ['out', 'keys', 'state']) fs.mkdirSync(path.join(this.dir, dir));
  }

  public config(files: Record<string, string> = { 'openclaw.json': '{"v":1}' }): MountedVolume {
    return new MountedVolume(this.configDir, files);
  }

  public secret(name: string, files: Record<string, string | Buffer>): MountedVolume {
    return new MountedVolume(path.join(this.keysDir, name), files);
  }

  public run(...args: string[]): LiveSync {
    const liveSync = new LiveSync([...this.args, ...args]);
    this.processes.push(liveSync);
    return liveSync;
  }

  public async once(...args: string[]): Promise<LiveSync & { code: number | null }> {
    const liveSync = this.run('--once', ...args);
    const { code } = await liveSync.exited;
    return Object.assign(liveSync, { code });
  }

  /** Leaves what the init step leaves, without the time that a process takes. */
  public seed(): void {
    const volumes = fs.readdirSync(this.keysDir).sort().map((name) => path.join(this.keysDir, name));
    const files = volumes.flatMap((volume) => fs.readdirSync(path.join(volume, '..data')).sort().map((name) => path.join(volume, name)));
    const keys = Object.fromEntries(files.map((file) => [path.basename(file), fs.readFileSync(file, 'utf8')]));
    fs.writeFileSync(this.outFile('keys.json'), JSON.stringify(keys), { mode: 0o600 });
    fs.copyFileSync(path.join(this.configDir, 'openclaw.json'), this.outFile('openclaw.json'));
  }

  public outFile(name: string): string {
    return path.join(this.outDir, name);
  }

  public out(name: string): string {
    return fs.readFileSync(this.outFile(name), 'utf8');
  }

  public keys(): Record<string, string> {
    return JSON.parse(this.out('keys.json'));
  }

  public async wrote(name: string, text: string): Promise<void> {
    await eventually(`${name} holds ${text}`, () => fs.existsSync(this.outFile(name)) && this.out(name) === text);
  }

  /** Ends what runs and says what no log may hold. */
  public async close(): Promise<{ leaked: boolean; stderr: string }> {
    await Promise.all(this.processes.map((liveSync) => liveSync.stop('SIGKILL')));
    fs.rmSync(this.dir, { recursive: true });
    return {
      leaked: this.processes.some(({ stdout }) => stdout.includes('secret-')),
      stderr: this.processes.map(({ stderr }) => stderr).join(''),
    };
  }
}
