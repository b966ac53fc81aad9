/** What the guard counts, as Prometheus reads it. */
export async function guardMetrics(): Promise<string> {
  return (await fetch('http://127.0.0.1:9402/stats/prometheus')).text();
}

/** How often the guard has got other addresses for Anthropic. */
export async function addressChanges(): Promise<number> {
  return Number(/^envoy_cluster_membership_change\{envoy_cluster_name="anthropic"\} (\d+)$/m.exec(await guardMetrics())![1]);
}
