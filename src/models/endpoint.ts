/** Whether a URL's host is a bare name, or one that ends in `.svc`, `.svc.<domain>` or `.local`. */
export function isInsideCluster(url: string): boolean {
  const host = new URL(url).hostname;
  if (host.startsWith('[')) return false;
  return !host.includes('.') || /\.svc(\.[a-z0-9-]+)*$/.test(host) || host.endsWith('.local');
}

/** The namespace that a host inside the cluster names: `vllm.models.svc` is in `models`; undefined for the gateway's own. */
export function namespaceOfHost(url: string): string | undefined {
  const [, namespace, kind] = new URL(url).hostname.split('.');
  return kind === 'svc' || (kind === undefined && namespace !== undefined) ? namespace : undefined;
}

/** The port that a URL is reached at. */
export function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port ? Number(port) : protocol === 'https:' ? 443 : 80;
}
