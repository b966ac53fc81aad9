import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { firstOf } from '../input/problems';

/**
 * Kinds of Kubernetes and of common operators whose objects have no namespace.
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

/** The owners of charts, as messages name them. */
const OWNERS = new WeakMap<IConstruct, string>();

/** The constructs whose validation covers an app. */
const CHECKED = new WeakSet<IConstruct>();

/** Names the owner of everything in a chart: messages then name the owner in place of construct paths. */
export function ownedBy(owner: string, chart: IConstruct): void {
  OWNERS.set(chart, owner);
}

/** Makes the synthesis of an app fail if two of its objects share kind, namespace and name. */
export function refuseNameClashes(scope: IConstruct): void {
  const { root } = scope.node;
  if (CHECKED.has(root)) return;
  CHECKED.add(root);
  scope.node.addValidation({ validate: () => [...firstOf(clashesIn(root))] });
}

interface NamedObject {
  readonly object: ApiObject;
  readonly owner?: string;
}

function clashesIn(root: IConstruct): string[] {
  const known = new Map<string, NamedObject>();
  return objectsIn(root).flatMap(found => {
    const { apiGroup, kind, name, metadata } = found.object;
    const ofCluster = OF_CLUSTER.includes(kind);
    const namespace: unknown = ofCluster ? '' : metadata.namespace ?? '';
    if (typeof name !== 'string' || typeof namespace !== 'string') return []; // known when it is rendered
    const id = [apiGroup, kind, namespace, name].join(' ');
    const other = known.get(id);
    if (!other) known.set(id, found);
    return other ? messageOf(other, found, ofCluster ? undefined : namespace) : [];
  });
}

function messageOf(one: NamedObject, other: NamedObject, namespace?: string): string {
  const { kind, name } = one.object;
  const where = namespace === undefined ? ', and a cluster has one' : namespace === '' ? ' without a namespace' : ` in namespace '${namespace}'`;
  if (one.owner !== undefined && other.owner !== undefined && one.owner !== other.owner) {
    return `${one.owner} and ${other.owner} both have ${kind} '${name}'${where}; name it after the tenant`
      + (namespace === undefined ? '' : ', or give the tenants namespaces of their own');
  }
  return `'${one.object.node.path}' and '${other.object.node.path}' are both ${kind} '${name}'${where}; change the construct id of one`
    + (namespace === undefined ? '' : ', or the namespace of its chart');
}

function objectsIn(root: IConstruct): NamedObject[] {
  const found: NamedObject[] = [];
  const visit = (each: IConstruct, of?: string) => {
    if (ApiObject.isApiObject(each)) found.push({ object: each, owner: of });
    const inner = OWNERS.get(each) ?? of;
    for (const child of each.node.children) visit(child, inner);
  };
  visit(root);
  return found;
}
