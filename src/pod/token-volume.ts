import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';

/** Where the kubelet puts the token of a pod that has one, and clients look for it. */
const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The token of the pod's service account, with what its clients need besides: what Kubernetes itself mounts, but for single containers.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
export function tokenMount(scope: Construct): kplus.VolumeMount {
  const name = 'service-account-token';
  const sources = [
    { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardApi: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
  ];
  // cdk8s-plus has no factory for a projected volume
  const volume: kplus.Volume = Reflect.construct(kplus.Volume, [scope, name, name, { projected: { defaultMode: 0o640, sources } }]);
  return { volume, path: FOLDER, readOnly: true };
}
