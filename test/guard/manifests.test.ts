import * as kplus from 'cdk8s-plus-28';
import { Delivery, ModelGuard, OpenClawVersion, Preset, Provider, SecretSource } from '../../src/index';
import { CELLS } from '../contract/cells';
import { configOf, keysOf, newChain, newChart, newGateway, objects, GPT, SONNET } from '../support/gateway';
import { gatewayContainer, gatewaysOf, readGatewayPod } from '../support/gateway-pod';
import { guardsOf } from '../support/guard-files';
import { judgeManifests } from '../support/kubernetes-judge';
import { judgePodSecurity } from '../support/pod-security';
import { synthChart } from '../support/synth';

const GUARDS: [string, ModelGuard][] = [['sidecar', ModelGuard.sidecar()], ['pod', ModelGuard.pod()]];

const isProviderKey = (name: string) => /API_KEY/.test(name);

/** What a volume brings of the keys; all of a Secret counts, whatever is in it. */
function keysIn({ name, secret, projected }: any): string[] {
  if (projected) return [`projected volume ${name}`];
  if (!secret) return [];
  if (!secret.items) return [`all of Secret ${secret.secretName}`];
  return secret.items.filter(({ key, path }: any) => isProviderKey(key) || isProviderKey(path)).map(({ key }: any) => `${secret.secretName}/${key}`);
}

/** Every way by which containers beside the guard could come to a provider's key. */
function waysToKeys(manifests: any[]): string[] {
  return gatewaysOf(manifests).flatMap(({ spec: { template: { spec } } }) => {
    const others = [...spec.initContainers ?? [], ...spec.containers].filter(({ name }: any) => name !== 'model-guard');
    return others.flatMap(({ name, volumeMounts = [], env = [], envFrom }: any) => [
      ...volumeMounts.flatMap((mount: any) => keysIn(spec.volumes.find((volume: any) => volume.name === mount.name))),
      ...env.filter((entry: any) => entry.valueFrom || isProviderKey(entry.name)).map((entry: any) => `variable ${entry.name}`),
      ...envFrom ? ['envFrom'] : [],
    ].map(way => `${name}: ${way}`));
  });
}

describe.each(GUARDS)('behind a guard: %s', (placement, guard) => {
  test.each(CELLS)('$name: Kubernetes takes every object, and no way leads the gateway to a key', ({ build }) => {
    for (const version of [OpenClawVersion.V2026_6_11, OpenClawVersion.V2026_9_6]) {
      const manifests = synthChart(build(version, { guard }));
      expect([judgeManifests('1.28', manifests), judgeManifests('1.34', manifests), judgePodSecurity(manifests)]).toEqual([[], [], []]);
      expect(readGatewayPod(manifests).problems).toEqual([]);
      expect(waysToKeys(manifests)).toEqual([]);
      const [{ data }] = manifests.filter(({ data: each }) => each?.['openclaw.json']);
      expect(data['openclaw.json']).not.toMatch(/_API_KEY/);
      expect(guardsOf(manifests)).toHaveLength(1);
    }
  });

  test('the search would find a way', () => {
    const [build] = [CELLS[0].build(OpenClawVersion.V2026_9_6, { guard: ModelGuard.none() })];
    expect(waysToKeys(synthChart(build))).toContain('make-files: openclaw-secrets/ANTHROPIC_API_KEY');
  });

  test('the guard is called without the proxy that the gateway has', () => {
    const exceptionsWith = (given: { [name: string]: string }) => {
      const chart = newChart();
      newGateway(chart, {
        guard,
        envVariables: Object.fromEntries(Object.entries({ HTTP_PROXY: 'http://proxy:3128', ...given }).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)])),
        acknowledge: { 'guard-environment-unused': 'the providers are reached without it' },
      });
      const service = objects(chart, 'Service').find(({ spec: { ports } }) => ports[0].port === 9400);
      const [deployment] = gatewaysOf(objects(chart, 'Deployment'));
      const found = gatewayContainer(deployment).env.filter(({ name }: any) => /no_proxy/i.test(name)).map(({ name, value }: any) => `${name}=${value}`);
      return { found, host: service?.metadata.name ?? '127.0.0.1' };
    };
    const [plain, lower] = [exceptionsWith({}), exceptionsWith({ no_proxy: '.corp' })];
    expect([plain.found, lower.found]).toEqual([[`NO_PROXY=${plain.host}`], [`no_proxy=.corp,${lower.host}`]]);
  });

  test('every provider of the gateway is the guard', () => {
    const chart = newChart();
    const gateway = newGateway(chart, { guard });
    const providers: any[] = Object.values(configOf(gateway).models.providers);
    const service = objects(chart, 'Service').find(({ spec: { ports } }) => ports[0].port === 9400);
    const host = placement === 'pod' ? service.metadata.name : '127.0.0.1';
    expect(providers.map(({ baseUrl }) => baseUrl)).toEqual([`http://${host}:9400/anthropic`, `http://${host}:9400/openai/v1`]);
    expect(providers.map(({ apiKey, timeoutSeconds }) => [apiKey, timeoutSeconds])).toEqual(providers.map(() => [
      placement === 'pod' ? { source: 'file', provider: 'keys', id: '/MODEL_GUARD_KEY' } : 'guarded', 120,
    ]));
  });
});

describe('a guard beside the gateway', () => {
  const chart = newChart();
  newGateway(chart, { guard: ModelGuard.sidecar() });
  const [{ spec: { template } }] = objects(chart, 'Deployment');
  const [guard, ...others] = template.spec.containers;

  test('starts before the gateway, which is still the container that kubectl takes', () => {
    expect([guard, ...others].map(({ name }: any) => name)).toEqual(['model-guard', 'openclaw', 'live-sync']);
    expect(template.metadata.annotations['kubectl.kubernetes.io/default-container']).toBe('openclaw');
  });

  test('waits with its end until the gateway has ended', () => {
    expect(guard.lifecycle.preStop.exec.command).toEqual(['bash', '-c', 'while (exec 3<>/dev/tcp/127.0.0.1/18789) 2>/dev/null; do sleep 0.5; done']);
    expect([guard.startupProbe, guard.readinessProbe, guard.livenessProbe].map(({ httpGet }) => httpGet.path)).toEqual(['/policy', '/policy', '/ready']);
  });

  test('has the keys, and nothing that the gateway mounts', () => {
    const mounts = (container: any) => container.volumeMounts.map(({ name }: any) => name);
    expect(mounts(guard)).toEqual(['guard-bootstrap', 'guard-policy', 'guard-key-0', 'guard-key-1', 'guard-run']);
    expect([...template.spec.initContainers, ...others].flatMap(mounts).filter((name: string) => name.startsWith('guard-'))).toEqual([]);
  });

  test('another policy needs no new pod, another bootstrap does', () => {
    const annotations = (options: object, chain = [SONNET, GPT]) => {
      const other = newChart();
      const providerSecrets = keysOf(other, ...chain.map(({ provider }) => provider));
      newGateway(other, { guard: ModelGuard.sidecar(options), chain: newChain(other, chain), providerSecrets });
      return objects(other, 'Deployment')[0].spec.template;
    };
    expect(annotations({ requestsPerMinute: { openai: 5 } }, [GPT, SONNET])).toEqual(template);
    expect(annotations({ image: 'envoyproxy/envoy:v1.40.0' }).metadata).toEqual(template.metadata);
  });
});

describe('a guard in pods of its own', () => {
  const chart = newChart();
  const gateway = newGateway(chart, { guard: ModelGuard.pod() });
  const deployment = objects(chart, 'Deployment').find(({ metadata }) => metadata.name === gateway.guard!.deployment!.name);

  test('is updated without a gap', () => {
    const { replicas, strategy, template } = deployment.spec;
    expect([replicas, strategy.rollingUpdate]).toEqual([2, { maxSurge: 1, maxUnavailable: 0 }]);
    expect(template.spec.containers[0].lifecycle.preStop.exec.command[2]).toContain('envoy_http_downstream_rq_active');
    expect(template.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, terminationGracePeriodSeconds: 330 });
  });

  test('is all that the gateway reaches, and lets in nobody else', () => {
    const policies = objects(chart, 'NetworkPolicy');
    const ports = ({ ports: list }: any) => list.map(({ port }: any) => port);
    const named = ({ name }: { name: string }) => policies.find(({ metadata }) => metadata.name === name).spec;
    const [own, guards] = [gateway.networkPolicy!, gateway.guard!.networkPolicy!].map(named);
    expect(own.egress.map(ports)).toEqual([[53, 53], [53, 53], [9400]]);
    expect(own.egress[2].to[0].podSelector).toEqual({ matchLabels: deployment.spec.selector.matchLabels });
    expect(guards.egress.map(ports)).toEqual([[53, 53], [53, 53], [443], [443]]);
    expect(guards.ingress.map(ports)).toEqual([[9400]]);
  });

  test('knows its gateway by a credential that only the two mount', () => {
    const [external] = objects(chart, 'ExternalSecret');
    expect(Object.keys(external.spec.target.template.data)).toEqual(['caller.json', 'password']);
    const text = external.spec.target.template.data['caller.json'].replace(/^.*\{\{ end \}\}/, '').replace('{{ $value | toJson }}', '"x"');
    expect(JSON.parse(text).resources[0].typed_config.credentials)
      .toEqual([{ key: 'x', client: 'gateway-0' }]);
  });

  test('takes an existing credential', () => {
    const other = newChart();
    newGateway(other, { guard: ModelGuard.pod({ caller: SecretSource.fromSecretName('guard', 'key') }) });
    const volumes = objects(other, 'Deployment').flatMap(({ spec }) => spec.template.spec.volumes).filter(({ secret }: any) => secret?.secretName === 'guard');
    expect(volumes.map(({ secret }: any) => secret.items)).toEqual([[{ key: 'key.json', path: 'caller.json' }], [{ key: 'key', path: 'MODEL_GUARD_KEY' }]]);
  });
});

test('without a guard nothing of it is rendered', () => {
  const [bare, none] = [{}, { guard: ModelGuard.none() }].map(props => {
    const chart = newChart();
    newGateway(chart, { ...props, preset: Preset.PROD });
    return chart;
  });
  expect(objects(none, 'Deployment')).toEqual(objects(bare, 'Deployment'));
  expect(JSON.stringify(objects(none, 'ConfigMap'))).not.toContain('9400');
});

test('headers of a provider are added by the guard, in place of those of the caller', () => {
  const chart = newChart();
  const openai = Provider.OPENAI.customize({ headers: { 'openai-project': '100% ours' } });
  const gateway = newGateway(chart, { guard: ModelGuard.sidecar(), chain: newChain(chart, [SONNET, openai.model('gpt-5.4')]) });
  expect(configOf(gateway).models.providers.openai.headers).toBeUndefined();
  const [{ most_specific_header_mutations_wins: wins, virtual_hosts: [{ routes }] }] = JSON.parse(gateway.guard!.policy.data['routes.json']).resources;
  expect(wins).toBe(true);
  expect(routes.find(({ name }: any) => name === 'openai').request_headers_to_add).toEqual([
    { header: { key: 'openai-project', value: '100%% ours' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
  ]);
});

test('a summary says where the guard is, and that keys need no restart', () => {
  const gateway = newGateway(newChart(), { guard: ModelGuard.sidecar(), delivery: Delivery.RESTART });
  expect(gateway.summary.split('\n')[0]).toBe('prod/Gateway in namespace gateways: OpenClaw 2026.9.6, preset prod, restart delivery, model guard beside the gateway');
  expect(gateway.summary).toMatch(/ANTHROPIC_API_KEY +Secret openclaw-secrets, key ANTHROPIC_API_KEY +a new value is used without a restart/);
  expect(gateway.summary).toMatch(/OPENCLAW_GATEWAY_TOKEN .* a new value needs a new pod/);
});
