import { statSync } from 'fs';
import * as kplus from 'cdk8s-plus-28';
import { MAIN_AGENT } from './agent-options';
import { A_PATH, checkFiles, clashesOf, filesOfFolder, isWorkspacePath, WorkspaceFile } from './workspace-files';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isResource } from '../input/kplus-shapes';
import { SEAL, sealed } from '../input/sealed';
import { isMap } from '../input/values';

/** Where files go in a workspace, and when. */
export interface WorkspaceOptions {
  /**
   * The folder of the workspace that they go into, relative: `skills/weather`.
   * @default - the workspace itself
   */
  readonly path?: string;

  /**
   * The agent whose workspace it is.
   * @default main
   */
  readonly agent?: string;

  /**
   * Whether each start of the pod writes the files over what the agent has made of them. Otherwise it writes only those that are missing.
   * @default false
   */
  readonly overwrite?: boolean;
}

/** Files of one source for one agent. @internal */
export interface WorkspacePart {
  readonly agent: string;
  readonly overwrite: boolean;
  /** Where the keys of `configMap` go; the paths of `files` are those in the workspace. */
  readonly path: string;
  readonly files: readonly WorkspaceFile[];
  readonly configMap?: kplus.IConfigMap;
}

/**
 * Files for the agents' workspaces: instructions (`AGENTS.md`, `SOUL.md` …) and skills (`skills/<name>/SKILL.md`). The init container copies them before the
 * gateway starts. Agents may change their copies. A file that is no longer given stays.
 *
 * Texts and folders become a ConfigMap of the gateway, so they have no secrets and at most 1 MiB.
 */
export class Workspace {
  /**
   * Texts by their paths in the workspace: `{ 'AGENTS.md': '…', 'skills/weather/SKILL.md': '…' }`.
   */
  public static fromFiles(files: { [path: string]: string }, options: WorkspaceOptions = {}): Workspace {
    const check = new InputChecks('Workspace.fromFiles()')
      .map('files', files ?? null, text => typeof text === 'string', 'a text')
      .refuse(isMap(files) && Object.keys(files).length === 0, "files is empty; give for example { 'AGENTS.md': '…' }");
    const texts = Object.entries(isMap(files) ? files : {}).filter(([, text]) => typeof text === 'string');
    return Workspace.of(check, options, texts.map(([path, text]) => ({ path, content: Buffer.from(text), executable: false })));
  }

  /**
   * The files of a folder and its folders, as they are when the app is synthesised; executable ones stay so. Links are refused.
   *
   * @param folder on the machine that synthesises
   */
  public static fromFolder(folder: string, options: WorkspaceOptions = {}): Workspace {
    const check = new InputChecks('Workspace.fromFolder()').text('folder', folder);
    const isThere = typeof folder === 'string' && folder !== '' && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
    check.refuse(typeof folder === 'string' && folder !== '' && !isThere, `'${folder}' is no folder; give one, absolute or relative to '${process.cwd()}'`);
    const files = isThere ? filesOfFolder(check, folder) : [];
    return Workspace.of(check.refuse(isThere && files.length === 0, `'${folder}' has no file; put one into it`), options, files);
  }

  /**
   * The files of a ConfigMap in the gateway's namespace, each under its key. A running pod does not read changes; the next start does.
   *
   * @param configMap of this app, or an existing one: `kplus.ConfigMap.fromConfigMapName(chart, 'Skill', 'weather-skill')`
   */
  public static fromConfigMap(configMap: kplus.IConfigMap, options: WorkspaceOptions = {}): Workspace {
    const check = new InputChecks('Workspace.fromConfigMap()').that(isResource(configMap, 'ConfigMap'), 'configMap', 'a kplus ConfigMap', configMap,
      "use for example kplus.ConfigMap.fromConfigMapName(chart, 'Skill', 'weather-skill')");
    return Workspace.of(check, options, [], configMap);
  }

  /** Several in one: for several agents, sources or folders. */
  public static combine(...workspaces: Workspace[]): Workspace {
    const check = new InputChecks('Workspace.combine()')
      .list('workspaces', workspaces, value => value instanceof Workspace, 'a Workspace')
      .refuse(workspaces.length === 0, 'workspaces is empty; give at least one');
    const parts = workspaces.flatMap(each => each instanceof Workspace ? each._parts : []);
    for (const agent of new Set(parts.map(part => part.agent))) {
      const files = parts.filter(part => part.agent === agent).flatMap(part => part.files);
      for (const problem of clashesOf(files)) check.refuse(true, `agent '${agent}': ${problem}`);
    }
    check.done();
    return new Workspace(SEAL, parts);
  }

  private static of(check: InputChecks, options: WorkspaceOptions, given: readonly WorkspaceFile[], configMap?: kplus.IConfigMap): Workspace {
    const { path = '', agent = MAIN_AGENT, overwrite = false, ...others } = argumentsOf(options);
    const files = given.map(file => ({ ...file, path: path === '' || typeof path !== 'string' ? file.path : `${path}/${file.path}` }));
    checkFiles(check, files)
      .that(path === '' || isWorkspacePath(path), 'path', A_PATH, path)
      .that(typeof agent === 'string' && /^\w[\w-]*$/.test(agent), 'agent', 'the id of an agent', agent)
      .that(typeof overwrite === 'boolean', 'overwrite', 'a boolean', overwrite)
      .options<WorkspaceOptions>(others, { path: true, agent: true, overwrite: true })
      .done();
    return new Workspace(SEAL, [{ agent, overwrite, path, files, configMap }]);
  }

  private constructor(
    seal: symbol,
    /** @internal */
    public readonly _parts: readonly WorkspacePart[],
  ) {
    sealed(seal, new.target, Workspace, 'Workspace.fromFiles(), .fromFolder(), .fromConfigMap() or .combine()');
  }
}
