import * as fs from 'fs';
import * as path from 'path';
import { Yaml } from 'cdk8s';
import { releasesFor } from '../../src/release/releases';

const ROOT = path.join(__dirname, '..', '..');
const FOLDER = path.join(ROOT, '.github', 'workflows');
const read = (...file: string[]) => fs.readFileSync(path.join(ROOT, ...file), 'utf8');

const workflows: { [name: string]: any } = Object.fromEntries(
  fs.readdirSync(FOLDER).map(file => [path.parse(file).name, Yaml.load(path.join(FOLDER, file))[0]]),
);

/** The commands of a job, one for each row of its matrix. */
function commandsOf({ steps, strategy }: any): string[] {
  const domain = Object.entries<any>(strategy?.matrix ?? {}).filter(([, values]) => Array.isArray(values));
  const rows: any[] = domain.flatMap(([name, values]) => name === 'include' ? values : values.map((value: string) => ({ [name]: value })));
  const fill = (text: string, row: any) => text.replace(/"?\$\{\{ matrix\.(\w+) \}\}"?/g, (whole, name) => row[name] ?? whole);
  const texts: string[] = steps.flatMap(({ run }: any) => run ?? []);
  return texts.flatMap(text => text.includes('matrix.') && rows.length > 0 ? rows.map(row => fill(text, row)) : [text]);
}

const commandsIn = (workflow: any): string[] => Object.values(workflow.jobs).flatMap(commandsOf);
const all = Object.values(workflows).flatMap(commandsIn);

/** The names of npm scripts that a text runs. */
const scriptsIn = (text: string) => [...text.matchAll(/\bnpm (test)\b|\bnpm run (?:--silent )?([\w:]+)|\bnpx projen ([\w:]+)/g)].map(names => names.slice(1).find(Boolean)!);

test('the workflows run scripts of package.json only', () => {
  const names = new Set(all.flatMap(scriptsIn));
  expect([...names].filter(name => !(name in JSON.parse(read('package.json')).scripts))).toEqual([]);
  expect([...names]).toEqual(expect.arrayContaining(['test', 'compat', 'version:new', 'version:try', 'release', 'upgrade', 'package:dotnet', 'test:bindings']));
});

test('the workflows of a pull request run every script of .ci/run', () => {
  const run = new Set([...commandsIn(workflows['pull-request']), ...commandsIn(workflows.suites)].flatMap(scriptsIn));
  expect(scriptsIn(read('.ci', 'run')).filter(name => !run.has(name))).toEqual([]);
});

test('the workflows run programs of .ci/ that may be executed', () => {
  const programs = [...new Set(all.flatMap(text => text.match(/\.ci\/[\w-]+/g) ?? []))];
  expect(programs).toEqual(['.ci/sign-tag']);
  for (const program of programs) fs.accessSync(path.join(ROOT, program), fs.constants.X_OK);
});

test('the workflows install Debian packages that .ci/run installs, or what it says it needs', () => {
  const needed = /^# Needs .*$/m.exec(read('.ci', 'run'))![0];
  expect(needed).toMatch(/Python 3.11, JDK 17, Maven/);
  const installed = /packages=\((.*)\)/.exec(read('.ci', 'run'))![1].split(' ');
  const asked = all.flatMap(text => /--no-install-recommends (.*)$/m.exec(text)?.[1].split(' ') ?? []);
  expect([...new Set(asked)].filter(name => !installed.includes(name)).sort()).toEqual(['gh', 'maven', 'openjdk-17-jdk', 'python3-pip', 'python3-venv']);
});

test('the suites try the versions of src/release/releases.ts', () => {
  const { contract, gateway } = workflows.suites.jobs;
  expect(contract.strategy.matrix.release).toEqual(releasesFor('contract'));
  expect(gateway.strategy.matrix.release).toContain(JSON.stringify(releasesFor('gateway')));
});

test.each(Object.keys(workflows))('every job of %s says what it may do, and nobody\'s text is pasted into a command', name => {
  for (const job of Object.values<any>(workflows[name].jobs)) expect(job.permissions ?? workflows[name].permissions).toBeDefined();
  expect(commandsIn(workflows[name]).filter(text => /\$\{\{ (github\.event|inputs|github\.head_ref)/.test(text))).toEqual([]);
});

test('every form for an issue asks with fields that GitHub has, and an id is used once', () => {
  const folder = path.join(ROOT, '.github', 'ISSUE_TEMPLATE');
  const forms = fs.readdirSync(folder).filter(file => file !== 'config.yml');
  expect(forms.length).toBeGreaterThan(1);
  for (const form of forms) {
    const { name, description, body } = Yaml.load(path.join(folder, form))[0];
    expect([typeof name, typeof description]).toEqual(['string', 'string']);
    const fields: any[] = body.filter(({ type }: any) => type !== 'markdown');
    expect(fields.map(({ type }) => type).filter(type => !['input', 'textarea', 'dropdown', 'checkboxes'].includes(type))).toEqual([]);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    for (const { attributes } of fields) expect(attributes.label).toBeTruthy();
  }
});

test('every path of CODEOWNERS exists', () => {
  const paths = read('.github', 'CODEOWNERS').split('\n').filter(line => line.startsWith('/')).map(line => line.split(' ')[0]);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter(each => !fs.existsSync(path.join(ROOT, each)))).toEqual([]);
});
