import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { OpenClawDeployment, Workspace } from '../../src/index';
import { messageOf, newChart, newGateway, objects } from '../support/gateway';

const SKILL = '---\nname: weather\ndescription: Tells the weather.\n---\nAsk the sky.\n';
const podOf = (gateway: OpenClawDeployment): any => ApiObject.of(gateway.deployment).toJson().spec.template.spec;
const seedOf = (gateway: OpenClawDeployment): string[] => podOf(gateway).initContainers[0].command.slice(-2);
const mapOf = (chart: Chart) => objects(chart, 'ConfigMap').find(({ metadata }) => /workspace/.test(metadata.name));

/** The files that each volume of workspaces has, and the mode of those that have one. */
function volumesOf(gateway: OpenClawDeployment): any[] {
  const { volumes } = podOf(gateway);
  return volumes.filter(({ name }: any) => name.startsWith('workspace-')).map(({ configMap: { items } }: any) => items?.map(({ path: file, mode }: any) => mode ? `${file} ${mode.toString(8)}` : file));
}

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workspace-')); });
afterEach(() => fs.rmSync(folder, { recursive: true }));

function write(files: { [file: string]: string | Buffer }): void {
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  }
}

test('texts become files of the workspace, which are copied where they are missing', () => {
  const chart = newChart();
  const gateway = newGateway(chart, { workspace: Workspace.fromFiles({ 'AGENTS.md': '# Rules\n', 'skills/weather/SKILL.md': SKILL }) });
  expect(mapOf(chart)).toMatchObject({ metadata: { name: gateway.workspaceConfigMap!.name }, data: { 'main.AGENTS.md': '# Rules\n', 'main.skills_weather_SKILL.md': SKILL } });
  expect(volumesOf(gateway)).toEqual([['AGENTS.md', 'skills/weather/SKILL.md']]);
  expect(seedOf(gateway)).toEqual(['--seed', '0:workspace']);
  expect(podOf(gateway).containers.flatMap(({ volumeMounts }: any) => volumeMounts).filter(({ name }: any) => name.startsWith('workspace'))).toEqual([]);
  expect(Object.keys(gateway.liveSyncConfigMap.data)).toEqual(['live-sync.mjs', 'seed-files.mjs']);
});

test('a gateway without files has nothing of it', () => {
  const chart = newChart();
  const gateway = newGateway(chart);
  expect([mapOf(chart), volumesOf(gateway), Object.keys(gateway.liveSyncConfigMap.data)]).toEqual([undefined, [], ['live-sync.mjs']]);
});

test('a folder keeps its tree, its executable files, binary files, and text that other layers would interpret', () => {
  const chart = newChart();
  write({ 'SKILL.md': SKILL, 'scripts/run.sh': 'echo ${HOME}\n', 'icon.png': Buffer.from([0x89, 0, 0xff]) });
  fs.chmodSync(path.join(folder, 'scripts/run.sh'), 0o755);
  const gateway = newGateway(chart, { workspace: Workspace.fromFolder(folder, { path: 'skills/weather', overwrite: true }) });
  expect(volumesOf(gateway)).toEqual([['skills/weather/SKILL.md', 'skills/weather/icon.png', 'skills/weather/scripts/run.sh 755']]);
  expect(mapOf(chart)).toMatchObject({
    data: { 'main.skills_weather_SKILL.md': SKILL },
    binaryData: { 'main.skills_weather_icon.png': 'iQD/', 'main.skills_weather_scripts_run.sh': Buffer.from('echo ${HOME}\n').toString('base64') },
  });
  expect(seedOf(gateway)[0]).toBe('--overwrite');
});

test('the keys of a ConfigMap go into a folder', () => {
  const chart = newChart();
  const gateway = newGateway(chart, { workspace: Workspace.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'Skill', 'weather-skill'), { path: 'skills/weather' }) });
  expect(podOf(gateway).volumes.find(({ name }: any) => name === 'workspace-0').configMap).toEqual({ name: 'weather-skill' });
  expect(seedOf(gateway)).toEqual(['--seed', '0:workspace/skills/weather']);
  expect(mapOf(chart)).toBeUndefined();
});

test('agents have workspaces of their own, and files of both kinds', () => {
  const gateway = newGateway(newChart(), {
    extraConfig: { agents: { entries: { main: {}, coder: {} } } },
    workspace: Workspace.combine(
      Workspace.fromFiles({ 'AGENTS.md': 'main' }), Workspace.fromFiles({ 'a b.md': 'x', 'a_b.md': 'y' }, { agent: 'coder' }),
      Workspace.fromFiles({ 'SOUL.md': 'main' }, { overwrite: true }), Workspace.fromFiles({ 'USER.md': 'main' }),
    ),
  });
  expect(volumesOf(gateway)).toEqual([['AGENTS.md', 'USER.md'], ['a b.md', 'a_b.md'], ['SOUL.md']]);
  expect(podOf(gateway).initContainers[0].command.slice(-6)).toEqual([
    '--seed', '0:workspace', '--seed', '1:workspace-coder',
    '--overwrite', '2:workspace',
  ]);
  expect(gateway.workspaceConfigMap!.data).toMatchObject({ 'coder.a_b.md': 'x', 'coder.a_b.md-2': 'y' });
});

test('changed files start a new pod', () => {
  const checksumOf = (text: string) => newGateway(newChart(), { workspace: Workspace.fromFiles({ 'AGENTS.md': text }) }).deployment.podMetadata.toJson().annotations['cdk8s-openclaw/checksum'];
  expect(checksumOf('a')).toBe(checksumOf('a'));
  expect(checksumOf('a')).not.toBe(checksumOf('b'));
});

describe('refuses', () => {
  const PATH = "a path of the workspace: relative, at most 200 letters, digits, blanks or any of . _ @ + , - and slashes between names, without '.' or '..'";

  test.each(['/etc/passwd', '../x', 'a/../../x', './x', 'a//b', '', 'a:b', 'a/', `${'x'.repeat(201)}`])('the path %s', file => {
    expect(messageOf(() => Workspace.fromFiles({ [file]: 'x' }))).toContain(`Workspace.fromFiles(): the path of a file must be ${PATH}, got `);
    if (file !== '') expect(messageOf(() => Workspace.fromFiles({ x: 'x' }, { path: file }))).toContain(`path must be ${PATH}, got `);
  });

  test('what is no text, nothing, and unknown options', () => {
    expect(messageOf(() => Workspace.fromFiles({ 'AGENTS.md': 1 } as any))).toBe("Workspace.fromFiles(): files['AGENTS.md'] must be a text, got 1");
    expect(messageOf(() => Workspace.fromFiles(undefined as any))).toContain('files must be an object, each value a text, got null');
    expect(messageOf(() => Workspace.fromFiles({}))).toBe("Workspace.fromFiles(): files is empty; give for example { 'AGENTS.md': '…' }");
    expect(messageOf(() => Workspace.fromFiles({ x: '' }, { overwite: true, agent: 'a b' } as any))).toBe([
      'Workspace.fromFiles() has 2 problems:', "  agent must be the id of an agent, got the string 'a b'", "  unknown option 'overwite'; did you mean 'overwrite'?",
    ].join('\n'));
  });

  test('a skill that OpenClaw would pass over', () => {
    for (const text of ['# Weather', '---\nname: weather\n---\n', '---\nname: weather\ndescription:\n---\n']) {
      expect(messageOf(() => Workspace.fromFiles({ 'SKILL.md': text }, { path: 'skills/weather' }))).toBe(
        "Workspace.fromFiles(): 'skills/weather/SKILL.md' has no description, without which OpenClaw passes over the skill; let it begin with the lines ---, name: …, description: … and ---");
    }
  });

  test('one file twice, and a file where a folder is, also in several parts', () => {
    const parts = (...files: string[]) => Workspace.combine(...files.map(file => Workspace.fromFiles({ [file]: 'x' })));
    expect(messageOf(() => parts('a', 'a'))).toBe("Workspace.combine(): agent 'main': 'a' is given twice; keep one of them");
    expect(messageOf(() => Workspace.fromFiles({ 'a': 'x', 'a/b': 'x' }))).toBe("Workspace.fromFiles(): 'a' is a file and a folder; rename one of them");
    expect(messageOf(() => Workspace.combine())).toBe('Workspace.combine(): workspaces is empty; give at least one');
  });

  test('links, no folder, an empty one', () => {
    expect(messageOf(() => Workspace.fromFolder(folder))).toBe(`Workspace.fromFolder(): '${folder}' has no file; put one into it`);
    write({ a: 'x' });
    fs.symlinkSync('/etc/passwd', path.join(folder, 'b'));
    expect(messageOf(() => Workspace.fromFolder(folder))).toBe("Workspace.fromFolder(): 'b' in the folder is a link; put a file there, or remove it");
    expect(messageOf(() => Workspace.fromFolder('not-there'))).toBe(`Workspace.fromFolder(): 'not-there' is no folder; give one, absolute or relative to '${process.cwd()}'`);
  });

  test('what is no ConfigMap, or one of another namespace', () => {
    const chart = newChart();
    expect(messageOf(() => Workspace.fromConfigMap('skill' as any))).toContain("configMap must be a kplus ConfigMap, got the string 'skill'");
    const elsewhere = new kplus.ConfigMap(newChart('other', 'elsewhere'), 'Skill');
    expect(messageOf(() => newGateway(chart, { workspace: Workspace.fromConfigMap(elsewhere) }))).toContain("[reference-other-namespace] the ConfigMap of workspace is in namespace 'elsewhere'");
  });

  test('more than a ConfigMap holds', () => {
    const workspace = Workspace.fromFiles({ 'a.md': 'x'.repeat(2 ** 20), 'b.md': 'x' });
    expect(messageOf(() => newGateway(newChart(), { workspace }))).toBe(
      "OpenClawDeployment 'prod/Gateway': workspace has 1048577 bytes, a ConfigMap holds 1048576; copy large files with addInitContainer()");
  });
});

test('a large one is noticed', () => {
  const gateway = newGateway(newChart(), { workspace: Workspace.fromFiles({ 'a.md': 'x'.repeat(300_000) }) });
  expect(gateway.findings.map(({ rule }) => rule)).toEqual(['config-map-large']);
});
