import { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { Synthesis } from './synthesis';

/**
 * A chart like any other, made for apps of many: it renders what `Chart` renders, byte by byte, in a time that does not
 * grow with the number of charts in the app. With `Chart` each one validates and resolves the whole app once more.
 *
 * Charts of both kinds may stand in one app and in each other; each plain one costs a walk through the whole app.
 *
 * @see https://cdk8s.io/docs/latest/basics/chart/
 */
export class TenantChart extends Chart {
  public constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    Synthesis.of(this).follow(this);
  }

  /** Renders this chart to a set of Kubernetes JSON resources. */
  public toJson(): any[] {
    return Synthesis.of(this).render(this, () => super.toJson());
  }
}
