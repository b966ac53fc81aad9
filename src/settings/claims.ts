import * as kplus from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { chartOf } from '../input/chart-of';

/** For each app, the gateway that keeps its state in each claim. */
const USERS = new WeakMap<IConstruct, Map<string, string>>();

/** Construct path of another gateway that keeps its state in the same claim. */
export function claimSharedWith(gateway: IConstruct, claim: kplus.IPersistentVolumeClaim): string | undefined {
  return USERS.get(gateway.node.root)?.get(keyOf(gateway, claim));
}

/** Remembers that a gateway keeps its state in a claim. */
export function useClaim(gateway: IConstruct, claim: kplus.IPersistentVolumeClaim): void {
  const users = USERS.get(gateway.node.root) ?? new Map<string, string>();
  USERS.set(gateway.node.root, users.set(keyOf(gateway, claim), gateway.node.path));
}

/** A pod finds claims in its own namespace only. */
function keyOf(gateway: IConstruct, claim: kplus.IPersistentVolumeClaim): string {
  const chart = chartOf(gateway);
  return `${chart?.namespace ?? `chart ${chart?.node.path}`}/${claim.name}`;
}
