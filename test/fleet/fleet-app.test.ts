import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, AppProps, Chart, IResolver, Lazy, ResolutionContext, Yaml, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { YamlPrinter } from '../../src/fleet/yaml-printer';
import { FleetApp } from '../../src/index';
import { messageOf, newGateway } from '../support/gateway';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-fleet-app-'));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

/** Texts that YAML writes in special ways. */
const AWKWARD = [
  '', ' ', 'yes', 'on', 'NULL', '~', '0x1f', '1e3', 'e-1', '1:30', '2026-09-06', '0775', '-', '- a', '---', '--- a', '...', '#', 'a #b', 'a: b', 'a:', ': a', '? a', '&a', '*a', '!a',
  '|', '>', '%a', '@a', '`a`', '"a"', "it's", '[', '{}', ',', '=', '<<', 'a\n', 'a\nb', '\n', '\na', 'a\n\n', ' a\nb', 'a \nb', 'a\n---\nb', '# a\nb', 'a\tb\nc', 'a\r\nb', '\u00e9\n\u{1f600}',
  '\ufeff', '\u0000', '\u2028', 'a'.repeat(200), `${'word '.repeat(60)}\n${'word '.repeat(60)}`, 'a'.repeat(1100), '__proto__', 'constructor',
];
const text = fc.oneof(fc.stringMatching(/^[a-zE0-9]{1,5}([-/][a-zE0-9.:_]{1,4}){0,4}$/), fc.constantFrom(...AWKWARD), fc.string(), fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...AWKWARD), { maxLength: 4 }).map(parts => parts.join('\n')));
const { tree } = fc.letrec(tie => ({
  tree: fc.oneof({ maxDepth: 6, depthSize: 'large' }, text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: fc.dictionary(text, tie('tree'), { maxKeys: 5 }),
}));

describe('YamlPrinter prints what cdk8s prints', () => {
  const printer = new YamlPrinter();

  test('of anything', () => {
    fc.assert(fc.property(fc.array(fc.dictionary(text, tree, { maxKeys: 6 }), { maxLength: 3 }), documents => {
      expect(printer.print(documents)).toBe(Yaml.stringify(...documents));
    }), { numRuns: Number(process.env.RUNS ?? 500) });
  }, 120_000);

  test('of what is no JSON', () => {
    const shared = { a: 1 };
    class Odd { public readonly a = 1; }
    const empty = {};
    const documents = [{ a: shared, b: shared }, { a: empty, b: empty }, { a: new Array(2) }, { a: undefined }, { a: new Date(0) }, { a: -0, b: NaN, c: 10n }, { a: new Odd() }, { a: new Map([[1, 2]]) }, { a: { toJSON: () => 1 } }, [], null, 'a'];
    for (const document of [documents, ...documents.map(each => [each])]) expect(printer.print(document)).toBe(Yaml.stringify(...document));
  });
});

function addLazy(scope: Construct, produce: () => unknown): ApiObject {
  return new ApiObject(scope, 'Lazy', { apiVersion: 'v1', kind: 'ConfigMap', data: Lazy.any({ produce }) });
}

type AppClass = new (props?: AppProps) => App;

function filesOf(kind: AppClass, build: (app: App) => void, props: AppProps = {}): { [file: string]: string } {
  const app = new kind({ outdir: fs.mkdtempSync(path.join(scratch, 'app-')), ...props });
  build(app);
  app.synth();
  const files = fs.readdirSync(app.outdir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name }) => [path.relative(app.outdir, path.join(parentPath, name)), fs.readFileSync(path.join(parentPath, name), 'utf8')]));
}

function addObject(scope: Construct, id = 'Object'): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data: { text: 'a\nb\n', yes: 'yes' } });
}

describe('FleetApp writes what App writes', () => {
  const chartsOf = (app: App) => ['a', 'b', 'c'].map(id => new Chart(app, id));
  const builds: { [what: string]: (app: App) => void } = {
    'gateways': app => chartsOf(app).forEach(chart => newGateway(chart)),
    'nothing': () => undefined,
    'charts without objects': app => void chartsOf(app),
    'plain charts': app => [addObject(new Chart(app, 'a')), addObject(new Chart(new Construct(app, 'group'), 'Bad_Name'))],
    'nested charts': app => chartsOf(app).forEach(chart => [addObject(chart), addObject(new Chart(chart, 'inner'))]),
    'charts in objects': app => chartsOf(app).forEach(chart => addObject(new Chart(addObject(chart), 'inner'))),
    'dependencies in a chart': app => chartsOf(app).forEach(chart => addObject(chart, 'First').addDependency(addObject(chart, 'Second'))),
    'dependencies in one chart, and one of a chart on itself': app => {
      const [a, b] = chartsOf(app);
      addObject(a, 'First').addDependency(addObject(a, 'Second'));
      addObject(b);
      b.addDependency(b);
    },
    'dependencies across charts': app => {
      const [a, b, c] = chartsOf(app).map(chart => addObject(chart));
      a.addDependency(b);
      b.addDependency(c);
    },
    'what a validation adds': app => chartsOf(app).forEach(chart => {
      const early = new Construct(chart, 'Early');
      addObject(early);
      chart.node.addValidation({
        validate: () => {
          if (!chart.node.tryFindChild('Late')) early.node.addDependency(addObject(chart, 'Late'));
          return [];
        },
      });
    }),
    'what a validation adds, across charts': app => {
      const [a, b] = chartsOf(app).map(chart => addObject(chart));
      a.node.addValidation({
        validate: () => {
          if (!a.node.tryFindChild('Late')) new Construct(a, 'Late').node.addDependency(b);
          return [];
        },
      });
    },
    'charts that render themselves in another way': app => {
      class Named extends Chart {
        public toJson(): any {
          return { ...super.toJson().map(object => ({ ...object, named: true })) };
        }
      }
      ['a', 'b', 'c'].forEach(id => addObject(new Named(app, id)));
    },
    'dependencies that rendering adds': app => {
      const [, b, c] = chartsOf(app);
      const [early, late] = ['Early', 'Late'].map(id => new Construct(c, id));
      [early, late].forEach(group => addObject(group));
      addLazy(b, () => {
        early.node.addDependency(late);
        return {};
      });
      addObject(new Chart(app, 'd'));
    },
    'values that differ each time': app => {
      let count = 0;
      chartsOf(app).forEach(chart => addLazy(chart, () => ({ count: ++count })));
    },
    'charts whose ids are numbers': app => {
      let count = 0;
      ['10', '9', 'a', '8'].forEach(id => addLazy(new Chart(app, id), () => ({ count: ++count })));
    },
    'values for resolvers': app => chartsOf(app).forEach(chart => addLazy(chart, () => ({ text: 'resolve me' }))),
  };

  class Resolver implements IResolver {
    public resolve(context: ResolutionContext): void {
      if (context.value === 'resolve me') context.replaceValue(`resolved for ${context.obj.node.path}, ${context.key.join('.')}`);
    }
  }

  describe.each(Object.keys(builds))('%s', what => {
    test.each<AppProps>([
      {}, { outputFileExtension: '.yaml' }, { recordConstructMetadata: true }, { resolvers: [new Resolver()] }, { yamlOutputType: YamlOutputType.FILE_PER_APP },
      { yamlOutputType: YamlOutputType.FILE_PER_RESOURCE }, { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE },
    ])('%j', props => {
      expect(filesOf(FleetApp, builds[what], props)).toEqual(filesOf(App, builds[what], props));
    });
  });

  const failing: { [what: string]: [build: (app: App) => void, files: string[]] } = {
    'several validations find something': [app => {
      chartsOf(app).forEach(chart => addObject(chart).node.addValidation({ validate: () => ['wrong', `in ${chart.node.id}`] }));
    }, []],
    'a validation reports something only once': [app => chartsOf(app).forEach(chart => {
      const errors = [`${chart.node.id} is wrong`];
      addObject(chart).node.addValidation({ validate: () => errors.splice(0) });
    }), []],
    'a validation reports something the second time': [app => {
      const [, b] = chartsOf(app);
      const answers = [[], ['wrong'], []];
      addObject(b).node.addValidation({ validate: () => answers.shift() ?? [] });
    }, []],
    'a validation throws': [app => {
      addObject(new Chart(app, 'a')).node.addValidation({ validate: () => { throw new Error('broken'); } });
    }, []],
    'objects wait for each other': [app => {
      const [a, b] = chartsOf(app);
      addObject(a);
      const [first, second] = ['First', 'Second'].map(id => addObject(b, id));
      first.addDependency(second);
      second.addDependency(first);
    }, []],
    'an object waits for a group that waits for it': [app => {
      const [a, b] = chartsOf(app);
      addObject(a);
      const [first, second] = ['First', 'Second'].map(id => new Construct(b, id));
      addObject(first);
      first.node.addDependency(second);
      addObject(second).node.addDependency(first);
    }, []],
    'charts wait for each other': [app => {
      const [a, b] = chartsOf(app);
      addObject(a).addDependency(b);
      addObject(b).addDependency(a);
    }, []],
    'an object cannot be rendered': [app => {
      const [a, b, c] = chartsOf(app);
      [a, c].forEach(chart => addObject(chart));
      addObject(b);
      addLazy(b, () => { throw new Error('broken'); });
    }, ['a.k8s.yaml']],
    'an object is no plain JSON': [app => {
      const [, b] = chartsOf(app);
      addLazy(b, () => ({ date: new Date(0) }));
    }, ['a.k8s.yaml']],
    'rendering makes something wrong in a chart already rendered': [app => {
      const [a, b] = chartsOf(app);
      let broken = false;
      a.node.addValidation({ validate: () => broken ? ['wrong'] : [] });
      addLazy(b, () => {
        broken = true;
        return {};
      });
    }, ['a.k8s.yaml', 'b.k8s.yaml']],
    'an object stands beside the charts': [app => void new ApiObject(app, 'Object', { apiVersion: 'v1', kind: 'ConfigMap' }), []],
  };

  test.each(Object.keys(failing))('and fails as it does when %s', what => {
    const [build, files] = failing[what];
    const outcomes = [FleetApp, App].map(kind => {
      const app = new kind({ outdir: path.join(fs.mkdtempSync(path.join(scratch, 'app-')), 'out') });
      const message = messageOf(() => {
        build(app);
        app.synth();
      });
      return { message, files: fs.existsSync(app.outdir) ? fs.readdirSync(app.outdir) : [] };
    });
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0].files).toEqual(files);
  });

  test('into folders, where an extension leads there', () => {
    const [ours, theirs] = [FleetApp, App].map(kind => filesOf(kind, app => {
      chartsOf(app).forEach(chart => {
        fs.mkdirSync(path.join(app.outdir, chart.node.id));
        addObject(chart);
      });
    }, { outputFileExtension: '/manifests.yaml' }));
    expect(ours).toEqual(theirs);
    expect(Object.keys(ours)).toHaveLength(3);
  });
});

test('FleetApp validates each object as often in an app of 100 charts as in one of 10', () => {
  const [ten, hundred] = [10, 100].map(count => {
    const validate = jest.fn(() => []);
    filesOf(FleetApp, app => Array.from({ length: count }, (_, i) => addObject(new Chart(app, `chart-${i}`)).node.addValidation({ validate })));
    return validate.mock.calls.length / count;
  });
  expect([ten, hundred]).toEqual([3, 3]);
});
