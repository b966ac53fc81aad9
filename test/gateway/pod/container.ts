import { ChildProcess, spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/** A folder or file of this machine, seen at a path of the container. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface ContainerSpec {
  readonly name: string;
  readonly command: string[];
  readonly env: { [name: string]: string };
  readonly mounts: Mount[];
  readonly uid: number;
  readonly gid: number;
  readonly fsGroup: number;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One running container: a process in mount and pid namespaces of its own, in the network of this process. */
export class Container {
  public readonly exited: Promise<Exit>;
  private readonly process: ChildProcess;
  private readonly listeners = new Set<() => void>();
  private output = '';
  private exit?: Exit;

  /** @param root an empty folder */
  public constructor(readonly spec: ContainerSpec, root: string) {
    const { uid, gid, fsGroup, mounts, command, env } = spec;
    fs.mkdirSync(root, { recursive: true });
    const args = [
      '--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private', path.join(__dirname, 'container.sh'), root, uid, gid, fsGroup,
      ...mounts.flatMap(({ source, target, readOnly }) => [source, target, readOnly ? 'ro' : 'rw']), '--', ...command,
    ].map(String);
    this.process = spawn('unshare', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout!, this.process.stderr!]) stream.on('data', text => this.hear(String(text)));
    this.exited = new Promise((resolve, reject) => {
      this.process.on('error', reject);
      this.process.on('close', (code, signal) => { // with the last of its log
        this.exit = { code, signal };
        this.hear('');
        resolve(this.exit);
      });
    });
  }

  public get log(): string {
    return this.output;
  }

  public get running(): boolean {
    return this.exit === undefined;
  }

  /** The container's first process, as this machine numbers it. */
  public get pid(): number {
    const parent = this.process.pid;
    const child = Number(fs.readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8'));
    if (!child) throw this.failure('has no process'); // 0 would stand for all of this one's group
    return child;
  }

  /** Where this machine has what the container calls so. */
  public seenAs(file: string): string {
    return path.join('/proc', String(this.pid), 'root', file);
  }

  /** Waits until the log, from an offset on, has a match. */
  public async waitForLog(pattern: RegExp, { from = 0, timeoutMs = 30_000 } = {}): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(this.output.slice(from));
        if (match) finish(() => resolve(match));
        else if (!this.running) finish(() => reject(this.failure(`ended before its log had ${pattern}`)));
      };
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.listeners.delete(look);
        settle();
      };
      const timer = setTimeout(() => finish(() => reject(this.failure(`log had no ${pattern} within ${timeoutMs} ms`))), timeoutMs);
      this.listeners.add(look);
      look();
    });
  }

  public kill(signal: NodeJS.Signals): void {
    if (this.running) process.kill(this.pid, signal);
  }

  /** Runs a command in the container, as its user, and waits for its end; what it printed. */
  public async execute(command: string[]): Promise<string> {
    const child = this.spawn(command);
    let printed = '';
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', text => { printed += text; });
    await new Promise(resolve => child.on('close', resolve));
    return printed;
  }

  /** Whether a command in the container, as its user, ends with 0. */
  public async succeeds(command: string[]): Promise<boolean> {
    const child = this.spawn(command);
    return new Promise(resolve => child.on('close', code => resolve(code === 0)));
  }

  /** Starts a command in the container, as its user. */
  public spawn(command: string[]): ChildProcess {
    const { uid, gid } = this.spec;
    const args = ['--target', this.pid, '--mount', '--pid', '--root', '--wd', '--setuid', uid, '--setgid', gid, '--', ...command].map(String);
    return spawn('nsenter', args, { env: this.spec.env, stdio: ['pipe', 'pipe', 'pipe'] });
  }


  /** An error that shows the end of the log. */
  public failure(what: string): Error {
    const ended = this.exit ? ` (exit ${this.exit.code ?? this.exit.signal})` : '';
    const tail = this.output.trimEnd().split('\n').slice(-25).map(line => `  | ${line}`).join('\n');
    return new Error(`container '${this.spec.name}'${ended}: ${what}; its log ends\n${tail}`);
  }

  private hear(text: string): void {
    this.output += text;
    for (const listener of [...this.listeners]) listener();
  }
}
