import { ApiObject } from 'cdk8s';
import { FleetMember } from './fleet-props';

/**
 * The kinds of Kubernetes, and of the operators that tenants are often given, that no namespace has.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#not-all-objects-are-in-a-namespace (kubectl api-resources --namespaced=false)
 */
const OF_CLUSTER = [
  'Namespace', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'APIService', 'PriorityClass', 'StorageClass',
  'VolumeAttributesClass', 'CSIDriver', 'CSINode', 'IngressClass', 'ServiceCIDR', 'RuntimeClass', 'DeviceClass', 'ResourceSlice',
  'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'FlowSchema', 'PriorityLevelConfiguration', 'CertificateSigningRequest', 'ClusterTrustBundle',
  'ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPushSecret', 'ClusterGenerator', 'ClusterIssuer', 'ClusterPolicy', 'GatewayClass', 'VolumeSnapshotClass',
  'VolumeSnapshotContent', 'CiliumClusterwideNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'SecurityContextConstraints',
];

/** Objects of one name that two tenants have. The fleet itself makes none; who adds objects to charts may. */
export function clashes(members: FleetMember[]): string[] {
  const owners = new Map<string, string>();
  return members.flatMap(({ tenant, chart }) => objectsOf(chart).flatMap(({ apiGroup, kind, name, metadata }) => {
    const ofCluster = OF_CLUSTER.includes(kind);
    const namespace = ofCluster ? undefined : metadata.namespace;
    if (typeof name !== 'string' || (!ofCluster && typeof namespace !== 'string')) return []; // known when it is rendered
    const id = [apiGroup, kind, namespace, name].join(' ');
    const owner = owners.get(id) ?? tenant.name;
    owners.set(id, owner);
    if (owner === tenant.name) return [];
    const both = `tenants '${owner}' and '${tenant.name}' both have ${kind} '${name}'`;
    return ofCluster ? `${both}, and a cluster has one; name it after the tenant`
      : `${both} in namespace '${namespace}'; name it after the tenant, or give the tenants namespaces of their own`;
  }));
}

function objectsOf(chart: FleetMember['chart']): ApiObject[] {
  return chart.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}
