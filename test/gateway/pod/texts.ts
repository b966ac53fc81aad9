import * as fs from 'fs';
import * as path from 'path';
import { Container } from './container';

/** The environment and the arguments of each process of a container. */
export function processTexts(container: Container): [string, Buffer][] {
  const namespace = (pid: number | string) => fs.readlinkSync(`/proc/${pid}/ns/pid`);
  const own = namespace(container.pid);
  return unlessGone(fs.readdirSync('/proc').filter(name => /^\d+$/.test(name)), pid => namespace(pid) === own, 'EACCES') // not of a container
    .flatMap(pid => textsOf([`/proc/${pid}/environ`, `/proc/${pid}/cmdline`]));
}

/** The files of a folder and of those in it. */
export function filesBelow(folder: string): [string, Buffer][] {
  const entries = fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter(entry => entry.isFile());
  return textsOf(entries.map(entry => path.join(entry.parentPath, entry.name)));
}

function textsOf(files: string[]): [string, Buffer][] {
  const texts = new Map<string, Buffer>();
  unlessGone(files, file => texts.set(file, fs.readFileSync(file)));
  return [...texts];
}

/** Those that a look at them confirms; a running gateway's processes and files may end before it. */
function unlessGone(names: string[], look: (name: string) => unknown, ...also: string[]): string[] {
  return names.filter(name => {
    try {
      return look(name);
    } catch (error) {
      if (['ENOENT', 'ESRCH', ...also].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw error;
    }
  });
}
