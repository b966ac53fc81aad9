import { posix } from 'path';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { workspaceOf } from '../settings/agents';
import { STATE_DIR, WORKSPACE_DIR } from '../settings/pod-layout';
import { WorkspacePart } from '../settings/workspace';
import { WorkspaceFile } from '../settings/workspace-files';

/** The files that texts and folders give, by the keys of their ConfigMap. */
export type WorkspaceData = Map<string, WorkspaceFile>;

/** A volume of files, and the folder that they are copied to. */
interface SeedVolume {
  readonly configMap?: kplus.IConfigMap;
  /** @default - all files of the ConfigMap */
  readonly items?: { [key: string]: kplus.PathMapping };
  readonly folder: string;
  readonly overwrite: boolean;
}

/** A key for each file: `main.skills_weather_SKILL.md`. */
export function workspaceData(parts: readonly WorkspacePart[]): WorkspaceData {
  const data: WorkspaceData = new Map();
  for (const { agent, files } of parts) {
    for (const file of files) {
      const name = `${agent}.${file.path.replace(/[^-.\w]/g, '_')}`;
      let key = name;
      for (let i = 2; data.has(key); i++) key = `${name}-${i}`;
      data.set(key, file);
    }
  }
  return data;
}

/** Binary files are base64, and so are texts that Flux or Helm would interpret. */
export function workspaceConfigMap(scope: Construct, data: WorkspaceData): kplus.ConfigMap {
  const configMap = new kplus.ConfigMap(scope, 'Workspace');
  for (const [key, { content }] of data) {
    const text = content.toString();
    if (Buffer.from(text).equals(content) && !/\$\{|\{\{|\}\}|\0/.test(text)) configMap.addData(key, text);
    else configMap.addBinaryData(key, content.toString('base64'));
  }
  return configMap;
}

/** What the init step mounts, and the arguments by which it copies the files. */
export function workspaceVolumes(scope: Construct, parts: readonly WorkspacePart[], data: WorkspaceData, own?: kplus.IConfigMap) {
  const volumes = [...ownVolumes(parts, data), ...parts.filter(({ configMap }) => configMap).map(ofConfigMap)];
  const mounts = volumes.map(({ configMap = own!, items }, i) => {
    const name = `workspace-${i}`;
    return { volume: kplus.Volume.fromConfigMap(scope, name, configMap, { name, items }), path: `${WORKSPACE_DIR}/${i}`, readOnly: true };
  });
  const places = volumes.flatMap(({ folder, overwrite }, i) => [overwrite ? '--overwrite' : '--seed', `${i}:${posix.relative(STATE_DIR, folder)}`]);
  return { mounts, args: places.length > 0 ? ['--files', WORKSPACE_DIR, ...places] : [] };
}

const ofConfigMap = ({ agent, path, overwrite, configMap }: WorkspacePart): SeedVolume =>
  ({ configMap, folder: [workspaceOf(agent), path].filter(Boolean).join('/'), overwrite });

/** One for each agent, and one more for the files that are overwritten. */
function ownVolumes(parts: readonly WorkspacePart[], data: WorkspaceData): SeedVolume[] {
  const keys = new Map([...data].map(([key, file]) => [file, key]));
  const volumes = new Map<string, Required<Omit<SeedVolume, 'configMap'>>>();
  for (const { agent, overwrite, files } of parts.filter(part => part.files.length > 0)) {
    const id = `${agent} ${overwrite}`;
    const volume = volumes.get(id) ?? { items: {}, folder: workspaceOf(agent), overwrite };
    volumes.set(id, volume);
    for (const file of files) volume.items[keys.get(file)!] = { path: file.path, ...file.executable && { mode: 0o755 } };
  }
  return [...volumes.values()];
}
