import { App, Chart, Testing } from 'cdk8s';
import { Provider } from '../../src/index';
import { keysOf, messageOf, newChain, newGateway, SONNET } from '../support/gateway';

const FACTS = { contextWindow: 131072, maxTokens: 8192 };

const PROPS = (chart: Chart) => ({
  chain: newChain(chart, [SONNET]), providerSecrets: keysOf(chart, Provider.ANTHROPIC), acknowledge: { 'chain-single-provider': 'a test' },
});

/** Two gateways in namespaces of an app that has no hashes in names; without them cdk8s names the objects of these ids alike. */
function twoGateways(...namespaces: string[]): App {
  const app = new App({ outdir: Testing.app().outdir });
  for (const [i, id] of ['Team', 'team'].entries()) {
    const chart = new Chart(app, id, { namespace: namespaces[i], disableResourceNameHashes: true });
    newGateway(chart, PROPS(chart));
  }
  return app;
}

test('two gateways whose objects have the same names are refused, whatever chart they are in', () => {
  const message = messageOf(() => twoGateways('assistants', 'assistants').synth());
  for (const kind of ['Deployment', 'PersistentVolumeClaim', 'Service', 'ConfigMap', 'ServiceAccount', 'NetworkPolicy']) {
    expect(message).toMatch(new RegExp(`'Team/Gateway.*' and 'team/Gateway.*' are both ${kind} 'team-.*' in namespace 'assistants'; change the construct id of one, or the namespace of its chart`));
  }
  expect(messageOf(() => twoGateways().synth())).toContain('without a namespace');
});

test('their names may be the same in two namespaces, and differ by their ids in one', () => {
  expect(() => twoGateways('one', 'two').synth()).not.toThrow();
  const app = new App({ outdir: Testing.app().outdir });
  const chart = new Chart(app, 'three', { namespace: 'three' });
  const props = PROPS(chart);
  for (const id of ['A', 'B']) newGateway(chart, props, id);
  expect(() => app.synth()).not.toThrow();
});

test.each<[string, object, string]>([
  ['capital letters', { namespace: 'Team_A' }, "the namespace of its chart must be at most 63 lower-case letters, digits and dashes, a letter or digit at each end, got the string 'Team_A'"],
  ['a dot', { namespace: 'prod.eu' }, "the namespace of its chart must be at most 63 lower-case letters, digits and dashes, a letter or digit at each end, got the string 'prod.eu'"],
  ['a label with a blank', { labels: { team: 'a b' } }, "labels of its chart['team'] must be the value of a label, got the string 'a b'"],
  ['a name of a label with a blank', { labels: { 'a b': 'team' } }, "names of labels of its chart[0] must be the name of a label, got the string 'a b'"],
])('a chart with %s is refused', (_, props, problem) => {
  const chart = new Chart(new App(), 'prod', props);
  expect(messageOf(() => newGateway(chart, PROPS(chart)))).toBe(`OpenClawDeployment 'prod/Gateway': ${problem}`);
});

test('a ConfigMap that kubectl apply refuses gives a notice with both ways out', () => {
  const chart = new Chart(Testing.app(), 'prod');
  const vllm = Provider.custom('vllm', { baseUrl: 'http://vllm:8000/v1', requiresKey: false });
  const models = Array.from({ length: 700 }, (_, i) => vllm.model(`organisation/a-model-with-a-long-name-${i}`, FACTS));
  const gateway = newGateway(chart, { chain: newChain(chart, [SONNET, ...models]), providerSecrets: keysOf(chart, Provider.ANTHROPIC) });
  const notices = gateway.findings.filter(({ rule }) => rule === 'config-map-large');
  expect(notices).toEqual([{
    rule: 'config-map-large',
    severity: 'notice',
    message: expect.stringMatching(/^ConfigMap 'prod-gateway-config-\w+' has \d+ bytes, more than kubectl apply and Argo CD accept \(262144\); apply it on the server \(kubectl apply --server-side, or ServerSideApply=true\), or name fewer models, shorten extraConfig and workspace$/),
  }]);
});
