import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';

/** For each app, the gateway that keeps its state in each claim. */
const USERS = new WeakMap<IConstruct, Map<string, string>>();

/** Construct path of the gateway that keeps its state in a claim already. */
export function gatewayUsing(claim: kplus.IPersistentVolumeClaim): string | undefined {
  return USERS.get(claim.node.root)?.get(keyOf(claim));
}

/** Remembers that a gateway keeps its state in a claim. */
export function useClaim(claim: kplus.IPersistentVolumeClaim, path: string): void {
  const users = USERS.get(claim.node.root) ?? new Map<string, string>();
  USERS.set(claim.node.root, users.set(keyOf(claim), path));
}

function keyOf(claim: kplus.IPersistentVolumeClaim): string {
  const chart = Chart.of(claim);
  return `${chart.namespace ?? `chart ${chart.node.path}`}/${claim.name}`;
}
