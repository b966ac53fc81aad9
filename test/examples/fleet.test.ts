import * as path from 'path';
import { Yaml } from 'cdk8s';
import { gatewayContainer } from '../support/gateway-pod';
import { synthExample } from '../support/synth';

const ROWS: any[] = Yaml.load(path.join(__dirname, '..', '..', 'examples', 'fleet', 'tenants.yaml'))[0].tenants;

const { objects, texts, printed } = synthExample('fleet');
const of = (name: string) => objects[`${name}.k8s.yaml`];
const find = (name: string, kind: string) => of(name).filter(object => object.kind === kind);
const configOf = (name: string) => JSON.parse(find(name, 'ConfigMap').find(({ data }) => data['openclaw.json']).data['openclaw.json']);
const routeOf = (name: string) => configOf(name).agents.defaults.model;
const imageOf = (name: string) => gatewayContainer(find(name, 'Deployment')[0]).image;

jest.setTimeout(120_000);

test('each of the fifty rows has a file', () => {
  expect(ROWS).toHaveLength(50);
  expect(Object.keys(objects)).toEqual(ROWS.map(({ name }) => `${name}.k8s.yaml`).sort());
});

test('a file holds a gateway in the namespace of its row, labelled with its team', () => {
  for (const { name, namespace = name, labels } of ROWS) {
    expect(new Set(of(name).map(object => object.metadata.namespace))).toEqual(new Set([namespace]));
    expect(find(name, 'Deployment')).toHaveLength(1);
    for (const object of of(name)) expect(object.metadata.labels).toMatchObject(labels);
  }
});

test('two versions are run', () => {
  const canary = ['devtools', 'devtools-dev', 'docs', 'infra', 'payments'];
  for (const { name } of ROWS) {
    expect(imageOf(name)).toBe(`ghcr.io/openclaw/openclaw:${canary.includes(name) ? '2026.9.6' : '2026.8.2'}-slim`);
  }
});

test('development has an open network, production a closed one', () => {
  for (const { name, preset } of ROWS) expect(find(name, 'NetworkPolicy')).toHaveLength(preset === 'dev' ? 0 : 1);
});

test('a row has what it asks for', () => {
  expect(routeOf('ads')).toEqual({ primary: 'anthropic/claude-sonnet-5', fallbacks: ['openai/gpt-5.6-sol'] });
  expect(routeOf('legal')).toEqual({ primary: 'openai/gpt-5.6-sol', fallbacks: ['anthropic/claude-sonnet-5'] });
  expect(routeOf('finance')).toEqual({ primary: 'anthropic/claude-sonnet-5', fallbacks: ['openai/gpt-5.4'] });
  expect(routeOf('data-lake')).toEqual({ primary: 'anthropic/claude-sonnet-5', fallbacks: ['vllm/llama-3.3-70b'] });
  expect(configOf('search').agents.defaults.modelPolicy.allow).toEqual(['anthropic/*', 'openai/*']);
  expect(gatewayContainer(find('search', 'Deployment')[0]).resources.requests.memory).toBe('4Gi');
  expect(find('design', 'ExternalSecret').flatMap(({ spec }) => spec.data ?? []).map(({ remoteRef }: any) => remoteRef.key)).toEqual(['shared/google', 'teams/design/anthropic']);
  expect(ROWS.filter(({ name }) => find(name, 'Ingress').length > 0).map(({ name }) => name)).toEqual(['api-platform', 'payments']);
});

test('how many tenants there are of what is printed', () => {
  expect(printed).toBe([
    'assistants: 50 tenants',
    '  versions  2026.8.2 (45), 2026.9.6 (5)',
    '  presets   dev (12), large (2), prod (36)',
    '',
  ].join('\n'));
});

test('no row changes the file of another', () => {
  const names = ['procurement', 'recruiting'];
  const [first, second] = names.map(name => texts[`${name}.k8s.yaml`].replaceAll(name, '<tenant>').replace(/-c8[0-9a-f]{6}/g, ''));
  expect(first).toBe(second);
  expect(first).not.toContain(names[1]);
});
