import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';

/** A host, or a pattern of hosts as Cilium reads it, and the port that it is reached at. */
export interface NamedPeer {
  readonly host: string;
  readonly port: number;
}

const DNS_PODS = ['kube-dns', 'node-local-dns'];

/**
 * Lets pods ask for every name, and connect to the addresses that the named hosts turn out to have. No other policy may let these pods reach DNS:
 * Cilium would then not read the answers.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#dns-policy-and-ip-discovery
 */
export function namedEgress(scope: Construct, deployment: kplus.Workload, peers: NamedPeer[]): ApiObject {
  const ports = [...new Set(peers.map(({ port }) => port))];
  return new ApiObject(scope, 'NamedEgress', {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    spec: {
      endpointSelector: { matchLabels: deployment.matchLabels },
      egress: [
        {
          toEndpoints: DNS_PODS.map(name => ({ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': name } })),
          toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
        },
        ...ports.map(port => ({
          toFQDNs: [...new Set(peers.filter(peer => peer.port === port).map(({ host }) => host))].map(host => (
            host.includes('*') ? { matchPattern: host } : { matchName: host })),
          toPorts: [{ ports: [{ port: `${port}`, protocol: 'TCP' }] }],
        })),
      ],
    },
  });
}
