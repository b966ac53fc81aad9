import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, AppProps, Chart, Names, Yaml, YamlOutputType } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { YamlPrinter } from './yaml-printer';

/**
 * An app that writes the files that `App` writes, in less time and memory where there are thousands: what most files have in common is put into
 * YAML once. Its charts should be TenantCharts, as those of a Fleet are.
 *
 * Apps with other output types, with construct metadata, or with charts that depend on each other are synthesised by `App` itself.
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
    const constructs = this.node.findAll(); // cdk8s too looks before it validates
    validate(constructs);
    const { outdir, outputFileExtension } = this;
    if (constructs.some(crossesCharts) || !namesFilesAsHere(outdir, outputFileExtension)) return super.synth();
    const printer = new YamlPrinter();
    let same: boolean | undefined;
    for (const chart of chartsOf(this)) {
      const objects = Object.values<unknown>(chart.toJson());
      const text = same === false ? Yaml.stringify(...objects) : printer.print(objects);
      same ??= objects.length > 0 ? text === Yaml.stringify(...objects) : undefined;
      writeFileSync(join(outdir, fileOf(chart, outputFileExtension)), same === false ? Yaml.stringify(...objects) : text);
    }
  }
}

/** As cdk8s does, and not by it: a validation may say only once what is wrong. */
function validate(constructs: IConstruct[]): void {
  const errors = constructs.flatMap(({ node }) => node.validate().map(error => `[${node.path}] ${error}`));
  if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
}

/** The charts of an app, in an order of cdk8s' own where there are dependencies. */
function chartsOf(app: App): Chart[] {
  const all = app.node.findAll();
  return all.some(({ node }) => node.dependencies.length > 0) ? app.charts : all.filter((construct): construct is Chart => Chart.isChart(construct));
}

function fileOf(chart: Chart, extension: string): string {
  return `${Names.toDnsLabel(chart)}${extension}`;
}

/** Whether this cdk8s, in a folder that is there for a moment, gives files the names that they have here. */
function namesFilesAsHere(folder: string, outputFileExtension: string): boolean {
  const outdir = mkdtempSync(join(folder, '.names-'));
  try {
    const app = new App({ outdir, outputFileExtension, yamlOutputType: YamlOutputType.FILE_PER_CHART, recordConstructMetadata: false });
    const charts = [new Chart(app, 'chart'), new Chart(new Construct(app, 'Group'), 'Bad_Name')];
    app.synth();
    return readdirSync(outdir).sort().join() === charts.map(chart => fileOf(chart, outputFileExtension)).sort().join();
  } catch { // an extension that leads into a folder
    return false;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Whether cdk8s would put charts, and with them files, into an order for the sake of a construct. */
function crossesCharts(construct: IConstruct): boolean {
  if (Chart.isChart(construct) && construct.node.children.some(child => Chart.isChart(child))) return true;
  return construct.node.dependencies.some(target => Chart.of(target) !== Chart.of(construct));
}
