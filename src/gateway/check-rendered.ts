/** Kubernetes refuses a larger ConfigMap. */
const LIMIT = 1024 * 1024;

/** Reports texts that no ConfigMap can hold. */
export function checkSize(path: string, what: string, remedy: string, ...texts: string[]): void {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > LIMIT) throw new Error(`OpenClawDeployment '${path}': ${what} has ${bytes} bytes, a ConfigMap holds ${LIMIT}; ${remedy}`);
}

/**
 * Reports a Service whose name Kubernetes refuses: it takes no digit at the beginning and no dot.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export function checkServiceName(path: string, name: string): void {
  if (/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return;
  throw new Error(`OpenClawDeployment '${path}': its Service is called '${name}'; the name of a Service has at most 63 lower-case letters, digits and dashes,`
    + ' a letter first: give the chart and the gateway such ids');
}
