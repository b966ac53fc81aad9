import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { namedEgress, NamedPeer } from './cilium-policy';
import { hasAddress, hostOf, isInsideCluster, isPodItself, isPrivate, namespaceOfHost, portOf } from '../models/endpoint';
import { Provider } from '../models/provider';

/** Addresses that are not on the public internet, the metadata services of the clouds among them. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
export const PRIVATE_IPV4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4',
];

/**
 * As `PRIVATE_IPV4`; the same addresses too, as NAT64 writes them behind its prefix.
 *
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 * @see https://www.rfc-editor.org/rfc/rfc6052
 */
export const PRIVATE_IPV6 = ['::/127', ...PRIVATE_IPV4.map(behindNat64), '64:ff9b:1::/48', 'fc00::/7', 'fe80::/10', 'ff00::/8'];

function behindNat64(block: string): string {
  const [address, length] = block.split('/');
  const [a, b, c, d] = address.split('.').map(Number);
  const groups = [a * 256 + b, c * 256 + d].map(group => group.toString(16)).join(':');
  return `64:ff9b::${groups === '0:0' ? '' : groups}/${96 + Number(length)}`;
}

const NODE_LOCAL_DNS = '169.254.20.10/32';
const HTTPS_PORT = 443;

/** The policies of some pods. */
export interface ClosedNetwork {
  readonly policy: kplus.NetworkPolicy;
  readonly ciliumPolicy?: ApiObject;
}

/** Lets nobody in, and out only to DNS. */
export function dnsOnly(scope: Construct, deployment: kplus.Workload): ClosedNetwork {
  const policy = closed(scope, deployment);
  const dns = [kplus.NetworkPolicyPort.udp(53), kplus.NetworkPolicyPort.tcp(53)];
  policy.addEgressRule(clusterDns(policy), dns);
  policy.addEgressRule(kplus.NetworkPolicyIpBlock.ipv4(policy, 'NodeLocalDns', NODE_LOCAL_DNS), dns);
  return { policy };
}

/** Lets nobody in, and out only to DNS and hosts by their names, where Cilium enforces policies. */
export function dnsAndHosts(scope: Construct, deployment: kplus.Workload, hosts: NamedPeer[]): ClosedNetwork {
  return { ciliumPolicy: namedEgress(scope, deployment, hosts), policy: closed(scope, deployment) };
}

export const onHttps = (hosts: string[]): NamedPeer[] => hosts.map(host => ({ host, port: HTTPS_PORT }));

/** Lets nobody in, and out only to DNS, the providers and, where Cilium enforces policies, further hosts on port 443. */
export function closedNetwork(scope: Construct, deployment: kplus.Workload, providers: Provider[], furtherHosts?: string[]): ClosedNetwork {
  const reached = providers.filter(({ baseUrl }) => !isPodItself(baseUrl) && !isPrivate(baseUrl));
  const [inside, outside] = [true, false].map(where => reached.filter(({ baseUrl }) => isInsideCluster(baseUrl) === where));
  const network = furtherHosts ? byName(scope, deployment, outside, furtherHosts) : byAddress(scope, deployment, outside);
  const { policy } = network;
  for (const provider of new Map(inside.map(each => [each.id, each])).values()) {
    const port = kplus.NetworkPolicyPort.tcp(provider._facts.podPort ?? portOf(provider.baseUrl));
    policy.addEgressRule(podsBehind(policy, provider), [port]);
  }
  return network;
}

function closed(scope: Construct, selector: kplus.Workload): kplus.NetworkPolicy {
  return new kplus.NetworkPolicy(scope, 'NetworkPolicy', {
    selector,
    ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
    egress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
  });
}

function byAddress(scope: Construct, deployment: kplus.Workload, providers: Provider[]): ClosedNetwork {
  const network = dnsOnly(scope, deployment);
  const { policy } = network;
  for (const port of new Set([HTTPS_PORT, ...providers.map(({ baseUrl }) => portOf(baseUrl))])) {
    policy.addEgressRule(kplus.NetworkPolicyIpBlock.ipv4(policy, `Public${port}`, '0.0.0.0/0', PRIVATE_IPV4), [kplus.NetworkPolicyPort.tcp(port)]);
    policy.addEgressRule(kplus.NetworkPolicyIpBlock.ipv6(policy, `PublicIpv6${port}`, '::/0', PRIVATE_IPV6), [kplus.NetworkPolicyPort.tcp(port)]);
  }
  return network;
}

function byName(scope: Construct, deployment: kplus.Workload, providers: Provider[], furtherHosts: string[]): ClosedNetwork {
  const urls = [...new Map(providers.map(({ baseUrl }) => [`${hostOf(baseUrl)} ${portOf(baseUrl)}`, baseUrl])).values()];
  const named = urls.filter(url => !hasAddress(url)).map(url => ({ host: hostOf(url), port: portOf(url) }));
  const network = dnsAndHosts(scope, deployment, [...named, ...onHttps(furtherHosts)]);
  const { policy } = network;
  for (const url of urls.filter(hasAddress)) {
    policy.addEgressRule(addressBlock(policy, `Address-${hostOf(url)}-${portOf(url)}`, hostOf(url)), [kplus.NetworkPolicyPort.tcp(portOf(url))]);
  }
  return network;
}

/** A peer as callers give it: one of cdk8s-plus, or a text with an address or a CIDR block. */
export function peerOf(policy: kplus.NetworkPolicy, peer: unknown): kplus.INetworkPolicyPeer {
  return typeof peer === 'string' ? addressBlock(policy, `Peer-${peer.replace('/', '-')}`, peer) : peer as kplus.INetworkPolicyPeer;
}

/** @param address without a number of bits it is a single host's */
function addressBlock(policy: kplus.NetworkPolicy, id: string, address: string): kplus.NetworkPolicyIpBlock {
  const cidr = (bits: number) => address.includes('/') ? address : `${address}/${bits}`;
  return address.includes(':') ? kplus.NetworkPolicyIpBlock.ipv6(policy, id, cidr(128)) : kplus.NetworkPolicyIpBlock.ipv4(policy, id, cidr(32));
}

function clusterDns(scope: Construct): kplus.Pods {
  return kplus.Pods.select(scope, 'ClusterDns', {
    labels: { 'k8s-app': 'kube-dns' },
    namespaces: kplus.Namespaces.select(scope, 'ClusterDnsNamespace', { names: ['kube-system'] }),
  });
}

function podsBehind(scope: Construct, { id, baseUrl, _facts: { podLabels } }: Provider): kplus.Pods {
  const namespace = namespaceOfHost(baseUrl);
  return kplus.Pods.select(scope, `Provider-${id}`, {
    labels: podLabels,
    namespaces: namespace === undefined ? undefined : kplus.Namespaces.select(scope, `Provider-${id}-Namespace`, { names: [namespace] }),
  });
}
