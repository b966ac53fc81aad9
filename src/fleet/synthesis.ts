import { isDeepStrictEqual } from 'util';
import { ApiObject, App, Chart, DependencyGraph, YamlOutputType } from 'cdk8s';
import { Construct, Dependable, IConstruct } from 'constructs';

/** The output types for which `App.synth()` asks each chart for its JSON. */
const ASKING = [YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE];

const OF_APP = new WeakMap<IConstruct, Synthesis>();

/**
 * Tells when the charts of an app are rendered one after the other by `App.synth()` or `App.synthYaml()`. Then what the
 * rendering of the first chart did for the whole app (resolve dependencies, validate) need not be done again for the next.
 *
 * cdk8s does not say so itself, so it is told from what it asks the charts for: their validations and, later, their
 * dependencies. When this order is not seen, or anything looks changed, a chart is rendered by cdk8s.
 */
export class Synthesis {
  public static of(chart: Chart): Synthesis {
    const app = chart.node.root;
    if (!OF_APP.has(app)) OF_APP.set(app, new Synthesis(app as App));
    return OF_APP.get(app)!;
  }

  /** Charts that were validated and not rendered since. */
  private readonly waiting = new Set<Chart>();

  /** Whether dependencies were read after the validation. */
  private underWay = false;

  /** Whether a chart was rendered since. */
  private rendering = false;

  /** The size of each waiting chart when the whole app was last prepared. */
  private prepared?: Map<Chart, number>;

  /** Whether what is noticed comes from here. */
  private deaf = false;

  private constructor(private readonly app: App) {}

  /** Notices when a chart is validated, and when its dependencies are read. */
  public follow(chart: Chart): void {
    chart.node.addValidation({ validate: () => this.onValidation(chart) });
    const noDependency = {};
    const onRead = () => this.onDependencies();
    Dependable.implement(noDependency, { get dependencyRoots() { return onRead(); } });
    chart.node.addDependency(noDependency);
  }

  /** What `byCdk8s` gives, faster where it can be. The last chart is left to it, so that what the others made wrong anywhere in the app is reported. */
  public render(chart: Chart, byCdk8s: () => any[]): any[] {
    const inTurn = this.underWay && this.waiting.delete(chart);
    this.rendering ||= inTurn;
    try {
      const othersWait = inTurn && this.waiting.size > 0;
      const json = othersWait && this.isPrepared(chart) ? objectsOf(chart).map(object => object.toJson()) : this.unheard(byCdk8s);
      if (othersWait && !this.prepared) this.prepare();
      if (!inTurn || this.waiting.size === 0) this.end();
      return json;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private onValidation(chart: Chart): string[] {
    if (this.deaf) return [];
    if (this.waiting.has(chart) && !this.rendering) this.end(); // the synthesis before this one failed
    if (this.underWay) this.prepared = undefined; // a plain chart among the others, or another synthesis
    else if (ASKING.includes(this.app.yamlOutputType)) this.waiting.add(chart);
    return [];
  }

  private onDependencies(): IConstruct[] {
    if (!this.deaf && this.waiting.size > 0) this.underWay = true;
    return [];
  }

  private prepare(): void {
    if (!rendersAsHere()) return;
    this.unheard(() => {
      const rendered = renderedOf(this.app);
      for (const chart of [...this.waiting].filter(each => !rendered.has(each))) this.waiting.delete(chart);
      this.prepared = new Map([...this.waiting].map(chart => [chart, sizeOf(chart.node.findAll())]));
    });
  }

  private isPrepared(chart: Chart): boolean {
    const size = this.prepared?.get(chart);
    const same = size !== undefined && this.unheard(() => {
      const constructs = chart.node.findAll();
      return sizeOf(constructs) === size && constructs.every(({ node }) => node.validate().length === 0);
    });
    if (!same) this.prepared = undefined;
    return same;
  }

  private end(): void {
    this.waiting.clear();
    this.underWay = false;
    this.rendering = false;
    this.prepared = undefined;
  }

  private unheard<T>(action: () => T): T {
    const before = this.deaf;
    this.deaf = true;
    try {
      return action();
    } finally {
      this.deaf = before;
    }
  }
}

/** What `App.synth()` renders of an app: not what waits for itself, and nothing where there is no order. */
function renderedOf(app: App): Set<IConstruct> {
  try {
    return new Set(inOrder(app));
  } catch {
    return new Set();
  }
}

/** A construct and all that is in it, each after those that it depends on. */
function inOrder({ node: root }: IConstruct): IConstruct[] {
  const constructs = root.findAll();
  return constructs.every(({ node }) => node.dependencies.length === 0) ? constructs : new DependencyGraph(root).topology();
}

/** The objects of a chart. */
function objectsOf(chart: Chart): ApiObject[] {
  return inOrder(chart)
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter(object => Chart.of(object) === chart);
}

/** Grows with every construct and every dependency. */
function sizeOf(constructs: IConstruct[]): number {
  return constructs.reduce((sum, { node }) => sum + 1 + node.dependencies.length, 0);
}

/** Whether this cdk8s, when it has rendered one chart of an app, renders another one as it is rendered here. */
function rendersAsHere(): boolean {
  const app = new App();
  const [first, second] = ['first', 'second'].map(id => new Chart(app, id, { namespace: id, labels: { chart: id } }));
  const [a, b, c] = ['a', 'b', 'c'].map(id => {
    const group = new Construct(second, id);
    for (const name of ['One', 'Two']) new ApiObject(group, name, { apiVersion: 'v1', kind: 'ConfigMap', data: { name } });
    return group;
  });
  new ApiObject(new Chart(b, 'inner'), 'Object', { apiVersion: 'v1', kind: 'ConfigMap' });
  const [object] = ['Z', 'A'].map(id => new ApiObject(first, id, { apiVersion: 'v1', kind: 'ConfigMap' }));
  a.node.addDependency(c, object);
  b.node.addDependency(a);
  first.toJson();
  return [first, second].every(chart => isDeepStrictEqual(objectsOf(chart).map(each => each.toJson()), chart.toJson()));
}
