// Copies the files of mounted ConfigMaps into the agents' workspaces. Agents own these, so no link in them is followed.
//
// No template literals here: the script is part of a manifest, where Flux would substitute their placeholders.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** The paths of all files below a folder. */
function filesIn(folder, below = '') {
  return fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    return entry.isDirectory() ? filesIn(folder, name) : entry.isFile() ? [name] : [];
  });
}

const statOf = (file) => fs.lstatSync(file, { throwIfNoEntry: false });

/** Makes the folders on the way to a file; a link on it leads elsewhere. */
function makeFolders(root, folder) {
  let current = root;
  for (const name of path.relative(root, folder).split(path.sep)) {
    current = path.join(current, name);
    const stat = statOf(current);
    if (!stat) fs.mkdirSync(current);
    else if (!stat.isDirectory()) throw new Error(current + ' is not a folder');
  }
}

function isSame(stat, file, content, mode) {
  return stat.isFile() && (stat.mode & 0o777) === mode && fs.readFileSync(file).equals(content);
}

/** @returns whether the file was written */
function copy(source, target, root, overwrite) {
  makeFolders(root, path.dirname(target));
  const stat = statOf(target);
  if (stat && !overwrite) return false;
  if (stat?.isDirectory()) throw new Error(target + ' is a folder');
  const content = fs.readFileSync(source);
  const mode = fs.statSync(source).mode & 0o100 ? 0o755 : 0o644;
  if (stat && isSame(stat, target, content, mode)) return false;
  const temporary = path.join(path.dirname(target), '.' + path.basename(target) + '.tmp');
  fs.rmSync(temporary, { force: true });
  fs.writeFileSync(temporary, content, { mode, flag: 'wx' });
  fs.chmodSync(temporary, mode); // writing obeys the umask
  fs.renameSync(temporary, target); // a link is replaced, not followed
  return true;
}

/** Copies a volume, as kubelet lays it out, into a folder of `root`: only files that are missing, or all that differ. */
export function seed(volume, folder, root, overwrite) {
  const source = path.join(volume, fs.readlinkSync(path.join(volume, '..data')));
  const written = [];
  const refused = [];
  for (const name of filesIn(source)) {
    try {
      if (copy(path.join(source, name), path.join(root, folder, name), root, overwrite)) written.push(name);
    } catch ({ message }) {
      refused.push(name + ': ' + message);
    }
  }
  return { written, refused };
}
