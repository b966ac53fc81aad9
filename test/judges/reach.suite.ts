import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Connection, End, judge } from './cyclonus';
import { ModelGuard, OpenClawDeploymentProps, Provider } from '../../src/index';
import { GPT, keysOf, newChain, newChart, newGateway, SONNET } from '../support/gateway';
import { replaceSection } from '../support/tables';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'network.md');
const GATEWAY_PORT = 18789;
const VLLM = Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc/v1', podPort: 8000, podLabels: { app: 'vllm' }, requiresKey: false });

type Chart = ReturnType<typeof newChart>;
/** Found among the pod templates of a chart. */
type PodOfChart = (templates: any[]) => End;

/** Pods of the chart itself, by the name that they carry. */
const ofChart = (name: 'openclaw' | 'openclaw-model-guard'): PodOfChart => templates => {
  const found = templates.find(({ metadata: { labels } }) => labels['app.kubernetes.io/name'] === name);
  return { ip: '10.244.1.5', namespace: 'gateways', labels: found?.metadata.labels ?? { 'app.kubernetes.io/name': name } };
};
const THE_GATEWAY = ofChart('openclaw');
const THE_GUARD = ofChart('openclaw-model-guard');

/** The pods of the table, by the head of their column. */
const PODS: { [head: string]: { readonly props: (chart: Chart) => Partial<OpenClawDeploymentProps>; readonly pod?: PodOfChart } } = {
  '`Preset.PROD`': { props: () => ({}) },
  '… with `exposure`': {
    props: chart => ({
      exposure: {
        origins: ['https://assistant.example.com'],
        trustedProxies: ['10.244.0.0/16'],
        peers: [kplus.Pods.select(chart, 'Proxy', { labels: { app: 'proxy' }, namespaces: kplus.Namespaces.select(chart, 'Edge', { names: ['edge'] }) })],
      },
    }),
  },
  '… with a model server in the cluster': {
    props: chart => ({
      chain: newChain(chart, [SONNET, GPT, VLLM.model('llama', { contextWindow: 128_000, maxTokens: 8_000 })], 'Near'),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI),
    }),
  },
  '… with `ModelGuard.pod()`': { props: () => ({ guard: ModelGuard.pod() }) },
  'the pods of that guard': { props: () => ({ guard: ModelGuard.pod() }), pod: THE_GUARD },
};

const pod = (namespace: string, labels: End['labels'] = {}): End => ({ ip: '10.244.3.7', namespace, labels });
const at = (ip: string): End => ({ ip });
type Row = readonly [who: string, end: End | PodOfChart, port: number, answers: string, protocol?: 'TCP' | 'UDP'];

/** Who may connect, and which of the pods let them in. */
const IN: Row[] = [
  ["the proxy's pods, `exposure.peers`", pod('edge', { app: 'proxy' }), GATEWAY_PORT, '-+---'],
  ["the proxy's pods, to another port", pod('edge', { app: 'proxy' }), 22, '-----'],
  ["other pods of the proxy's namespace", pod('edge', { app: 'other' }), GATEWAY_PORT, '-----'],
  ['pods of another namespace with the labels of the proxy', pod('elsewhere', { app: 'proxy' }), GATEWAY_PORT, '-----'],
  ["pods of the gateway's namespace", pod('gateways'), GATEWAY_PORT, '-----'],
  ['pods of other namespaces', pod('elsewhere'), GATEWAY_PORT, '-----'],
  ['an address outside the cluster', at('203.0.114.7'), GATEWAY_PORT, '-----'],
  ['the gateway, to port 9400', THE_GATEWAY, 9400, '----+'],
  ["pods of the gateway's namespace, to port 9400", pod('gateways'), 9400, '-----'],
  ['an address outside the cluster, to port 9400', at('203.0.114.7'), 9400, '-----'],
];

/** What may be connected to, and from which of the pods. */
const OUT: Row[] = [
  ['DNS: pods labelled `k8s-app: kube-dns` in `kube-system`, 53/UDP', pod('kube-system', { 'k8s-app': 'kube-dns' }), 53, '+++++', 'UDP'],
  ['… 53/TCP', pod('kube-system', { 'k8s-app': 'kube-dns' }), 53, '+++++'],
  ['… another port', pod('kube-system', { 'k8s-app': 'kube-dns' }), 9153, '-----'],
  ['other pods of `kube-system`, 53/UDP', pod('kube-system', { 'k8s-app': 'other' }), 53, '-----', 'UDP'],
  ['NodeLocal DNS: 169.254.20.10, 53/UDP', at('169.254.20.10'), 53, '+++++', 'UDP'],
  ['… 53/TCP', at('169.254.20.10'), 53, '+++++'],
  ['… another port', at('169.254.20.10'), 443, '-----'],
  ['a public IPv4 address, 443', at('151.101.1.1'), 443, '+++-+'],
  ['… another port', at('151.101.1.1'), 80, '-----'],
  ['… 443/UDP', at('151.101.1.1'), 443, '-----', 'UDP'],
  ['a public IPv6 address, 443', at('2606:4700::1111'), 443, '+++-+'],
  ["the API server's Service, 10.96.0.1:443", at('10.96.0.1'), 443, '-----'],
  ['… its nodes, 172.18.0.2:6443', at('172.18.0.2'), 6443, '-----'],
  ['private addresses, 443: 10.0.0.7', at('10.0.0.7'), 443, '-----'],
  ['… 172.31.255.1', at('172.31.255.1'), 443, '-----'],
  ['… 192.168.1.1', at('192.168.1.1'), 443, '-----'],
  ['… 100.64.0.1', at('100.64.0.1'), 443, '-----'],
  ['… fd12:3456::1', at('fd12:3456::1'), 443, '-----'],
  ['… 64:ff9b::a00:7 (10.0.0.7 behind NAT64)', at('64:ff9b::a00:7'), 443, '-----'],
  ['a public address behind NAT64, 64:ff9b::808:808', at('64:ff9b::808:808'), 443, '+++-+'],
  ['link-local addresses: fe80::1', at('fe80::1'), 443, '-----'],
  ['metadata services: 169.254.169.254', at('169.254.169.254'), 443, '-----'],
  ['… port 80', at('169.254.169.254'), 80, '-----'],
  ['… 64:ff9b::a9fe:a9fe (behind NAT64)', at('64:ff9b::a9fe:a9fe'), 443, '-----'],
  ['… 168.63.129.16 (Azure)', at('168.63.129.16'), 443, '-----'],
  ['… fd00:ec2::254 (AWS)', at('fd00:ec2::254'), 443, '-----'],
  ['pods of the model server, its `podPort`', pod('models', { app: 'vllm' }), 8000, '--+--'],
  ['… another port', pod('models', { app: 'vllm' }), 22, '-----'],
  ['other pods of its namespace', pod('models', { app: 'other' }), 8000, '-----'],
  ['pods of another namespace with its labels', pod('elsewhere', { app: 'vllm' }), 8000, '-----'],
  ["pods of the gateway's namespace", pod('gateways'), 443, '-----'],
  ['the pods of the guard, 9400', THE_GUARD, 9400, '---+-'],
  ['… another port', THE_GUARD, 443, '-----'],
];

/** What the evaluator says of the rows, a character for each pod. */
function seen(rows: Row[], connect: (end: End, judged: End) => Pick<Connection, 'from' | 'to'>): string[] {
  const columns = Object.values(PODS).map(({ props, pod: judgedPod = THE_GATEWAY }) => {
    const chart = newChart();
    newGateway(chart, props(chart));
    const manifests = Testing.synth(chart);
    const templates: any[] = manifests.filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec.template);
    const judged = judgedPod(templates);
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies).toHaveLength(templates.length);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'reach-'));
    try {
      return judge(policies, rows.map(([, end, port,, protocol = 'TCP']) => ({ ...connect(typeof end === 'function' ? end(templates) : end, judged), port, protocol })), folder);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
  return rows.map((_, i) => columns.map(column => (column[i] ? '+' : '-')).join(''));
}

const byRow = (rows: Row[], answers: string[]) => Object.fromEntries(rows.map(([who], i) => [`${i} ${who}`, answers[i]]));
const wanted = (rows: Row[]) => byRow(rows, rows.map(([,,, answers]) => answers));

let ingress: string[], egress: string[];
beforeAll(() => {
  ingress = seen(IN, (end, judged) => ({ from: end, to: judged }));
  egress = seen(OUT, (end, judged) => ({ from: judged, to: end }));
}, 600_000);

test('in: nobody but the peers of the exposure to the port of the gateway, and the gateway to its guard', () => {
  expect(byRow(IN, ingress)).toEqual(wanted(IN));
});

test('out: DNS, public addresses on 443, and the pods of a model server; a gateway with a guard in pods of its own: only these, and DNS', () => {
  expect(byRow(OUT, egress)).toEqual(wanted(OUT));
});

test('docs/network.md says what was seen', () => {
  const words = (answers: string) => [...answers].map(answer => (answer === '+' ? 'yes' : '')).join(' | ');
  const table = (head: string, rows: Row[], answers: string[]) => [
    `| ${head} | ${Object.keys(PODS).join(' | ')} |`, `|${'---|'.repeat(1 + Object.keys(PODS).length)}`, ...rows.map(([who], i) => `| ${who} | ${words(answers[i])} |`),
  ].join('\n');
  const text = fs.readFileSync(PAGE, 'utf8');
  const renewed = replaceSection(text, 'reach', `${table('in, to port 18789 where no other is named', IN, ingress)}\n\n${table('out', OUT, egress)}`);
  if (process.env.WRITE_DOCS) fs.writeFileSync(PAGE, renewed);
  else expect(text).toBe(renewed);
});
