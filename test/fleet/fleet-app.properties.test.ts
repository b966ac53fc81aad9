import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FleetApp } from '../../src/index';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-fleet-app-'));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

/** Constructs are named by a number, taken modulo the number of those that there are. */
const any = fc.nat(1000);
const step = fc.oneof(
  fc.record({ do: fc.constant('chart' as const), within: fc.option(any) }),
  fc.record({ do: fc.constant('object' as const), within: any }),
  fc.record({ do: fc.constant('group' as const), within: any }),
  fc.record({ do: fc.constant('depend' as const), from: any, to: any, within: fc.boolean() }),
  fc.record({ do: fc.constant('break' as const), which: any }),
  fc.record({ do: fc.constant('mend' as const), which: any }),
  fc.record({ do: fc.constant('breaker' as const), within: any, which: any }),
  fc.record({ do: fc.constant('synth' as const) }),
  fc.record({ do: fc.constant('synthYaml' as const) }),
  fc.record({ do: fc.constant('render' as const), chart: any }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function filesIn(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .map(file => `${path.relative(folder, file)}\n${fs.readFileSync(file, 'utf8')}`)
    .sort();
}

/** Everything that comes out of an app on its way: files, texts, JSON and errors. */
function run(steps: Step[], kind: typeof App, yamlOutputType: YamlOutputType): unknown[] {
  const outdir = fs.mkdtempSync(path.join(scratch, 'app-'));
  const app = new kind({ outdir, yamlOutputType });
  const charts: Chart[] = [];
  const constructs: Construct[] = [];
  const broken = new Set<Construct>();
  let victim: Construct | undefined;
  const at = <T>(all: T[], i: number) => all[i % all.length];
  const add = <T extends Construct>(construct: T): T => {
    construct.node.addValidation({ validate: () => broken.has(construct) ? ['wrong', 'and again'] : [] });
    constructs.push(construct);
    return construct;
  };
  const newObject = (scope: Construct, data?: unknown) => add(new ApiObject(scope, `object-${constructs.length}`, { apiVersion: 'v1', kind: 'ConfigMap', data }));
  const breakVictim = () => broken.add(victim!) && {};
  const synth = () => {
    fs.rmSync(outdir, { recursive: true, force: true }); // a synthesis that fails leaves files, and not always the same
    app.synth();
    return filesIn(outdir);
  };
  const newChart = (scope: Construct) => charts.push(add(new Chart(scope, `chart-${constructs.length}`)));
  const actions: { [action in Step['do']]: (it: any) => unknown } = {
    chart: ({ within }) => newChart(within === null ? app : at(constructs, within)),
    object: ({ within }) => newObject(at(constructs, within)),
    group: ({ within }) => [1, 2].map(() => newObject(add(new Construct(at(constructs, within), `group-${constructs.length}`)))),
    depend: ({ from, to, within }) => {
      const [source, target] = [from, to].map(i => at(constructs, i));
      if (!within || Chart.of(source) === Chart.of(target)) source.node.addDependency(target);
    },
    break: ({ which }) => broken.add(at(constructs, which)),
    mend: ({ which }) => broken.delete(at([...broken], which)),
    breaker: ({ within, which }) => {
      victim ??= at(constructs, which); // if several break while the charts are rendered, App reports the first alone
      newObject(at(constructs, within), Lazy.any({ produce: breakVictim }));
    },
    synth,
    synthYaml: () => app.synthYaml(),
    render: ({ chart }) => at(charts, chart).toJson(),
  };
  newChart(app);
  newChart(app);
  const results = steps.map(one => {
    try {
      const result = actions[one.do](one);
      return ['synth', 'synthYaml', 'render'].includes(one.do) ? result : one.do;
    } catch (error) {
      return (error as Error).message;
    }
  });
  fs.rmSync(outdir, { recursive: true, force: true });
  return results;
}

/** Most programs make charts depend on each other, and FleetApp leaves those to App. In these, dependencies stay within a chart. */
const withoutOrder = (steps: Step[]) => steps.map(one => one.do === 'chart' ? { ...one, within: null } : one.do === 'depend' ? { ...one, within: true } : one);
const outputType = fc.constantFrom(...Object.values(YamlOutputType).filter(type => typeof type === 'number') as YamlOutputType[]);
const program = fc.array(step, { minLength: 5, maxLength: 40, size: 'max' });

test('FleetApp does what App does, whatever is done to it', () => {
  fc.assert(fc.property(program, outputType, (steps, type) => {
    expect(run(steps, FleetApp, type)).toEqual(run(steps, App, type));
  }), { numRuns: 150 });
}, 120_000);

test('also where no chart waits for another', () => {
  fc.assert(fc.property(program, steps => {
    expect(run(withoutOrder(steps), FleetApp, YamlOutputType.FILE_PER_CHART)).toEqual(run(withoutOrder(steps), App, YamlOutputType.FILE_PER_CHART));
  }), { numRuns: 150 });
}, 120_000);
