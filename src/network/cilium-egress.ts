import { InputChecks } from '../input/input-checks';
import { isMap } from '../input/values';
import { isInsideCluster } from '../models/endpoint';

/**
 * The hosts that a closed network leads to, where Cilium enforces network policies: the providers', and these.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#dns-based
 */
export interface CiliumEgress {
  /**
   * Further hosts outside the cluster that the gateway may reach on port 443, for example that of a channel, `api.telegram.org`, or patterns
   * as Cilium reads them: `*.example.com` (one label), `**.example.com` (any number of them).
   * @default - none
   */
  readonly hosts?: string[];
}

/** @internal */
export function checkCiliumEgress(check: InputChecks, egress: unknown): InputChecks {
  if (egress === undefined) return check;
  if (!isMap(egress)) return check.that(false, 'ciliumEgress', 'an object, perhaps with hosts', egress);
  return check.options<CiliumEgress>(egress, { hosts: true }).list('ciliumEgress.hosts', (egress as CiliumEgress).hosts, isHost, 'the name of a host outside the cluster, in lower case, perhaps with *', "for example 'api.telegram.org'");
}

function isHost(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 253 && /^([a-z0-9*]([a-z0-9*-]*[a-z0-9*])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(value)
    && !isInsideCluster(`https://${value}`);
}
