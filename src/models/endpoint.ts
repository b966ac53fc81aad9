/** Whether a URL's host is a bare name, or one that ends in `.svc`, `.svc.<domain>` or `.local`. */
export function isInsideCluster(url: string): boolean {
  const host = hostOf(url);
  return !isAddress(host) && (!host.includes('.') || SERVICE.test(host) || host.endsWith('.local'));
}

/** Whether a URL's host is the pod itself. */
export function isPodItself(url: string): boolean {
  return /^(localhost|localhost\.localdomain|.+\.localhost|ip6-(localhost|loopback)|127\.\d+\.\d+\.\d+|::1)$/.test(hostOf(url));
}

/** Whether a URL's host is neither a Service nor public, as far as its name tells: no network policy can be derived from it. */
export function isPrivate(url: string): boolean {
  const host = hostOf(url);
  const looksPrivate = /^(10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^f[cde]|^::1$/;
  return isAddress(host) ? looksPrivate.test(host) : host.endsWith('.local') && !SERVICE.test(host);
}

/**
 * Whether a URL's host is a name that the public DNS never has, or one of a tailnet. Cilium may let such names through; a policy of addresses cannot.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6762#appendix-G and https://www.rfc-editor.org/rfc/rfc8375
 */
export function hasPrivateName(url: string): boolean {
  return /\.(localdomain|lan|home|home\.arpa|internal|intranet|private|corp|fritz\.box|ts\.net)$/.test(hostOf(url));
}

/** Whether a URL's host is an address and not a name. */
export function hasAddress(url: string): boolean {
  return isAddress(hostOf(url));
}

/** Whether OpenClaw takes a URL's host for a machine of its own: a private address, or a name in `.local`, as of a Service in full. */
export function isLocal(url: string): boolean {
  return isPrivate(url) || isPodItself(url) || hostOf(url).endsWith('.local');
}

/** The namespace of a Service: `vllm.models.svc` is in `models`; undefined for the gateway's own. */
export function namespaceOfHost(url: string): string | undefined {
  return /([a-z0-9-]+)\.([a-z0-9-]+)\.svc(\.|$)/.exec(hostOf(url))?.[2];
}

/** Whether a URL is of TLS, and not of plain HTTP. */
export function isEncrypted(url: string): boolean {
  return parsed(url).protocol === 'https:';
}

/** The port that a URL is reached at. */
export function portOf(url: string): number {
  const { port } = parsed(url);
  return port ? Number(port) : isEncrypted(url) ? 443 : 80;
}

const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)+\.svc(\.[a-z0-9-]+)*$/;

/** Of a host that a URL parser has read: to it each host whose last label is a number is an address. `isIP` takes milliseconds when it is first asked. */
const isAddress = (host: string) => /:|(^|\.)\d+$/.test(host);

/** In lower case, without brackets and without the dot at the end. */
export function hostOf(url: string): string {
  return parsed(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

const known = new Map<string, URL>();

/** The gateways of an app have few URLs, and ask for each a dozen times. */
function parsed(url: string): URL {
  let found = known.get(url);
  if (!found) known.set(url, found = new URL(url));
  return found;
}
