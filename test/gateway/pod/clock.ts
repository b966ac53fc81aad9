import * as fs from 'fs';
import * as path from 'path';
import { Mount } from './container';

const LIBRARIES = '/usr/lib';
const TARGET = '/etc/clock';

function preload(): string {
  const found = fs.readdirSync(LIBRARIES).map(name => path.join(LIBRARIES, name, 'faketime', 'libfaketimeMT.so.1')).find(fs.existsSync);
  if (!found) throw new Error('no libfaketime below /usr/lib, which moves the clocks of containers; install it, on Debian and Ubuntu as package libfaketime');
  return found;
}

/** A clock that containers go by; what only measures how much time has passed does not go by it. */
export class Clock {
  public readonly mount: Mount;
  /** Runs a command by this clock. */
  public readonly command: string[];

  /** @param folder where the clock's file is made */
  public constructor(folder: string) {
    this.mount = { source: path.join(folder, 'clock'), target: TARGET, readOnly: true };
    this.command = [
      'env', `LD_PRELOAD=${preload()}`, `FAKETIME_TIMESTAMP_FILE=${TARGET}`, 'FAKETIME_CACHE_DURATION=1', // seconds until a jump is seen
      'FAKETIME_DONT_FAKE_MONOTONIC=1', 'NO_FAKE_STAT=1',
    ];
    this.jump(0);
  }

  /** Puts the clock ahead of that of this machine. */
  public jump(hours: number): void {
    fs.writeFileSync(this.mount.source, `+${hours}h`); // not renamed: containers see this very file
  }
}
