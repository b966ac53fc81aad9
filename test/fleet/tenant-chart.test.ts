import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart, ChartProps, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { TenantChart } from '../../src/index';
import { messageOf } from '../support/gateway';

type ChartClass = new (scope: Construct, id: string, props?: ChartProps) => Chart;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-tenant-chart-'));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

function newApp(yamlOutputType?: YamlOutputType): App {
  return new App({ outdir: fs.mkdtempSync(path.join(scratch, 'app-')), yamlOutputType });
}

function addObject(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data: { path: Lazy.any({ produce: () => scope.node.path }) } });
}

/** Charts of one object each, with a validation that counts its calls and reports what `problem` says. */
function chartsOf(app: App, kind: ChartClass, count: number, problem: (id: string) => string[] = () => []) {
  const validations: string[] = [];
  const charts = Array.from({ length: count }, (_, i) => {
    const chart = new kind(app, `chart-${i}`);
    addObject(chart, 'Object').node.addValidation({
      validate: () => {
        validations.push(chart.node.id);
        return problem(chart.node.id);
      },
    });
    return chart;
  });
  return { charts, validations };
}

const callsPerChart = (kind: ChartClass, count: number, synth: (app: App) => unknown, plain = 0) => {
  const app = newApp();
  const { validations } = chartsOf(app, kind, count);
  for (let i = 0; i < plain; i++) addObject(new Chart(app, `plain-${i}`), 'Object');
  synth(app);
  return validations.length / count;
};

describe('each object is validated as often in an app of 100 charts as in one of 10', () => {
  const synth = (app: App) => app.synth();

  test.each<[string, (app: App) => unknown]>([['synth', synth], ['synthYaml', app => app.synthYaml()]])('by %s', (_, render) => {
    const [ten, hundred] = [10, 100].map(count => callsPerChart(TenantChart, count, render));
    expect(ten).toBeLessThanOrEqual(4);
    expect(hundred).toBeLessThanOrEqual(ten * 1.1);
  });

  test('where a plain chart stands among them', () => {
    expect(callsPerChart(TenantChart, 100, synth, 1)).toBeLessThanOrEqual(6);
  });

  test('again when the app is synthesised again', () => {
    const app = newApp();
    const { validations } = chartsOf(app, TenantChart, 100);
    app.synth();
    app.synthYaml();
    expect(validations.length).toBeLessThanOrEqual(800);
  });

  test('which plain charts are not', () => {
    expect(callsPerChart(Chart, 10, synth)).toBe(11);
    expect(callsPerChart(Chart, 100, synth)).toBe(101);
  });
});

describe('as with plain charts', () => {
  const both = <T>(action: (kind: ChartClass) => T) => expect(action(TenantChart)).toEqual(action(Chart));

  test('every validation error is in the message', () => both(kind => {
    const app = newApp();
    const { charts } = chartsOf(app, kind, 3, id => [`${id} is wrong`, 'and again']);
    const messages = [() => app.synth(), () => app.synthYaml(), () => Testing.synth(charts[1])].map(messageOf);
    expect(messages[0].match(/is wrong/g)).toHaveLength(3);
    return messages;
  }));

  test('an error that appears after a synthesis is reported by whichever chart is rendered', () => both(kind => {
    const app = newApp();
    const wrong = new Set<string>();
    const { charts } = chartsOf(app, kind, 3, id => wrong.has(id) ? [`${id} is wrong`] : []);
    app.synth();
    wrong.add('chart-2');
    const messages = [messageOf(() => charts[0].toJson()), messageOf(() => app.synth())];
    wrong.clear();
    charts[0].toJson();
    wrong.add('chart-2');
    return [...messages, messageOf(() => charts[1].toJson())];
  }));

  test('an error is reported after two syntheses that failed', () => both(kind => {
    const app = newApp();
    const wrong = new Set(['chart-1']);
    const { charts } = chartsOf(app, kind, 3, id => wrong.has(id) ? [`${id} is wrong`] : []);
    const messages = [() => app.synth(), () => app.synthYaml(), () => app.synthYaml()].map(messageOf);
    wrong.clear();
    charts[0].toJson();
    wrong.add('chart-1');
    messages.push(messageOf(() => charts[1].toJson()));
    expect(new Set(messages).size).toBe(1);
    return messages;
  }));

  test.each(['a chart already rendered', 'a chart to come', 'the app', 'a construct outside the charts'])('an error that rendering a chart makes in %s is reported', where => both(kind => {
    const app = newApp();
    const [a, b, c] = ['a', 'b', 'c'].map(id => new kind(app, id));
    const place = new Map<string, Construct>([
      ['a chart already rendered', a], ['a chart to come', c], ['the app', app], ['a construct outside the charts', new Construct(app, 'outside')],
    ]).get(where)!;
    let broken = false;
    place.node.addValidation({ validate: () => broken ? ['wrong'] : [] });
    const produce = () => {
      broken = true;
      return {};
    };
    new ApiObject(b, 'Object', { apiVersion: 'v1', kind: 'ConfigMap', data: Lazy.any({ produce }) });
    return [() => app.synth(), () => app.synthYaml()].map(synth => {
      broken = false;
      const message = messageOf(synth);
      expect(message).toContain('wrong');
      return message;
    });
  }));

  test.each(Object.values(YamlOutputType).filter(type => typeof type === 'number'))('nothing is left over from a synthesis of output type %s', type => both(kind => {
    const app = newApp(type as YamlOutputType);
    const wrong = new Set<string>();
    const { charts } = chartsOf(app, kind, 3, id => wrong.has(id) ? [`${id} is wrong`] : []);
    app.synth();
    charts[0].toJson();
    wrong.add('chart-2');
    return messageOf(() => charts[1].toJson());
  }));

  test('dependencies added after a synthesis count', () => both(kind => {
    const app = newApp();
    const chart = new kind(app, 'chart');
    const [first, second] = ['First', 'Second'].map(id => new Construct(chart, id));
    for (const group of [first, second]) addObject(group, 'Object');
    app.synth();
    first.node.addDependency(second);
    return [chart.toJson(), app.synthYaml()];
  }));

  test('what a validation adds is rendered in order', () => both(kind => {
    const app = newApp();
    const charts = ['a', 'b', 'c'].map(id => new kind(app, id));
    for (const chart of charts) {
      const early = new Construct(chart, 'Early');
      addObject(early, 'Object');
      chart.node.addValidation({
        validate: () => {
          if (!chart.node.tryFindChild('Late')) {
            const late = new Construct(chart, 'Late');
            addObject(late, 'Object');
            early.node.addDependency(late);
          }
          return [];
        },
      });
    }
    return app.synthYaml();
  }));

  test('what rendering one chart adds to another is rendered in order', () => both(kind => {
    const app = newApp();
    const [first, second, third] = ['a', 'b', 'c'].map(id => new kind(app, id));
    const [early, late] = ['Early', 'Late'].map(id => new Construct(third, id));
    addObject(early, 'Object');
    addObject(late, 'Object');
    addObject(first, 'Object');
    const produce = () => {
      early.node.addDependency(late);
      return 1;
    };
    new ApiObject(second, 'Object', { apiVersion: 'v1', kind: 'ConfigMap', data: Lazy.any({ produce }) });
    return app.synthYaml();
  }));

  test('an object is rendered once', () => both(kind => {
    const app = newApp();
    let count = 0;
    for (const id of ['a', 'b', 'c']) {
      new ApiObject(new kind(app, id), 'Object', { apiVersion: 'v1', kind: 'ConfigMap', data: Lazy.any({ produce: () => ({ count: ++count }) }) });
    }
    return app.synthYaml();
  }));

  test('an object that cannot be rendered fails, and does not when it is mended', () => both(kind => {
    const app = newApp();
    const { charts } = chartsOf(app, kind, 3);
    let broken = true;
    const produce = () => {
      if (broken) throw new Error('broken');
      return {};
    };
    new ApiObject(charts[1], 'Broken', { apiVersion: 'v1', kind: 'ConfigMap', data: Lazy.any({ produce }) });
    const message = messageOf(() => app.synth());
    broken = false;
    return [message, app.synthYaml()];
  }));

  test('a subclass may change what is rendered', () => both(kind => {
    class Labelled extends kind {
      public toJson(): any[] {
        return super.toJson().map(object => ({ ...object, labelled: true }));
      }
    }
    const app = newApp();
    chartsOf(app, Labelled, 3);
    return app.synthYaml();
  }));
});

describe('a cdk8s that renders in another way is followed', () => {
  const synthChart: (chart: Chart) => any[] = App._synthChart;
  const appOf = (kind: ChartClass) => {
    const app = newApp();
    for (const chart of chartsOf(app, kind, 4).charts) addObject(chart, 'Another');
    return app;
  };
  afterEach(() => jest.restoreAllMocks());

  test.each<[string, (chart: Chart) => any[]]>([
    ['another order', chart => synthChart(chart).reverse()],
    ['something added to objects', chart => synthChart(chart).map(object => ({ ...object, added: true }))],
    ['objects left out', chart => synthChart(chart).slice(1)],
  ])('%s', (_, changed) => {
    jest.spyOn(App, '_synthChart').mockImplementation(changed);
    expect(appOf(TenantChart).synthYaml()).toBe(appOf(Chart).synthYaml());
  });

  test('a synthesis that does not validate', () => {
    jest.spyOn(App.prototype, 'synthYaml').mockImplementation(function (this: App) {
      return JSON.stringify(this.charts.map(chart => chart.toJson()));
    });
    expect(appOf(TenantChart).synthYaml()).toBe(appOf(Chart).synthYaml());
  });
});

test('leaves no trace in the tree', () => {
  const chart = new TenantChart(newApp(), 'chart', { namespace: 'here', labels: { a: 'b' } });
  expect(chart.node.dependencies).toEqual([]);
  expect(chart.node.children).toEqual([]);
  expect(chart.namespace).toBe('here');
  expect(Testing.synth(chart)).toEqual([]);
  expect(addObject(chart, 'Object').metadata.toJson()).toMatchObject({ namespace: 'here', labels: { a: 'b' } });
});
