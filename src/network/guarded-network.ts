import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClosedNetwork, dnsAndHosts, dnsOnly, onHttps } from './closed-network';
import { GUARD_PORT } from '../guard/guard-layout';

/** The gateway's: out only to DNS, the guard and, where Cilium enforces policies, the given hosts. */
export function guardedNetwork(scope: Construct, gateway: kplus.Deployment, guard: kplus.Deployment, hosts?: string[]): ClosedNetwork {
  const network = hosts ? dnsAndHosts(scope, gateway, onHttps(hosts)) : dnsOnly(scope, gateway);
  network.policy.addEgressRule(guard, [kplus.NetworkPolicyPort.tcp(GUARD_PORT)]);
  return network;
}
