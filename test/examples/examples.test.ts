import * as fs from 'fs';
import * as path from 'path';
import { Yaml } from 'cdk8s';
import { configIn, gatewayContainer, gatewaysOf } from '../support/gateway-pod';
import { EXAMPLES, synthExample } from '../support/synth';

jest.setTimeout(120_000);

const SCRIPT = fs.readFileSync(path.join(__dirname, '..', '..', 'assets', 'live-sync.mjs'), 'utf8');

const PICTURE = path.join(__dirname, '..', '..', 'docs', 'images', 'models.svg');

/** The script as it stands in a ConfigMap; the snapshot does not repeat it. */
const INDENTED = SCRIPT.trimEnd().replace(/^(?=.)/gm, '    ');

// test/examples/fleet.test.ts has the fifty gateways of that example
const [beside, guarded, multi, whole] = ['beside', 'guarded', 'multi-provider', 'whole'].map(synthExample);

test('each example has its tests', () => {
  expect(EXAMPLES).toEqual(['beside', 'fleet', 'guarded', 'multi-provider', 'whole']);
});

/** The gateway's own Deployment among the objects of a file. */
const gatewayOf = (objects: any[]) => gatewaysOf(objects)[0].spec.template.spec;
const kindsOf = (objects: any[]) => objects.map(({ kind }) => kind).sort();
const containersOf = (pod: any) => pod.containers.map(({ name }: any) => name);

describe('example multi-provider', () => {
  const { texts, objects, printed } = multi;

  test('production: every line', () => {
    const [before, after, ...others] = texts['openclaw-prod.k8s.yaml'].split(INDENTED);
    expect(others).toEqual([]);
    expect(`${before}    <assets/live-sync.mjs>${after}`).toMatchSnapshot();
  });

  test('development has no guard, an open network, and its keys from one Secret', () => {
    const dev = objects['openclaw-dev.k8s.yaml'];
    expect(kindsOf(dev)).toEqual(['ConfigMap', 'ConfigMap', 'Deployment', 'PersistentVolumeClaim', 'Service', 'ServiceAccount']);
    expect(containersOf(gatewayOf(dev))).toEqual(['openclaw', 'live-sync']);
    expect(gatewayOf(dev).volumes.filter(({ secret }: any) => secret).map(({ secret }: any) => secret.secretName)).toEqual(['openclaw-secrets']);
    expect(configIn(dev).agents.defaults.model).toEqual({
      primary: 'anthropic/claude-haiku-4-5', fallbacks: ['openai/gpt-6-luna', 'google/gemini-2.5-flash-lite', 'openrouter/moonshotai/kimi-k2.5'],
    });
    expect(configIn(dev).agents.defaults.modelPolicy.allow).toEqual(['anthropic/*', 'openai/*', 'google/*', 'openrouter/*']);
  });

  test('prints the two routes, with prices, and where each key comes from', () => {
    expect(printed).toMatch(/^openclaw-dev\/Gateway in namespace openclaw-dev: .*, preset dev, live delivery, no model guard$/m);
    expect(printed).toMatch(/^openclaw-prod\/Gateway in namespace openclaw-prod: .*, preset prod, live delivery, model guard beside the gateway$/m);
    const rows = printed.split('\n').map(line => line.trim().replace(/ {2,}/g, ' | '));
    expect(rows).toEqual(expect.arrayContaining([
      expect.stringMatching(/^route \| anthropic\/claude-haiku-4-5 \| \$1 in, \$5 out per million tokens \(litellm .*\)$/),
      '-> openai/gpt-6-luna | $0.1 in, $0.5 out per million tokens',
      '-> openrouter/anthropic/claude-sonnet-5 | $2 in, $10 out per million tokens (the table of tiers)',
      '/model | anthropic/claude-haiku-4-5',
      'GEMINI_API_KEY | Secret openclaw-secrets, key GEMINI_API_KEY | a new value is used without a restart',
      'GEMINI_API_KEY | ClusterSecretStore vault, openclaw/google field api-key, read every 15 minutes | a new value is used without a restart',
    ]));
  });
});

test('docs/images/models.svg is the picture that example multi-provider writes; WRITE_DOCS=true renews it', () => {
  if (process.env.WRITE_DOCS === 'true') fs.writeFileSync(PICTURE, multi.report['models.svg']);
  expect(fs.readFileSync(PICTURE, 'utf8')).toBe(multi.report['models.svg']);
  expect(multi.report['models.md']).toContain('| openclaw-dev/Gateway | main | anthropic/claude-haiku-4-5 | $171.00 | $171.00 |');
});

describe('example beside', () => {
  const pod = gatewayOf(beside.objects['openclaw-beside.k8s.yaml']);

  test('the browser and the MCP server are in the pod, and only the latter has a token of Kubernetes', () => {
    expect(containersOf(pod)).toEqual(['openclaw', 'live-sync', 'cluster-tools', 'browser']);
    const holders = pod.containers.filter(({ volumeMounts }: any) => volumeMounts.some(({ name }: any) => name === 'service-account-token'));
    expect(containersOf({ containers: holders })).toEqual(['cluster-tools']);
  });

  test('instructions are seeded once, the skill at each start', () => {
    const { data } = beside.objects['openclaw-beside.k8s.yaml'].find(({ kind, metadata }: any) => kind === 'ConfigMap' && /-workspace-/.test(metadata.name));
    expect(Object.keys(data)).toEqual(['main.AGENTS.md', 'main.skills_pods_SKILL.md']);
    expect(pod.initContainers[0].command.slice(-4)).toEqual([
      '--seed', '0:workspace', '--overwrite', '1:workspace',
    ]);
  });
});

describe('example guarded', () => {
  const { objects, printed } = guarded;
  const [besideIt, apart] = ['openclaw-guarded', 'openclaw-apart'].map(name => objects[`${name}.k8s.yaml`]);
  const policyOf = (file: any[]) => file.find(({ data }) => data?.['routes.json']).data;

  test('a guard beside the gateway', () => {
    expect(containersOf(gatewayOf(besideIt))).toEqual(['model-guard', 'openclaw', 'live-sync']);
    expect(policyOf(besideIt)['routes.json']).toContain('"max_tokens":120,"tokens_per_fill":120,"fill_interval":"60s"');
  });

  test('a guard in pods of its own, with a larger limit of bodies', () => {
    expect(containersOf(gatewayOf(apart))).toEqual(['openclaw', 'live-sync']);
    expect(kindsOf(apart).filter(kind => /Deployment|NetworkPolicy|Service$/.test(kind))).toEqual(
      ['Deployment', 'Deployment', 'NetworkPolicy', 'NetworkPolicy', 'Service', 'Service']);
    expect(apart.find(({ data }) => data?.['bootstrap.json']).data['bootstrap.json']).toContain(`"per_connection_buffer_limit_bytes":${8 * 1024 * 1024}`);
  });

  test.each([['beside', besideIt], ['apart', apart]])('%s: four providers, all of them the guard', (_, file) => {
    const { models: { providers }, agents } = configIn(file);
    expect(agents.defaults.model).toEqual({
      primary: 'anthropic/claude-sonnet-5', fallbacks: ['openrouter/anthropic/claude-sonnet-4.5', 'azure/gpt-5-prod', 'company-vllm/qwen3-32b'],
    });
    expect(Object.values<any>(providers).map(({ baseUrl }) => new URL(baseUrl).port)).toEqual(['9400', '9400', '9400', '9400']);
    expect(gatewayContainer(gatewaysOf(file)[0]).image).toBe('ghcr.io/openclaw/openclaw:2026.9.6-slim');
  });

  test('prints where the guard is', () => {
    expect(printed).toMatch(/^openclaw-guarded\/Gateway in namespace openclaw-guarded: .*, model guard beside the gateway$/m);
    expect(printed).toMatch(/^openclaw-apart\/Gateway in namespace openclaw-apart: .*, model guard in pods of its own$/m);
    expect(printed).toMatch(/MODEL_GUARD_KEY +made up once by the External Secrets Operator +stays as it is/);
  });

  test('makes and prints the same, byte by byte, when it is run again', () => {
    expect(synthExample('guarded')).toEqual(guarded);
  });
});

describe('example whole', () => {
  const objects = whole.objects['openclaw-whole.k8s.yaml'];
  const pod = gatewayOf(objects);
  const config = configIn(objects);

  test('OpenClaw\'s configuration, and every object but ConfigMaps', () => {
    expect(Yaml.stringify(config, ...objects.filter(({ kind }: any) => kind !== 'ConfigMap'))).toMatchSnapshot();
  });

  test('each agent has its models, its workspace and its bot', () => {
    expect(config.agents.entries.coder.model).toEqual({ primary: 'anthropic/claude-sonnet-5', fallbacks: ['openai/gpt-5.4'] });
    expect(config.agents.entries.coder.modelPolicy.allow).toEqual(['anthropic/claude-sonnet-5', 'openai/gpt-5.4']);
    expect(config.bindings).toEqual([{ agentId: 'coder', match: { channel: 'telegram', accountId: 'coder' } }]);
    const { data } = objects.find(({ kind, metadata }: any) => kind === 'ConfigMap' && /-workspace-/.test(metadata.name));
    expect(Object.keys(data)).toEqual(['coder.AGENTS.md', 'main.AGENTS.md', 'main.SOUL.md', 'main.skills_share_SKILL.md']);
  });

  test('only the MCP server mounts its key, and the state is in the claim that exists', () => {
    const secretOf = Object.fromEntries(pod.volumes.filter(({ secret }: any) => secret).map(({ name, secret }: any) => [name, secret.secretName]));
    const mounts = (container: any, secret: string) => container.volumeMounts.some(({ name }: any) => secretOf[name] === secret);
    const holders = [...pod.initContainers, ...pod.containers].filter(container => mounts(container, 'link-key'));
    expect(containersOf({ containers: holders })).toEqual(['links']);
    expect(pod.volumes.find(({ persistentVolumeClaim: claim }: any) => claim).persistentVolumeClaim.claimName).toBe('openclaw-home');
  });

  test('the route leads to the Service, and its proxy may come in', () => {
    const { metadata, spec } = objects.find(({ kind }: any) => kind === 'Service');
    expect(objects.find(({ kind }: any) => kind === 'HTTPRoute').spec.rules[0].backendRefs).toEqual([{ name: metadata.name, port: spec.ports[0].port }]);
    const { ingress } = objects.find(({ kind }: any) => kind === 'NetworkPolicy').spec;
    expect(ingress[0].from[0].podSelector.matchLabels).toEqual({ 'gateway.networking.k8s.io/gateway-name': 'public' });
  });
});
