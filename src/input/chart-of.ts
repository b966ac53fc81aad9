import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** The chart that a construct belongs to; undefined for one that stands directly below the App. */
export function chartOf(construct: IConstruct): Chart | undefined {
  return [...construct.node.scopes].reverse().find((scope): scope is Chart => Chart.isChart(scope));
}
