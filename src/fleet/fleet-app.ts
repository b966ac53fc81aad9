import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, AppProps, Chart, Names, Yaml, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
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
    const isPlain = this.yamlOutputType === YamlOutputType.FILE_PER_CHART && !this._recordsMetadata
      && this.node.findAll().every(({ node }) => node.validate().length === 0);
    const constructs = this.node.findAll();
    if (!isPlain || constructs.some(crossesCharts)) return super.synth();
    mkdirSync(this.outdir, { recursive: true });
    const printer = new YamlPrinter();
    let same: boolean | undefined;
    for (const chart of constructs.filter(construct => Chart.isChart(construct))) {
      const objects = chart.toJson();
      const text = same === false ? Yaml.stringify(...objects) : printer.print(objects);
      same ??= objects.length > 0 ? text === Yaml.stringify(...objects) : undefined;
      writeFileSync(join(this.outdir, `${Names.toDnsLabel(chart)}${this.outputFileExtension}`), same === false ? Yaml.stringify(...objects) : text);
    }
  }
}

/** Whether cdk8s would put charts, and with them files, into an order for the sake of a construct. */
function crossesCharts(construct: IConstruct): boolean {
  if (Chart.isChart(construct) && construct.node.children.some(child => Chart.isChart(child))) return true;
  return construct.node.dependencies.some(target => Chart.of(target) !== Chart.of(construct));
}
