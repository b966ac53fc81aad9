import * as kplus from 'cdk8s-plus-28';
import { Finding, FindingSeverity } from '../policy/finding';

/** Kubernetes refuses a larger ConfigMap. */
const LIMIT = 1024 * 1024;

/** Reports texts that no ConfigMap can hold. */
export function checkSize(path: string, what: string, remedy: string, ...texts: (string | Buffer)[]): void {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > LIMIT) throw new Error(`OpenClawDeployment '${path}': ${what} has ${bytes} bytes, a ConfigMap holds ${LIMIT}; ${remedy}`);
}

/** What the annotation of `kubectl apply` holds. @see https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
const ANNOTATION_LIMIT = 262144;

/** Notices about ConfigMaps that `kubectl apply` refuses, since it copies each object into an annotation. */
export function largeConfigMaps(...maps: (kplus.ConfigMap | undefined)[]): Finding[] {
  const sizes = maps.flatMap(map => map ? { name: map.name, bytes: bytesOf({ ...map.data, ...map.binaryData }) } : []);
  return sizes.filter(({ bytes }) => bytes > ANNOTATION_LIMIT - OBJECT_HEAD).map(({ name, bytes }) => ({
    rule: 'config-map-large',
    severity: FindingSeverity.NOTICE,
    message: `ConfigMap '${name}' has ${bytes} bytes, more than kubectl apply and Argo CD accept (${ANNOTATION_LIMIT}); apply it on the server`
      + ' (kubectl apply --server-side, or ServerSideApply=true), or name fewer models, shorten extraConfig and workspace',
  }));
}

/** By the names of its files, the ConfigMap that was measured last: the gateways of one definition have the same texts. */
const MEASURED = new Map<string, { readonly texts: string[]; readonly bytes: number }>();

function bytesOf(data: Record<string, string>): number {
  const [files, texts] = [Object.keys(data).join(), Object.values(data)];
  const last = MEASURED.get(files);
  if (last && texts.every((text, i) => text === last.texts[i])) return last.bytes;
  const bytes = Buffer.byteLength(JSON.stringify(data));
  MEASURED.set(files, { texts, bytes });
  return bytes;
}

/** About the bytes of an object besides its data. */
const OBJECT_HEAD = 1024;

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
