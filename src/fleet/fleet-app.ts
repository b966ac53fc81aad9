import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, AppProps, Chart, DependencyGraph, Names, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { YamlPrinter } from './yaml-printer';

/**
 * An app for many charts. It writes the files that `App` writes, byte by byte, and reports the same errors.
 *
 * `App` validates the whole app again for every chart, so its time grows with the square of their number. `FleetApp` validates the app before the first
 * chart and before the last one, and renders all charts in one walk. `synthYaml()` works as it does in `App`.
 *
 * `FleetApp` leaves an app to `App` in three cases: the output type is not a file per chart, construct metadata is recorded, or charts depend on each other.
 */
export class FleetApp extends App {
  private readonly _recordsMetadata: boolean;

  public constructor(props: AppProps = {}) {
    super(props);
    this._recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
  }

  /** Synthesizes all manifests to the output directory. */
  public synth(): void {
    mkdirSync(this.outdir, { recursive: true });
    if (this.yamlOutputType !== YamlOutputType.FILE_PER_CHART || this._recordsMetadata) return super.synth();
    const constructs = this.node.findAll(); // as cdk8s does: before a validation can add constructs
    validate(constructs);
    if (constructs.some(crossesCharts)) return super.synth();
    const charts = this.chartsInOrder(constructs);
    const printer = new YamlPrinter();
    for (const [i, chart] of charts.entries()) {
      if (i === 0 || i === charts.length - 1) validate(this.node.findAll()); // reports what the validation or the rendering changed
      writeFileSync(join(this.outdir, `${Names.toDnsLabel(chart)}${this.outputFileExtension}`), printer.print(rendered(chart)));
    }
  }

  private chartsInOrder(constructs: IConstruct[]): Chart[] {
    if (inferDependencies(constructs)) return this.charts;
    const charts = constructs.filter((construct): construct is Chart => Chart.isChart(construct));
    return Object.values(Object.fromEntries(charts.map(chart => [chart.node.path, chart]))); // the keys of an object, as in cdk8s: '2' comes before '10'
  }
}

/** As in cdk8s, which does not export it. */
function validate(constructs: IConstruct[]): void {
  const errors = constructs.flatMap(({ node }) => node.validate().map(error => `[${node.path}] ${error}`));
  if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
}

/** What `chart.toJson()` returns, without a walk through the whole app. */
function rendered(chart: Chart): unknown[] {
  if (chart.toJson !== Chart.prototype.toJson) return Object.values<unknown>(chart.toJson());
  const constructs = chart.node.findAll();
  const inOrder = inferDependencies(constructs) ? new DependencyGraph(chart.node).topology() : constructs;
  return objectsOf(inOrder, chart).map(object => object.toJson());
}

/** Makes objects depend on the objects of whatever they, or constructs around them, depend on. Returns whether there are dependencies. */
function inferDependencies(constructs: IConstruct[]): boolean {
  const dependencies = constructs.flatMap(source => source.node.dependencies.map(target => [source, target]));
  for (const pair of dependencies) {
    const [objects, awaited] = pair.map(construct => objectsOf(construct.node.findAll(), Chart.of(construct)));
    for (const target of awaited) {
      for (const source of objects.filter(object => object !== target)) source.addDependency(target);
    }
  }
  return dependencies.length > 0;
}

/** The objects of a chart among constructs; those of a chart inside it are not its own. */
function objectsOf(constructs: IConstruct[], chart: Chart): ApiObject[] {
  return constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && Chart.of(construct) === chart);
}

/** Whether cdk8s would order charts because of this construct, and number their files. */
function crossesCharts(construct: IConstruct): boolean {
  if (Chart.isChart(construct) && construct.node.children.some(child => Chart.isChart(child))) return true;
  return construct.node.dependencies.some(target => Chart.of(target) !== Chart.of(construct));
}
