import { AN_ADDRESS, isAddress } from '../input/forms';
import { InputChecks } from '../input/input-checks';
import { isPeer } from '../input/kplus-shapes';
import { isMap } from '../input/values';

/** How people outside the cluster reach a gateway: under which origins, and through which proxy (an Ingress controller, a Gateway). */
export interface GatewayExposure {
  /**
   * The origins that the Control UI is opened under, as browsers show them: `https://assistant.example.com`. Browsers are refused under all
   * others. OpenClaw puts the first https one into the links that it sends, where the version knows such links. In a fleet, `{tenant}` and `{namespace}`
   * stand for the tenant's.
   */
  readonly origins: string[];

  /**
   * Addresses or CIDR blocks from which the proxy's pods connect, for example `['10.244.0.0/16']`. Keep it narrow: what these say about a
   * client's address is believed.
   * @default - those of GatewayAuth.trustedProxy()
   */
  readonly trustedProxies?: string[];

  /**
   * Who may connect to the gateway's port where the network is closed: the proxy's pods, such as `kplus.Pods.select(…)` or another peer of any cdk8s-plus,
   * or (a proxy on the nodes' network) addresses and CIDR blocks, such as `'10.244.0.0/16'`.
   * @default - nobody
   */
  readonly peers?: any[];
}

/** @internal */
export function checkExposure(check: InputChecks, exposure: unknown): InputChecks {
  if (exposure === undefined) return check;
  if (!isMap(exposure)) return check.that(false, 'exposure', 'an object with origins, and perhaps trustedProxies and peers', exposure);
  const { origins, trustedProxies, peers } = exposure as Partial<GatewayExposure>;
  check.options<GatewayExposure>(exposure as unknown as GatewayExposure, { origins: true, trustedProxies: true, peers: true });
  check.that(Array.isArray(origins) && origins.length > 0, 'exposure.origins', 'an array of at least one origin', origins, "for example ['https://assistant.example.com']");
  for (const [i, origin] of Array.isArray(origins) ? origins.entries() : []) {
    check.that(isOrigin(origin), `exposure.origins[${i}]`, 'a scheme and a host as browsers send them, without a path', origin, suggestionFor(origin));
  }
  return check
    .that(trustedProxies === undefined || !Array.isArray(trustedProxies) || trustedProxies.length > 0, 'exposure.trustedProxies',
      'an array of at least one address or CIDR block, or left out', trustedProxies)
    .list('exposure.trustedProxies', trustedProxies, isAddress, ...AN_ADDRESS)
    .list('exposure.peers', peers, value => isPeer(value) || isAddress(value), 'a kplus.INetworkPolicyPeer, for example kplus.Pods.select(…), or a CIDR block');
}

function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && originOf(value) === value;
}

/** The origin of a URL, in the form in which browsers send it. */
function originOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { protocol, origin, hostname } = new URL(value);
  return /^https?:$/.test(protocol) && !hostname.includes('*') ? origin : undefined;
}

function suggestionFor(value: unknown): string {
  return `write '${originOf(value) ?? 'https://assistant.example.com'}'`;
}
