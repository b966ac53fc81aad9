import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { NEWEST, RELEASES } from './releases';
import { baseLayer, chromiumLayer, openclawLayer } from './up/layers';
import { Programs, programs } from './up/programs';
import { envoy } from '../../scripts/envoy';
import { eventually } from '../support/eventually';
import { failuresIn, launch, ROOT, runProgram, runScenarios, sumUp, writeReport } from '../support/scenario-run';
import { figuresTable, replaceSection } from '../support/tables';

/** The newest OpenClaw on the cluster that the suite brings up. */
const COLUMN = `OpenClaw ${NEWEST} on Kubernetes 1.34`;
const OPERATIONS = path.join(ROOT, 'docs', 'operations.md');

const USAGE = `npm run test:cluster -- [--only TEXT] [--prepare] [--write-docs]
  --only        only the scenarios whose name has a match of this regular expression; behind 'npm run' write . for a space
  --prepare     only build what a cluster of its own needs, into the cache
  --write-docs  renew the table of docs/operations.md from what a whole run on a cluster of its own measured

Runs on the cluster of KUBECONFIG, where it makes and removes namespaces of its own; without one it brings up a cluster of one node, and takes it
down again: as root on Debian, with Go.`;

/** The programs of a cluster; the layers of images are in the cache then. */
function prepare(): Programs {
  baseLayer();
  chromiumLayer();
  RELEASES.forEach(openclawLayer);
  envoy();
  return programs();
}

/** What suites need of a cluster that is already there. */
function checkCluster(): void {
  const definitions = ['externalsecrets.external-secrets.io', 'httproutes.gateway.networking.k8s.io'];
  const { status, stderr, error } = spawnSync('kubectl', ['get', 'crd', ...definitions], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`the cluster suite did not run: it needs a cluster of KUBECONFIG with the External Secrets Operator and the Gateway API's definitions: ${error?.message ?? stderr.trim().split('\n').pop()}`);
  }
}

/** Runs a command with the cluster of KUBECONFIG, or with one of its own; its exit code. */
async function withCluster(command: string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (process.env.KUBECONFIG) {
    checkCluster();
    return launch(signal => signal)(command, env);
  }
  if (process.platform !== 'linux' || process.getuid!() !== 0) {
    throw new Error('the cluster suite did not run: set KUBECONFIG, or be root on Debian, where it can bring up a cluster of its own');
  }
  if (controlGroups().some(isUsed)) throw new Error('the cluster suite did not run: a kubelet of this machine has pods: set KUBECONFIG to its cluster');
  const built = prepare();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cluster-'));
  try {
    const tsx = path.join(ROOT, 'node_modules', '.bin', 'tsx');
    const box = [path.join(__dirname, 'up', 'box.sh'), tsx, path.join(__dirname, 'up', 'inside.ts'), JSON.stringify(built), folder];
    return await launch()([...box, ...command], env); // all in the box ends with it
  } finally {
    await eventually('the processes of the cluster have ended', () => !controlGroups().some(isUsed));
    fs.rmSync(folder, { recursive: true, force: true });
    controlGroups().forEach(removeGroup);
  }
}

/** The kubelet's, one a hierarchy; they outlive the processes in them. */
function controlGroups(): string[] {
  const root = '/sys/fs/cgroup';
  return ['', ...fs.readdirSync(root)].map(hierarchy => path.join(root, hierarchy, 'kubepods')).filter(folder => fs.existsSync(folder));
}

const groupsIn = (group: string): string[] =>
  fs.readdirSync(group, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => path.join(group, name));

function isUsed(group: string): boolean {
  return fs.readFileSync(path.join(group, 'cgroup.procs'), 'utf8') !== '' || groupsIn(group).some(isUsed);
}

function removeGroup(group: string): void {
  groupsIn(group).forEach(removeGroup);
  fs.rmdirSync(group);
}

async function main(): Promise<void> {
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { 'only': { type: 'string' }, 'prepare': flag, 'write-docs': flag, 'help': flag } });
  if (values.help) return console.log(USAGE);
  if (values.prepare) return void prepare();
  if (values['write-docs'] && (values.only || process.env.KUBECONFIG)) {
    throw new Error('--write-docs: the table is of a whole run on a cluster of its own: leave out --only and KUBECONFIG');
  }
  const { results, figures, succeeded } = await runScenarios({ label: 'cluster', files: ['**/test/cluster/*.suite.ts'], only: values.only }, withCluster);
  writeReport('cluster', { results, figures });
  const failed = Math.max(failuresIn(results), succeeded ? 0 : 1);
  if (values['write-docs'] && failed === 0) {
    const table = figuresTable(figures.map(each => ({ column: COLUMN, ...each })), [COLUMN]);
    fs.writeFileSync(OPERATIONS, replaceSection(fs.readFileSync(OPERATIONS, 'utf8'), 'cluster', table));
  }
  sumUp(results.length - failuresIn(results), failed);
}

runProgram(main);
