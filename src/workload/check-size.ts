/** Kubernetes refuses a larger ConfigMap. */
const LIMIT = 1024 * 1024;

/** Reports an `openclaw.json` that no ConfigMap can hold. */
export function checkSize(path: string, config: string): void {
  const bytes = Buffer.byteLength(config);
  if (bytes > LIMIT) {
    throw new Error(`OpenClawDeployment '${path}': openclaw.json has ${bytes} bytes, a ConfigMap holds ${LIMIT};`
      + ' name fewer models, use patterns, or shorten extraConfig');
  }
}
