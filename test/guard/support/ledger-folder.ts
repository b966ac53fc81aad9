import * as fs from 'fs';
import * as path from 'path';
import { RunningGuard } from './running-guard';
import { eventually } from '../../support/eventually';

/** How long nothing has been added to a ledger whose calls have ended. */
const QUIET_MS = 150;

/** What a guard has written down on its volume. */
export class LedgerFolder {
  public readonly folder: string;

  public constructor({ files: { root } }: RunningGuard) {
    this.folder = path.join(root, 'var', 'lib', 'guard');
  }

  public at(file: string): string {
    return path.join(this.folder, file);
  }

  public files(): string[] {
    return fs.readdirSync(this.folder).filter(name => name !== 'clock').sort();
  }

  /** The text of the only file. */
  public read(): string {
    const [file] = this.files();
    return file ? fs.readFileSync(this.at(file), 'utf8') : '';
  }

  public write(text: string): void {
    const [file = `day-${new Date().toISOString().slice(0, 10)}`] = this.files();
    fs.writeFileSync(this.at(file), text);
    fs.chmodSync(this.at(file), 0o666);
  }

  public remove(): void {
    for (const file of this.files()) fs.rmSync(this.at(file));
  }

  /** In millionths of a dollar. */
  public spent(): number {
    return this.read().split('\n').filter(Boolean).reduce((sum, line) => sum + Number(/^[-+]\d+/.exec(line)![0]), 0);
  }

  /** The sum when no line has been added for a while. */
  public async settled(): Promise<number> {
    for (let text = this.read(); ;) {
      await new Promise(resolve => setTimeout(resolve, QUIET_MS));
      const now = this.read();
      if (now === text) return this.spent();
      text = now;
    }
  }

  public async until(sum: number): Promise<void> {
    await eventually(`the ledger says ${sum}`, async () => this.spent() === sum);
  }
}
