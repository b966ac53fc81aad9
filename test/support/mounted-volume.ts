import * as fs from 'fs';
import * as path from 'path';

/** A folder that changes as kubelet changes a Secret or ConfigMap volume: a new version beside the old one, then one rename of `..data`. */
export class MountedVolume {
  private versions = 0;

  constructor(readonly dir: string, files: Record<string, string>) {
    fs.mkdirSync(dir, { recursive: true });
    this.swap(files);
  }

  public swap(files: Record<string, string>): void {
    this.versions += 1;
    const version = `..2026_01_01_00_00_00.${this.versions}`;
    fs.mkdirSync(this.path(version));
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(this.path(version, name), text);
    const previous = fs.existsSync(this.path('..data')) ? fs.readlinkSync(this.path('..data')) : undefined;
    fs.symlinkSync(version, this.path('..data_tmp'));
    fs.renameSync(this.path('..data_tmp'), this.path('..data'));
    this.linkFiles(Object.keys(files));
    if (previous) fs.rmSync(this.path(previous), { recursive: true });
  }

  private linkFiles(names: string[]): void {
    for (const name of fs.readdirSync(this.dir)) if (!name.startsWith('..') && !names.includes(name)) fs.unlinkSync(this.path(name));
    for (const name of names) if (!fs.existsSync(this.path(name))) fs.symlinkSync(path.join('..data', name), this.path(name));
  }

  private path(...names: string[]): string {
    return path.join(this.dir, ...names);
  }
}
