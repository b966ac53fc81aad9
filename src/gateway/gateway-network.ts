import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClosedNetwork, closedNetwork, peerOf } from '../network/closed-network';
import { guardedNetwork } from '../network/guarded-network';
import { GATEWAY_PORT } from '../settings/pod-layout';
import { Settings } from '../settings/settings';

/** The policies of a gateway, and of a guard that has pods of its own; undefined where the preset leaves the network open. */
export function gatewayNetwork(
  scope: Construct, { isolateNetwork, providers, exposure, ciliumHosts }: Settings, deployment: kplus.Deployment, guard?: kplus.Deployment,
): ClosedNetwork | undefined {
  if (!isolateNetwork) return undefined;
  const network = guard ? guardedNetwork(scope, deployment, guard, ciliumHosts) : closedNetwork(scope, deployment, providers, ciliumHosts);
  const { policy } = network;
  for (const peer of exposure?.peers ?? []) policy.addIngressRule(peerOf(policy, peer), [kplus.NetworkPolicyPort.tcp(GATEWAY_PORT)]);
  return network;
}
