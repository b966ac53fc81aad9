import * as fs from 'fs';
import * as path from 'path';

/** A folder that changes as kubelet changes a Secret or ConfigMap volume: a new version beside the old one, then one rename of `..data`. */
export class MountedVolume {
  private versions = 0;
  private current: Record<string, string> = {};

  /** @param owner group and mode of the files; those of this process where it is not given */
  constructor(
    readonly dir: string, files: Record<string, string | Buffer>, private readonly owner?: { readonly gid: number; readonly mode: number },
  ) {
    fs.mkdirSync(dir, { recursive: true });
    this.swap(files);
  }

  public get files(): Record<string, string> {
    return { ...this.current };
  }

  /** @param link whether kubelet gets to its last step: the names of new files in the folder itself */
  public swap(files: Record<string, string | Buffer>, link = true): void {
    this.current = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.toString()]));
    this.versions += 1;
    const version = `..2026_01_01_00_00_00.${this.versions}`;
    fs.mkdirSync(this.path(version));
    for (const [name, text] of Object.entries(files)) this.write(this.path(version, name), text);
    const previous = fs.existsSync(this.path('..data')) ? fs.readlinkSync(this.path('..data')) : undefined;
    fs.symlinkSync(version, this.path('..data_tmp'));
    fs.renameSync(this.path('..data_tmp'), this.path('..data'));
    if (link) this.linkFiles([...new Set(Object.keys(files).map(name => name.split('/')[0]))]);
    if (previous) fs.rmSync(this.path(previous), { recursive: true });
  }

  private write(file: string, text: string | Buffer): void {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    if (!this.owner) return;
    fs.chownSync(file, 0, this.owner.gid);
    fs.chmodSync(file, this.owner.mode);
  }

  private linkFiles(names: string[]): void {
    for (const name of fs.readdirSync(this.dir)) if (!name.startsWith('..') && !names.includes(name)) fs.unlinkSync(this.path(name));
    for (const name of names) if (!fs.existsSync(this.path(name))) fs.symlinkSync(path.join('..data', name), this.path(name));
  }

  private path(...names: string[]): string {
    return path.join(this.dir, ...names);
  }
}
