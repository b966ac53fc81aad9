import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Testing } from 'cdk8s';
import { ModelGuard, Provider } from '../../src/index';
import { cached } from '../bindings/cache';
import { keysOf, newChain, newChart, newGateway, SONNET } from '../support/gateway';
import { replaceSection } from '../support/tables';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'network.md');
const SOURCE = path.join(__dirname, 'cilium');
const AZURE = Provider.azureOpenAi({ endpoint: 'https://contoso.openai.azure.com' });
const HOSTS = ['api.telegram.org', '*.tools.example.com'];

interface Peer {
  readonly host: string;
  readonly port: string;
}

/** Hosts, and which of the pods may connect to them. */
const PEERS: [who: string, peer: Peer, answers: string][] = [
  ["a provider's host: api.anthropic.com, 443", { host: 'api.anthropic.com', port: '443' }, '+-+'],
  ['… contoso.openai.azure.com, 443', { host: 'contoso.openai.azure.com', port: '443' }, '+-+'],
  ['… another port', { host: 'api.anthropic.com', port: '80' }, '---'],
  ['another host of its domain: www.anthropic.com, 443', { host: 'www.anthropic.com', port: '443' }, '---'],
  ['api.telegram.org, 443', { host: 'api.telegram.org', port: '443' }, '++-'],
  ['… another port', { host: 'api.telegram.org', port: '80' }, '---'],
  ['mcp.tools.example.com, 443', { host: 'mcp.tools.example.com', port: '443' }, '++-'],
  ['tools.example.com, 443', { host: 'tools.example.com', port: '443' }, '---'],
  ['any other host: example.com, 443', { host: 'example.com', port: '443' }, '---'],
  ['… that ends in another name: api.anthropic.com.example.com, 443', { host: 'api.anthropic.com.example.com', port: '443' }, '---'],
];

/** The pods of the table, by the head of their column, and the name of their label. */
const PODS: { [head: string]: [guard: ModelGuard, name: string] } = {
  'without a guard, or with `ModelGuard.sidecar()`': [ModelGuard.sidecar(), 'openclaw'],
  'with `ModelGuard.pod()`': [ModelGuard.pod(), 'openclaw'],
  'the pods of that guard': [ModelGuard.pod(), 'openclaw-model-guard'],
};

let program: string, answers: string[];
beforeAll(() => {
  const files = ['main.go', 'go.mod', 'go.sum'].map(name => fs.readFileSync(path.join(SOURCE, name), 'utf8'));
  program = path.join(cached('cilium', files, made => execFileSync('go', ['build', '-o', path.join(made, 'cilium'), '.'], { cwd: SOURCE, stdio: 'pipe' })), 'cilium');
  const columns = Object.values(PODS).map(([guard, name]) => judge(policyOf(guard, name), PEERS.map(([, peer]) => peer)));
  answers = PEERS.map((_, i) => columns.map(column => (column[i] ? '+' : '-')).join(''));
}, 600_000);

/** What Cilium's own code says of the hosts; an error where its agent would refuse the policy. */
function judge(policy: unknown, peers: Peer[]): boolean[] {
  return JSON.parse(execFileSync(program, { encoding: 'utf8', input: JSON.stringify({ policy, peers }), stdio: 'pipe' }));
}

/** The CiliumNetworkPolicy of the pods with a name. */
function policyOf(guard: ModelGuard, name: string): any {
  const chart = newChart();
  newGateway(chart, {
    guard,
    chain: newChain(chart, [SONNET, AZURE.model('gpt-prod', { contextWindow: 128_000, maxTokens: 8_000 })], 'Hosts'),
    providerSecrets: keysOf(chart, Provider.ANTHROPIC, AZURE),
    ciliumEgress: { hosts: HOSTS },
  });
  const manifests = Testing.synth(chart);
  const { spec } = manifests.find(({ kind, spec: { template } = {} as any }) => kind === 'Deployment' && template.metadata.labels['app.kubernetes.io/name'] === name);
  const selects = ({ spec: { endpointSelector } }: any) => JSON.stringify(endpointSelector.matchLabels) === JSON.stringify(spec.selector.matchLabels);
  return manifests.filter(({ kind }) => kind === 'CiliumNetworkPolicy').find(selects);
}

test('by name: the hosts of the providers and those that are given, on their ports', () => {
  expect(Object.fromEntries(PEERS.map(([who], i) => [who, answers[i]]))).toEqual(Object.fromEntries(PEERS.map(([who,, wanted]) => [who, wanted])));
});

test('what Cilium would refuse fails here, and what it would let pass besides names', () => {
  const policy = policyOf(ModelGuard.none(), 'openclaw');
  const [dns, named] = policy.spec.egress;
  const { toFQDNs, toPorts } = named;
  toFQDNs[0].matchName = 'https://api.anthropic.com';
  expect(() => judge(policy, [])).toThrow('Invalid characters in MatchName');
  for (const open of [{ toPorts }, { toEntities: ['world'] }, { toCIDR: ['0.0.0.0/0'], toPorts }, { toEndpoints: [{}] }]) {
    expect(() => judge({ ...policy, spec: { ...policy.spec, egress: [dns, { ...named, toFQDNs: [{ matchName: 'a.example.com' }] }, open] } }, [])).toThrow('neither of DNS nor of named hosts');
  }
  toFQDNs[0] = { matchHost: 'api.anthropic.com' };
  expect(() => judge(policy, [])).toThrow('unknown field "matchHost"');
});

test('docs/network.md says what was seen', () => {
  const words = (row: string) => [...row].map(answer => (answer === '+' ? 'yes' : '')).join(' | ');
  const table = [
    `| out | ${Object.keys(PODS).join(' | ')} |`, `|${'---|'.repeat(1 + Object.keys(PODS).length)}`, ...PEERS.map(([who], i) => `| ${who} | ${words(answers[i])} |`),
  ].join('\n');
  const text = fs.readFileSync(PAGE, 'utf8');
  const renewed = replaceSection(text, 'names', table);
  if (process.env.WRITE_DOCS) fs.writeFileSync(PAGE, renewed);
  else expect(text).toBe(renewed);
});
