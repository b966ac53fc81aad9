import { lstatSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { InputChecks } from '../input/input-checks';

/** A file for an agent's workspace. @internal */
export interface WorkspaceFile {
  /** Where it is in the workspace: `skills/weather/SKILL.md`. */
  readonly path: string;
  readonly content: Buffer;
  readonly executable: boolean;
}

const LONGEST_PATH = 200;

/** What messages say of a path that is none. @internal */
export const A_PATH = `a path of the workspace: relative, at most ${LONGEST_PATH} letters, digits, blanks or any of . _ @ + , - and slashes between names, without '.' or '..'`;

/** Whether a path stays in the workspace, and Kubernetes takes it. @internal */
export function isWorkspacePath(path: unknown): boolean {
  return typeof path === 'string' && path.length <= LONGEST_PATH && path.split('/').every(part => /^[\w.@+, -]+$/.test(part) && !/^\.{1,2}$/.test(part));
}

/** The files of a folder of this machine, in their order; reports what cannot be taken. @internal */
export function filesOfFolder(check: InputChecks, folder: string, below = ''): WorkspaceFile[] {
  return readdirSync(join(folder, below)).sort().flatMap(name => {
    const path = below ? `${below}/${name}` : name;
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) return filesOfFolder(check, folder, path);
    const what = stat.isFile() ? undefined : stat.isSymbolicLink() ? 'a link' : 'not a file';
    check.refuse(what !== undefined, `'${path}' in the folder is ${what}; put a file there, or remove it`);
    return what ? [] : { path, content: readFileSync(join(folder, path)), executable: /[1357]..$/.test(stat.mode.toString(8)) };
  });
}

/** Reports files that OpenClaw would pass over, and files that are there twice. @internal */
export function checkFiles(check: InputChecks, files: readonly WorkspaceFile[]): InputChecks {
  for (const { path, content } of files) {
    check
      .that(isWorkspacePath(path), 'the path of a file', A_PATH, path)
      .refuse(/^(\.agents\/)?skills\/(.+\/)?SKILL\.md$/.test(path) && !hasDescription(content.toString()),
        `'${path}' has no description, without which OpenClaw passes over the skill; let it begin with the lines ---, name: …, description: … and ---`);
  }
  for (const problem of clashesOf(files)) check.refuse(true, problem);
  return check;
}

/** Files that stand in one another's place. @internal */
export function clashesOf(files: readonly WorkspaceFile[]): string[] {
  const paths = files.map(({ path }) => path);
  const folders = new Set(paths.flatMap(path => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))).filter(folder => folder !== ''));
  return [
    ...[...new Set(paths.filter((path, i) => paths.indexOf(path) < i))].map(path => `'${path}' is given twice; keep one of them`),
    ...paths.filter(path => folders.has(path)).map(path => `'${path}' is a file and a folder; rename one of them`),
  ];
}

/** @see https://docs.openclaw.ai/tools/creating-skills */
function hasDescription(text: string): boolean {
  const [, head] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? [];
  return head !== undefined && /^description:\s*\S/m.test(head);
}
