import { execFileSync } from 'child_process';
import * as fs from 'fs';

const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK']));

/** What a process keeps in memory, in MiB: `rss` with all that it shares, `pss` with its part of that. */
export function memoryOf(pid: number): { readonly rss: number; readonly pss: number } {
  const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const [rss, pss] = ['Rss', 'Pss'].map(name => Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(rollup)![1]) / 1024);
  return { rss, pss };
}

/** The processor time that a process has used. */
export function cpuMsOf(pid: number): number {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [utime, stime] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
  return (utime + stime) * TICK_MS;
}
