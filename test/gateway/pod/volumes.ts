import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Mount } from './container';
import { VolumeReader } from '../../support/gateway-pod';
import { MountedVolume } from '../../support/mounted-volume';

const EVERYONE = 0o2777;
const GROUP_WRITES = 0o2775;

/** A folder that belongs to root and to the pod's group, as kubelet leaves it. */
function makeFolder(folder: string, gid: number, mode: number): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.chownSync(folder, 0, gid);
  fs.chmodSync(folder, mode); // mkdir obeys the umask
}

function mebibytes(sizeLimit: string): string {
  const match = /^(\d+)Mi$/.exec(sizeLimit);
  if (!match) throw new Error(`sizeLimit '${sizeLimit}' is not read here; give mebibytes such as 8Mi`);
  return `${match[1]}m`;
}

/** The volumes of one pod, laid out below a folder as kubelet does it. */
export class Volumes {
  private readonly mounted = new Map<string, MountedVolume>();
  private readonly memory: string[] = [];

  /** @param claims the folder that stands for the claimed volumes; it outlives the pod */
  public constructor(private readonly folder: string, private readonly claims: string, podSpec: any, objects: any[]) {
    const gid = podSpec.securityContext.fsGroup;
    const files = filesOf(podSpec, objects);
    for (const volume of podSpec.volumes) {
      const target = this.folderOf(volume);
      const found = files.get(volume.name);
      if (found) {
        makeFolder(target, gid, GROUP_WRITES);
        const mode = (volume.secret ?? volume.configMap).defaultMode ?? 0o644;
        this.mounted.set(volume.name, new MountedVolume(target, found, { gid, mode }));
      } else {
        makeFolder(target, gid, volume.emptyDir ? EVERYONE : GROUP_WRITES);
        if (volume.emptyDir?.medium === 'Memory') this.mountMemory(target, gid, mebibytes(volume.emptyDir.sizeLimit));
      }
    }
  }

  /** A volume of a ConfigMap or Secret, to spoil or to change. */
  public get(name: string): MountedVolume {
    const volume = this.mounted.get(name);
    if (!volume) throw new Error(`the pod has no volume '${name}' of files; it has ${[...this.mounted.keys()].join(', ')}`);
    return volume;
  }

  /** Swaps each volume whose files are others among the objects given. */
  public update(podSpec: any, objects: any[]): void {
    for (const [name, files] of filesOf(podSpec, objects)) {
      const volume = this.get(name);
      if (JSON.stringify(volume.files) !== JSON.stringify(files)) volume.swap(files);
    }
  }

  public mountsOf(container: any, podSpec: any): Mount[] {
    return container.volumeMounts.map((mount: any) => {
      const volume = podSpec.volumes.find(({ name }: any) => name === mount.name);
      if (!volume) throw new Error(`container '${container.name}' mounts volume '${mount.name}', which the pod does not have`);
      const source = path.join(this.folderOf(volume), mount.subPath ?? '');
      if (mount.subPath && !fs.existsSync(source)) makeFolder(source, podSpec.securityContext.fsGroup, GROUP_WRITES);
      return { source, target: mount.mountPath, readOnly: !!(mount.readOnly || volume.secret || volume.configMap) };
    });
  }

  public remove(): void {
    for (const folder of this.memory.splice(0)) execFileSync('umount', [folder]);
  }

  private folderOf(volume: any): string {
    return volume.persistentVolumeClaim ? path.join(this.claims, volume.persistentVolumeClaim.claimName) : path.join(this.folder, volume.name);
  }

  private mountMemory(folder: string, gid: number, size: string): void {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `mode=${EVERYONE.toString(8)},gid=${gid},size=${size}`, 'tmpfs', folder]);
    this.memory.push(folder);
  }
}

/** The files of each volume that has some from the start. */
function filesOf(podSpec: any, objects: any[]): Map<string, { [file: string]: string }> {
  const reader = new VolumeReader(objects, []);
  const found = podSpec.volumes.map((volume: any) => [volume.name, reader.read(volume, '')]);
  if (reader.problems.length > 0) throw new Error(reader.problems.join('\n'));
  return new Map(found.filter(([, files]: any) => files));
}
