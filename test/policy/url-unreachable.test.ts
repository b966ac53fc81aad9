import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ModelGuard, OpenClawDeployment, OpenClawDeploymentProps, Preset } from '../../src/index';
import { newChart, newGateway } from '../support/gateway';

const mcp = (url: string): Partial<OpenClawDeploymentProps> => ({ extraConfig: { mcp: { servers: { tickets: { url } } } } });

function noticesOf(props: Partial<OpenClawDeploymentProps>, chart: Chart = newChart()): { gateway: OpenClawDeployment; notices: string[] } {
  const gateway = newGateway(chart, props);
  return { gateway, notices: gateway.findings.filter(({ rule }) => rule === 'url-unreachable').map(({ message }) => message.replace(ACCEPT, '')) };
}

const ACCEPT = ", or accept it: acknowledge: { 'url-unreachable': '<reason>' }";
const POLICY = 'which the network policy keeps the gateway from; add gateway.networkPolicy?.addEgressRule';

/** What the message says, and the peer and port that its rule adds. */
const CLOSED: readonly (readonly [string, Partial<OpenClawDeploymentProps>, message: string, peer: object, port: number])[] = [
  ['a Service of another namespace', mcp('http://tickets.tools.svc:8080/mcp'),
    `extraConfig 'mcp.servers.tickets.url' is at 'http://tickets.tools.svc:8080', ${POLICY}(kplus.Pods.all(chart, 'tickets', { namespaces: kplus.Namespaces.select(chart,`
      + " 'tickets-Namespace', { names: ['tools'] }) }), [kplus.NetworkPolicyPort.tcp(8080)]), with the port of the pods if it is another",
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'tools' } }, podSelector: {} }, 8080],
  ['a Service of its own namespace', mcp('http://tickets/mcp'),
    `extraConfig 'mcp.servers.tickets.url' is at 'http://tickets', ${POLICY}(kplus.Pods.all(chart, 'tickets'), [kplus.NetworkPolicyPort.tcp(80)]), with the port of the pods if it is another`,
    { podSelector: {} }, 80],
  ['a private address', mcp('https://192.168.1.40/mcp'),
    `extraConfig 'mcp.servers.tickets.url' is at 'https://192.168.1.40', ${POLICY}(kplus.NetworkPolicyIpBlock.ipv4(chart, 'tickets', '192.168.1.40/32'), [kplus.NetworkPolicyPort.tcp(443)])`,
    { ipBlock: { cidr: '192.168.1.40/32' } }, 443],
  ['another port of the internet', { plugins: ['browser'], extraConfig: { browser: { profiles: { remote: { cdpUrl: 'wss://cdp.example.com:9222' } } } } },
    `extraConfig 'browser.profiles.remote.cdpUrl' is at 'wss://cdp.example.com:9222', ${POLICY}(kplus.NetworkPolicyIpBlock.ipv4(chart, 'remote', '0.0.0.0/0', ['10.0.0.0/8', '100.64.0.0/10',`
      + " '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']), [kplus.NetworkPolicyPort.tcp(9222)])",
    { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } }, 9222],
  ['a proxy in a variable', { envVariables: { HTTPS_PROXY: kplus.EnvValue.fromValue('http://10.0.0.7:3128') } },
    `envVariables['HTTPS_PROXY'] is at 'http://10.0.0.7:3128', ${POLICY}(kplus.NetworkPolicyIpBlock.ipv4(chart, 'HTTPS-PROXY', '10.0.0.7/32'), [kplus.NetworkPolicyPort.tcp(3128)])`,
    { ipBlock: { cidr: '10.0.0.7/32' } }, 3128],
  ['any host beside a guard in pods of its own', { ...mcp('https://mcp.example.com'), guard: ModelGuard.pod() },
    `extraConfig 'mcp.servers.tickets.url' is at 'https://mcp.example.com', ${POLICY}(kplus.NetworkPolicyIpBlock.ipv4(chart, 'tickets', '0.0.0.0/0', ['10.0.0.0/8', '100.64.0.0/10',`
      + " '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']), [kplus.NetworkPolicyPort.tcp(443)])",
    { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } }, 443],
];

describe('a URL that the closed network keeps the gateway from', () => {
  test.each(CLOSED)('%s: the message holds the rule to add', (_, props, message, peer, port) => {
    const chart = newChart();
    const { gateway, notices } = noticesOf(props, chart);
    expect(notices).toEqual([message]);

    const code = /add (gateway\..*\]\))/.exec(message)![1];
    new Function('gateway', 'kplus', 'chart', code)(gateway, kplus, chart); // as a reader pastes it
    const policy = Testing.synth(chart).find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === gateway.networkPolicy!.name);
    expect(policy.spec.egress.at(-1)).toEqual({ to: [peer], ports: [{ port, protocol: 'TCP' }] });
  });

  test('a host by name where Cilium closes the network', () => {
    const props = mcp('https://mcp.example.com/v1');
    expect(noticesOf({ ...props, ciliumEgress: {} }).notices).toEqual([
      "extraConfig 'mcp.servers.tickets.url' is at 'https://mcp.example.com', which the network policy keeps the gateway from; add 'mcp.example.com' to ciliumEgress.hosts",
    ]);
    for (const host of ['mcp.example.com', '*.example.com']) expect(noticesOf({ ...props, ciliumEgress: { hosts: [host] } }).notices).toEqual([]);
  });
});

test('the notice may be accepted', () => {
  const props = mcp('http://tickets/mcp');
  const [{ message }] = newGateway(newChart(), props).findings;
  expect(message.endsWith(ACCEPT)).toBe(true);
  expect(newGateway(newChart(), { ...props, acknowledge: { 'url-unreachable': 'a policy of the platform lets it' } }).findings[0].acknowledged).toBe('a policy of the platform lets it');
});

test.each<[string, Partial<OpenClawDeploymentProps>]>([
  ['a public host', mcp('https://mcp.example.com')],
  ['the pod itself', mcp('http://127.0.0.1:8931/mcp')],
  ['a provider', mcp('https://api.openai.com/v1/mcp')],
  ['an open network', { ...mcp('http://tickets.tools.svc:8080'), preset: Preset.DEV }],
  ['what browsers open', { extraConfig: { agents: { entries: { main: { identity: { avatar: 'http://192.168.1.40/me.png' } } } } } }],
])('%s is reached, or not called', (_, props) => {
  expect(noticesOf(props).notices).toEqual([]);
});
