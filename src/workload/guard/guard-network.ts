import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GUARD_PORT } from '../../guard/paths';
import { Provider } from '../../models/provider';
import { closedNetwork, dnsOnly } from '../network';

/** The guard's: out only to DNS and the providers. */
export function guardNetwork(scope: Construct, guard: kplus.IPodSelector, providers: Provider[]): kplus.NetworkPolicy {
  return closedNetwork(scope, guard, providers);
}

/** The gateway's: out only to DNS and the guard. */
export function guardedNetwork(scope: Construct, gateway: kplus.IPodSelector, guard: kplus.IPodSelector & kplus.INetworkPolicyPeer): kplus.NetworkPolicy {
  const policy = dnsOnly(scope, gateway);
  policy.addEgressRule(guard, [kplus.NetworkPolicyPort.tcp(GUARD_PORT)]);
  return policy;
}
