import { Chart, Duration } from 'cdk8s';
import { Namespace } from './namespace';
import { Provider, ProviderSecret, SecretSource, SecretStore } from '../../src/index';

export const REFRESH = Duration.seconds(2);

/** The kubelet's own period is a minute in other clusters. */
export const ROTATED_WITHIN_MS = 180_000;

/** A vault of another namespace, read with the rights of the account `reader`: https://external-secrets.io/latest/provider/kubernetes/ */
export function kubernetesVault(vault: Namespace, { name: namespace }: Namespace): object[] {
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'reader', namespace: vault.name },
      rules: [
        { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectrulesreviews'], verbs: ['create'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'reader', namespace: vault.name },
      roleRef: role,
      subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace }],
    },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata: { name: 'vault', namespace },
      spec: {
        provider: {
          kubernetes: {
            remoteNamespace: vault.name,
            server: { url: 'https://kubernetes.default.svc', caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' } },
            auth: { serviceAccount: { name: 'reader' } },
          },
        },
      },
    },
  ];
}

/** The entry of such a vault. */
export function vaultEntry({ name: namespace }: Namespace, value: string): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'anthropic', namespace }, stringData: { 'api-key': value } };
}

/** A provider's key as a user has it fetched. */
export function keyFromVault(chart: Chart, provider: Provider, store = 'vault', remoteKey = 'anthropic'): ProviderSecret {
  const source = SecretSource.fromStore({ store: SecretStore.namespaced(store), remoteKey, property: 'api-key', refreshInterval: REFRESH });
  return new ProviderSecret(chart, provider.id, { provider, source });
}
