import { ChildProcess, spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { setTimeout as sleep } from 'timers/promises';

/** What a suite may do to the daemons of a cluster, knowing only their folder. */
export class DaemonFolder {
  public constructor(readonly folder: string) {}

  public pid(name: string): number {
    return Number(fs.readFileSync(this.file(name, 'pid'), 'utf8'));
  }

  /** Kills a daemon, and keeps it from being started again until `letStart`. */
  public takeDown(name: string): void {
    fs.writeFileSync(this.file(name, 'down'), '');
    process.kill(this.pid(name), 'SIGKILL');
  }

  public letStart(name: string): void {
    fs.rmSync(this.file(name, 'down'));
  }

  /** The end of a daemon's log. */
  public log(name: string): string {
    return fs.readFileSync(this.file(name, 'log'), 'utf8').slice(-3000);
  }

  protected file(name: string, kind: 'pid' | 'log' | 'down'): string {
    return path.join(this.folder, `${name}.${kind}`);
  }
}

/** The daemons of a cluster; one that ends is started again. */
export class Daemons extends DaemonFolder {
  private readonly running = new Map<string, ChildProcess>();
  private stopping = false;

  public start(name: string, command: string, ...args: string[]): void {
    const log = fs.openSync(this.file(name, 'log'), 'a');
    const child = spawn(command, args, { stdio: ['ignore', log, log] });
    fs.closeSync(log);
    this.running.set(name, child);
    fs.writeFileSync(this.file(name, 'pid'), String(child.pid));
    child.once('exit', () => void this.startAgain(name, command, args));
  }

  /** In the order opposite to that in which they were started. */
  public async stop(): Promise<void> {
    this.stopping = true;
    for (const child of [...this.running.values()].reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    }
  }

  private async startAgain(name: string, command: string, args: string[]): Promise<void> {
    do await sleep(500); while (fs.existsSync(this.file(name, 'down')));
    if (!this.stopping) this.start(name, command, ...args);
  }
}
