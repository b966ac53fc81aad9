/** What a counter has counted in a range. A counter appears with its first value, of which increase() sees nothing: what was not there before counts whole. */
export function grown(gateway: string, metric: string, range: string, more = ''): string {
  const series = `envoy_guard_${metric}{openclaw_gateway="${gateway}"${more && `, ${more}`}}`;
  return `${series} unless ${series} offset ${range} or increase(${series}[${range}])`;
}

/** The calls of the last ten minutes. */
export function counted(gateway: string, which: string): string {
  return grown(gateway, 'requests', '10m', which);
}
