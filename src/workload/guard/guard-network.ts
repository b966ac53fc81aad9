import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GUARD_PORT } from '../../guard/paths';
import { dnsOnly } from '../network';

/** The gateway's: out only to DNS and the guard. */
export function guardedNetwork(scope: Construct, gateway: kplus.IPodSelector, guard: kplus.Deployment): kplus.NetworkPolicy {
  const policy = dnsOnly(scope, gateway);
  policy.addEgressRule(guard, [kplus.NetworkPolicyPort.tcp(GUARD_PORT)]);
  return policy;
}
