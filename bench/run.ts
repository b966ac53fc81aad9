import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Yaml } from 'cdk8s';
import { helm, writeHelmChart, writeHelmValues } from './helm';
import { measure, Measured, runApp, time, writeHandWrittenFiles } from './programs';
import { Goal, goalTable, ratios, spread, table } from './spread';

/*
 * npm run bench [-- --quick] [-- --sizes=1,100,1000] [-- --rounds=3] [-- --check]
 *
 * Measures the compiled library (`npm run compile` first). Whatever is compared runs in turns, each in a process of its own; ratios are of the
 * same round. Times are CPU time: other work on the machine changes them less than the time of the clock. `--check` measures nothing: it only
 * compares what the programs write.
 */
const option = (name: string) => process.argv.find(argument => argument.startsWith(`--${name}=`))?.split('=')[1];
const quick = process.argv.includes('--quick');
const sizes = (option('sizes') ?? (quick ? '1,100,300' : '1,100,300,1000,3000,10000')).split(',').map(Number);
const roundsFor = (size: number) => Number(option('rounds') ?? (quick || size > 1000 ? 2 : size > 100 ? 3 : 5));
/** The time of `App` grows with the square of the number of charts: 3,000 took 225 seconds. */
const APP_LIMIT = 300;
/** The fleet of docs/fleet.md is measured where its parts outweigh the start. */
const DOCUMENTED_FROM = 300;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-bench-'));
const out = (name: string) => path.join(scratch, name);
const env = { BENCH_FILES: out('files') };
const VARIANTS: { [name: string]: (size: number) => Measured | undefined } = {
  fleet: size => measure('fleet', size, out('fleet')),
  gateways: size => measure('gateways', size, out('gateways')),
  handWritten: size => measure('hand-written', size, out('handWritten'), env),
  onApp: size => size <= APP_LIMIT ? measure('hand-written', size, out('onApp'), { ...env, BENCH_APP: 'App' }) : undefined,
};

function main(): void {
  const manifests = path.join(out('fleet'), 'tenant-0.k8s.yaml');
  measure('fleet', 1, out('fleet'));
  writeHandWrittenFiles(env.BENCH_FILES, manifests);
  haveTheSameObjects();
  if (process.argv.includes('--check')) return console.log('the programs that are compared make the same files');

  console.log(`${new Date().toISOString().slice(0, 10)}, ${os.cpus()[0].model}, ${os.cpus().length} CPUs, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node`
    + ` ${process.versions.node}, load ${os.loadavg()[0].toFixed(1)}\n`);
  const program = helm();
  if (program) prepareHelm(program, manifests);

  const found = new Map(sizes.map(size => [size, measureSize(size, program)]));
  printSizes(found);
  printDocumented(found);
  printGrowth(found);
  const goals = [...goalsOfSizes(found), ...program ? printOneGateway(program) : [], ...printImport()];
  printProfile();
  console.log(`\n${goalTable(goals)}`);
}

/** By variant what each round measured. */
interface Rounds {
  [variant: string]: number[];
}

function measureSize(size: number, program: string | undefined): Rounds {
  const found: Rounds = {};
  const variants = size < DOCUMENTED_FROM ? VARIANTS : { ...VARIANTS, documented: measureDocumented };
  for (let round = 0; round < roundsFor(size); round++) {
    for (const [name, run] of Object.entries(variants)) {
      const measured = run(size);
      if (!measured) continue;
      (found[name] ??= []).push(measured.cpu);
      (found[`${name} wall`] ??= []).push(measured.wall);
      (found[`${name} MB`] ??= []).push(measured.megabytes);
    }
    if (program) {
      writeHelmValues(out('values.yaml'), size);
      (found.helm ??= []).push(time(program, ['template', 'fleet', out('chart'), '--values', out('values.yaml')]).cpu);
    }
    console.error(`${size} tenants, round ${round + 1} of ${roundsFor(size)}`);
  }
  return found;
}

function measureDocumented(size: number): Measured {
  return measure('documented', size, out('documented'), { BENCH_TENANTS: writeTenants(size) });
}

/** A file of tenants. */
function writeTenants(count: number): string {
  const file = out('tenants.yaml');
  fs.writeFileSync(file, `tenants:\n${Array.from({ length: count }, (_, i) => `  - name: tenant-${i}\n    labels: { team: tenant-${i} }\n`).join('')}`);
  return file;
}

function haveTheSameObjects(): void {
  const texts = Object.keys(VARIANTS).map(name => {
    VARIANTS[name](2);
    const folder = out(name);
    return fs.readdirSync(folder).sort().map(file => fs.readFileSync(path.join(folder, file), 'utf8')).join('');
  });
  if (new Set(texts).size > 1) throw new Error('the programs that are compared make different files: bench/apps/hand-written.js must follow the library');
}

function prepareHelm(program: string, manifests: string): void {
  writeHelmChart(out('chart'), fs.readFileSync(manifests, 'utf8'), 'tenant-0');
  writeHelmValues(out('values.yaml'), 1);
  const rendered = out('helm.yaml');
  fs.writeFileSync(rendered, runHelm(program));
  const sorted = (file: string) => (Yaml.load(file) as object[]).map(object => JSON.stringify(object)).sort().join('\n');
  if (sorted(rendered) !== sorted(manifests)) throw new Error('helm renders other objects than the library: bench/helm.ts must be mended');
}

function runHelm(program: string): string {
  return execFileSync(program, ['template', 'fleet', out('chart'), '--values', out('values.yaml')], { encoding: 'utf8', maxBuffer: 2 ** 30 });
}

function printSizes(found: Map<number, Rounds>): void {
  const head = ['tenants', 'fleet, CPU s', 'clock s', 'MB', 'hand-written on FleetApp, CPU s', 'ratio of a fleet', 'ratio of OpenClawDeployment on FleetApp',
    'hand-written on App: ratio of a fleet', '`helm template`: ratio of a fleet'];
  console.log(`${table(head, [...found].map(([size, { fleet, gateways, handWritten, onApp, helm: byHelm, ...rest }]) => [
    String(size), spread(fleet), spread(rest['fleet wall']), spread(rest['fleet MB'], 0), spread(handWritten), spread(ratios(fleet, handWritten)),
    spread(ratios(gateways, handWritten)), onApp ? spread(ratios(fleet, onApp)) : '', byHelm ? spread(ratios(fleet, byHelm)) : '',
  ]))}\n`);
}

function printDocumented(found: Map<number, Rounds>): void {
  const rows = [...found].filter(([, { documented }]) => documented).map(([size, { fleet, documented, ...rest }]) =>
    [String(size), spread(documented), spread(rest['documented wall']), spread(rest['documented MB'], 0), spread(ratios(documented, fleet))]);
  if (rows.length > 0) console.log(`${table(['tenants of the fleet of docs/fleet.md', 'CPU s', 'clock s', 'MB', 'CPU: ratio to the fleet above'], rows)}\n`);
}

function goalsOfSizes(found: Map<number, Rounds>): Goal[] {
  const [few, many] = [found.get(100), found.get(10_000)];
  return [
    ...[...found].map(([size, { gateways, handWritten }]) =>
      ({ what: `OpenClawDeployment : hand-written, CPU of ${size}`, most: 1.15, measured: ratios(gateways, handWritten) })),
    ...many ? [
      { what: '10000 tenants, clock s', most: 15, measured: many['fleet wall'] },
      { what: '10000 tenants, MB', most: 1000, measured: many['fleet MB'] },
    ] : [],
    ...few && many ? [{ what: 'time per tenant of 10000 : of 100', most: 1.3, measured: ratios(many.fleet, few.fleet).map(ratio => ratio / 100) }] : [],
  ];
}

function printGrowth(found: Map<number, Rounds>): void {
  const several = [...found.keys()].filter(size => size >= 100);
  if (several.length < 2) return;
  const per = (size: number) => found.get(size)!.fleet.map(seconds => seconds / size * 1e3);
  // the exponent of the best line through the logarithms: 1 is linear, 2 is quadratic
  const points = several.flatMap(size => per(size).map(each => [Math.log(size), Math.log(each * size)]));
  const [x, y] = [0, 1].map(axis => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  const exponent = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  const [least, most] = [several[0], several[several.length - 1]];
  console.log(`${table(['growth', ''], [
    ...several.map(size => [`ms per tenant of ${size}`, spread(per(size))]),
    [`per tenant of ${most} : of ${least}`, spread(ratios(per(most), per(least)))],
    ['time grows with the number of tenants to the power of', exponent.toFixed(2)],
  ])}\n`);
}

function printOneGateway(program: string): Goal[] {
  writeHelmValues(out('values.yaml'), 1);
  const rounds = Array.from({ length: quick ? 5 : 15 }, () => ({
    ours: time(process.execPath, [path.join(__dirname, 'apps', 'gateways.js'), '1', out('one')]),
    plus: time(process.execPath, ['-e', "require('cdk8s-plus-28')"]),
    node: time(process.execPath, ['-e', '0']),
    helm: time(program, ['template', 'fleet', out('chart'), '--values', out('values.yaml')]),
  }));
  const of = (name: keyof typeof rounds[number]) => rounds.map(round => round[name].cpu * 1e3);
  console.log(`${table(['one gateway, the whole program', 'CPU ms', 'ratio to `helm template`'], [
    ['`node main.js`', spread(of('ours'), 0), spread(ratios(of('ours'), of('helm')))],
    ["of it Node and `require('cdk8s-plus-28')`", spread(of('plus'), 0), spread(ratios(of('plus'), of('helm')))],
    ['of it Node alone', spread(of('node'), 0), spread(ratios(of('node'), of('helm')))],
    ['`helm template`', spread(of('helm'), 0), ''],
  ])}\n`);
  return [{ what: '`node main.js` : `helm template`, one gateway', most: 3, measured: ratios(of('ours'), of('helm')) }];
}

function printImport(): Goal[] {
  const rounds = Array.from({ length: quick ? 7 : 21 }, () => JSON.parse(runApp('imports', [])) as { [what: string]: number });
  const row = (label: string, key: string) => [label, spread(rounds.map(round => round[key]), 1), spread(rounds.map(round => round[`${key}Megabytes`]), 1)];
  console.log(`${table(['import', 'CPU ms', 'MB'], [row('cdk8s-plus-28', 'plus'), row('cdk8s-openclaw on top', 'ours')])}\n`);
  return [{ what: 'import of cdk8s-openclaw on top of cdk8s-plus-28, CPU ms', most: 15, measured: rounds.map(({ ours }) => ours) }];
}

function printProfile(): void {
  const count = quick ? 200 : 1000;
  const parts = JSON.parse(runApp('profile', [String(count), out('profile')], { BENCH_TENANTS: writeTenants(count) })) as { [part: string]: number };
  console.log(table([`a fleet of ${count} with extraConfig, by profile`, 'ms per gateway', '%'], Object.entries(parts).map(([part, milliseconds]) =>
    [part, milliseconds.toFixed(3), (100 * milliseconds / parts.everything).toFixed(1)])));
}

try {
  main();
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
