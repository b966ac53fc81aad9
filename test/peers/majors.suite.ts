import * as fs from 'fs';
import * as path from 'path';
import { compileFiles, filesIn, installedProject, pack, run, scratchFolder, SUCCESS } from '../package/project';

/** The cdk8s-plus that the library renders with, some that users have, and the newest on npm. */
const MAJORS = [28, 31, 33, 34];
const [OWN, ...OTHERS] = MAJORS;

const APP = path.join(__dirname, 'app');

/** Files with it are written for each cdk8s-plus. */
const IMPORT = "import * as kplus from 'cdk8s-plus-28';";

/** What newer cdk8s-plus add to the Deployments and CronJobs of the app itself. */
const NEW_DEFAULTS = /^ *(revisionHistoryLimit: 10|shareProcessNamespace: false)\n/gm;

const project = scratchFolder('majors');

beforeAll(() => {
  installedProject(project, pack(project), OTHERS.map(major => `cdk8s-plus-${major}`));
}, 600_000);

afterAll(() => fs.rmSync(project, { recursive: true }));

/** The app in the words of one cdk8s-plus; answers its files. */
function write(major: number): string[] {
  fs.mkdirSync(path.join(project, `on-${major}`));
  return fs.readdirSync(APP).map(file => {
    const text = fs.readFileSync(path.join(APP, file), 'utf8');
    const target = path.join(`on-${major}`, file);
    fs.writeFileSync(path.join(project, target), text.replace(IMPORT, IMPORT.replace('28', String(major))));
    return target;
  });
}

function synthesise(major: number) {
  const outdir = path.join(project, `manifests-${major}`);
  const { status, stdout, stderr } = run(process.execPath, project, [`out/on-${major}/main.js`], outdir);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return { said: JSON.parse(stdout), manifests: filesIn(outdir) };
}

const withoutNewDefaults = (manifests: { [file: string]: string }) =>
  Object.fromEntries(Object.entries(manifests).map(([file, text]) => [file, text.replace(NEW_DEFAULTS, '')]));

it('npm installs what the library renders with, although the project names another cdk8s-plus', () => {
  const dependencies = Object.keys(JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8')).dependencies);
  expect(dependencies).toEqual(['cdk8s-openclaw', ...OTHERS.map(major => `cdk8s-plus-${major}`)]);
  expect(fs.existsSync(path.join(project, 'node_modules', `cdk8s-plus-${OWN}`, 'package.json'))).toBe(true);
});

it('one app compiles with every cdk8s-plus, without a cast', () => {
  expect(compileFiles(project, MAJORS.flatMap(write), 'out', ['--module', 'node16', '--skipLibCheck', 'true'])).toEqual(SUCCESS);
}, 300_000);

it('the app has findings, and refusals to compare', () => {
  const { said: { findings, refused }, manifests } = synthesise(OWN);
  expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual(['chain-single-provider', 'guard-environment-unused', 'url-unreachable']);
  expect(refused.map((message: string) => message.match(/\[[a-z-]+\]/g) ?? message)).toEqual([
    ['[reference-other-namespace]'], ['[reference-other-namespace]'], ['[reference-other-namespace]'], ['[secret-other-namespace]'],
    ['[key-in-environment]', '[key-in-environment]', '[key-in-environment]'], ['[environment-reserved]'],
    "OpenClawDeployment 'refused/Gateway': resources.cpu.request is more than resources.cpu.limit; lower it or raise the limit",
    ['[memory-too-small]'],
  ]);
  expect(Object.keys(manifests)).toEqual(['assistant.k8s.yaml', 'elsewhere.k8s.yaml', 'outputs.k8s.yaml', 'team.k8s.yaml']);
});

it.each(OTHERS)('cdk8s-plus-%i gives the same findings, refusals and manifests', major => {
  const [expected, found] = [OWN, major].map(synthesise);
  expect(found.said).toEqual(expected.said);
  expect(found.manifests['assistant.k8s.yaml']).toBe(expected.manifests['assistant.k8s.yaml']);
  expect(withoutNewDefaults(found.manifests)).toEqual(withoutNewDefaults(expected.manifests));
});
