import * as fs from 'fs';
import * as path from 'path';
import { NODE_MAJORS, nodeBinary } from '../../scripts/openclaw';
import { compile, filesIn, installedProject, OLDEST_PEERS, pack, Run, run, scratchFolder, SUCCESS } from '../package/project';

const PEERS = {
  oldest: OLDEST_PEERS,
  newest: ['cdk8s@latest', 'constructs@latest', 'cdk8s-plus-28@latest'],
};
type Age = keyof typeof PEERS;
const AGES = Object.keys(PEERS) as Age[];

const scratch = scratchFolder('peers');
const projectOf = (age: Age) => path.join(scratch, age);

function versionOf(age: Age, name: string): string {
  return JSON.parse(fs.readFileSync(path.join(projectOf(age), 'node_modules', name, 'package.json'), 'utf8')).version;
}

function synthesise(age: Age, node: string): { [file: string]: string } {
  const outdir = fs.mkdtempSync(path.join(scratch, 'manifests-'));
  expect(run(node, projectOf(age), ['out/main.js'], outdir)).toEqual(SUCCESS);
  return filesIn(outdir);
}

const compiled: Partial<Record<Age, Run>> = {};
let reference: { [file: string]: string };

beforeAll(() => {
  const tarball = pack(scratch);
  for (const age of AGES) {
    installedProject(projectOf(age), tarball, PEERS[age]);
    compiled[age] = compile(projectOf(age), 'out', ['--module', 'node16']);
  }
  reference = synthesise('oldest', process.execPath);
}, 600_000);

afterAll(() => fs.rmSync(scratch, { recursive: true }));

it('has the oldest and the newest peers at hand', () => {
  expect(['cdk8s', 'cdk8s-plus-28', 'constructs'].map(name => versionOf('oldest', name))).toEqual(['2.70.0', '2.5.6', '10.3.0']);
  expect(versionOf('newest', 'cdk8s')).not.toBe('2.70.0');
  expect(versionOf('newest', 'constructs')).not.toBe('10.3.0');
});

it('has a program that tells environments apart', () => {
  expect(Object.keys(reference)).toEqual(['dev.k8s.yaml', 'prod.k8s.yaml']);
  expect(reference['prod.k8s.yaml']).toContain('kind: NetworkPolicy');
  expect(reference['dev.k8s.yaml']).not.toContain('kind: NetworkPolicy');
});

describe.each(AGES)('with the %s peers', age => {
  it('type-checks', () => {
    expect(compiled[age]).toEqual(SUCCESS);
  });

  it.each(NODE_MAJORS)('gives the same manifests under Node %i', major => {
    expect(synthesise(age, nodeBinary(major))).toEqual(reference);
  }, 300_000);

  it('writes the same files with FleetApp as with App, and validates each object as often in an app of many charts as in one of few', () => {
    const { status, stdout } = run(process.execPath, projectOf(age), ['out/tenants.js']);
    expect(status).toBe(0);
    const { messages, ...found } = JSON.parse(stdout);
    expect(found).toEqual({ byFleetApp: [3, 3], byApp: [11, 41] });
    expect(messages[0]).toBe('Validation failed with the following errors:\n  [a/Object] a is wrong\n  [c/Object] c is wrong');
    expect(messages[0]).toBe(messages[1]);
    const [files, expected] = ['by-fleet-app', 'by-app'].map(folder => filesIn(path.join(projectOf(age), folder)));
    expect(Object.keys(expected)).toHaveLength(11);
    expect(files).toEqual(expected);
  }, 300_000);
});
