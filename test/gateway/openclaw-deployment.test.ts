import { ApiObject, App, Chart, Duration, Size, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Delivery, FallbackChain, GatewayAuth, GatewayState, ModelAllowlist, ModelGuard, OpenClawDeployment, OpenClawVersion, Preset, Provider,
  ProviderSecret, SecretSource, SecretStore,
} from '../../src/index';
import { isObjectName } from '../../src/input/kubernetes-names';
import { RELEASES } from '../../src/release/releases';
import { configOf, GPT, keysOf, messageOf, newChain, newChart, newGateway, objects, SONNET } from '../support/gateway';
import { isAtLeast } from '../support/release';

describe('objects', () => {
  test('everything that is made is exposed, and ApiObject.of() finds the Deployment', () => {
    const chart = newChart();
    const gateway = newGateway(chart);
    expect(ApiObject.of(gateway).kind).toBe('Deployment');
    expect(gateway.container.name).toBe('openclaw');
    expect(gateway.service.port).toBe(OpenClawDeployment.GATEWAY_PORT);
    expect([gateway.tokenSecret?.secret.name, gateway.tokenSecret?.key]).toEqual(['openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN']);
    expect(Object.keys(gateway.liveSyncConfigMap.data)).toEqual(['live-sync.mjs']);
    expect(gateway.models.map(model => model.modelRef)).toEqual(['anthropic/claude-sonnet-5', 'openai/gpt-5.4']);
    const { deployment, service, configMap, stateClaim, serviceAccount, networkPolicy } = gateway;
    expect([deployment, service, configMap, stateClaim, serviceAccount, networkPolicy!].map(each => each.kind)).toEqual(
      ['Deployment', 'Service', 'ConfigMap', 'PersistentVolumeClaim', 'ServiceAccount', 'NetworkPolicy']);
    expect(Testing.synth(chart).map(object => object.kind).sort()).toEqual(
      ['ConfigMap', 'ConfigMap', 'Deployment', 'NetworkPolicy', 'PersistentVolumeClaim', 'Service', 'ServiceAccount']);
  });

  test.each([{}, { guard: ModelGuard.pod() }])('a Service that Kubernetes would refuse is refused: %p', props => {
    expect(messageOf(() => newGateway(newChart('2026-assistant'), props))).toMatch(new RegExp(
      "^OpenClawDeployment '2026-assistant/Gateway': its Service is called '2026-assistant-gateway-.*a letter first: give the chart and the gateway such ids$"));
  });

  test("a guard's policy that no ConfigMap can hold is refused", () => {
    const chart = newChart();
    const provider = Provider.ANTHROPIC.customize({ headers: { 'x-team': 'b'.repeat(16_000) } });
    const models = Array.from({ length: 70 }, (_, i) => Provider.custom(`llm-${i}`, { baseUrl: 'https://llm.example.com/v1', headers: { 'x-team': 'b'.repeat(16_000) }, requiresKey: false })
      .model('a', { contextWindow: 32768, maxTokens: 4096 }));
    expect(messageOf(() => newGateway(chart, { chain: newChain(chart, [provider.model('claude-sonnet-5'), ...models]), providerSecrets: keysOf(chart, provider), guard: ModelGuard.sidecar() })))
      .toMatch(/^OpenClawDeployment 'prod\/Gateway': the guard's policy has 1\d{6} bytes, a ConfigMap holds 1048576; name fewer models, or shorten headers and certificateAuthorities$/);
  });

  test('no object has a namespace or a name of its own', () => {
    const chart = newChart('dev', null);
    newGateway(chart, { preset: Preset.DEV });
    expect(Testing.synth(chart).filter(object => object.metadata.namespace !== undefined)).toEqual([]);
  });

  test('the secrets of the environment of a namespace need nothing of ours', () => {
    const chart = newChart();
    newGateway(chart);
    expect(objects(chart, 'Secret')).toEqual([]);
    expect(objects(chart, 'ExternalSecret')).toEqual([]);
  });

  test('given parts take the place of new ones', () => {
    const chart = newChart();
    const gateway = newGateway(chart, {
      state: GatewayState.existing(kplus.PersistentVolumeClaim.fromClaimName(chart, 'Claim', 'state-0'), { path: '.openclaw' }),
      serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'Account', 'runner'),
      image: 'registry.example.com/openclaw:2026.9.6',
      resources: { cpu: { request: kplus.Cpu.units(1) }, memory: { request: Size.gibibytes(2), limit: Size.gibibytes(4) } },
      envVariables: { TZ: kplus.EnvValue.fromValue('Europe/Vienna') },
    });
    const { spec } = objects(chart, 'Deployment')[0].spec.template;
    expect(gateway.stateClaim.name).toBe('state-0');
    expect(objects(chart, 'PersistentVolumeClaim')).toEqual([]);
    expect(spec.serviceAccountName).toBe('runner');
    expect(spec.containers[0].image).toBe('registry.example.com/openclaw:2026.9.6');
    expect(spec.containers[0].resources).toEqual({ limits: { memory: '4Gi' }, requests: { cpu: '1', memory: '2Gi' } });
    expect(spec.containers[0].env).toContainEqual({ name: 'TZ', value: 'Europe/Vienna' });
  });

  test.each([[Preset.DEV, '5Gi'], [Preset.PROD, '10Gi']])('the claim has the size of the preset', (preset, size) => {
    const chart = newChart();
    newGateway(chart, { preset });
    expect(objects(chart, 'PersistentVolumeClaim')[0].spec).toEqual(
      { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } }, volumeMode: 'Filesystem' });
  });

  test.each([
    [{ cpu: { request: kplus.Cpu.units(0.5), limit: kplus.Cpu.millis(2000) } }, { requests: { cpu: '500m' }, limits: { cpu: '2' } }],
    [{ memory: { request: Size.mebibytes(1536), limit: Size.tebibytes(1) } }, { requests: { memory: '1536Mi' }, limits: { memory: '1Ti' } }],
  ])('quantities are written as the API server keeps them: %p', (resources, written) => {
    const chart = newChart();
    newGateway(chart, { resources, preset: Preset.DEV, state: GatewayState.claim({ size: Size.tebibytes(2) }) });
    expect(objects(chart, 'Deployment')[0].spec.template.spec.containers[0].resources).toEqual(written);
    expect(objects(chart, 'PersistentVolumeClaim')[0].spec.resources.requests.storage).toBe('2Ti');
  });

  test.each(['', '.openclaw', 'home/node/.openclaw', 'openclaw'])("state in the folder '%s' of a claim is mounted from there, in each container that uses it", folder => {
    const chart = newChart();
    const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'Home', 'home');
    newGateway(chart, { state: GatewayState.existing(claim, { path: folder }) });
    const { volumes, containers, initContainers } = objects(chart, 'Deployment')[0].spec.template.spec;
    expect(volumes).toContainEqual({ name: 'state', persistentVolumeClaim: { claimName: 'home' } });
    const mounts = [...initContainers, ...containers].flatMap(({ volumeMounts }: any) => volumeMounts.filter(({ name }: any) => name === 'state'));
    expect(mounts).toEqual([1, 2].map(() => ({ name: 'state', mountPath: '/home/node/.openclaw', ...folder !== '' && { subPath: folder } })));
  });

  test.each([undefined, '/', '/home', 'home/', './.openclaw', '../openclaw', 'a//b', '~/.openclaw', '.', ['a']])('state at the path %p is refused, and the remedy is taken', path => {
    const claim = kplus.PersistentVolumeClaim.fromClaimName(newChart(), 'Home', 'home');
    expect(messageOf(() => GatewayState.existing(claim, { path } as any))).toMatch(
      /^GatewayState\.existing\(\): path must be a folder of the claim, relative, without '\.', '\.\.' or a slash at an end, got .*; use '' for/);
    expect(GatewayState.existing(claim, { path: '.openclaw' }).path).toBe('.openclaw');
  });

  test('the claim may have a size and a class of its own', () => {
    const chart = newChart();
    newGateway(chart, { state: GatewayState.claim({ size: '50Gi', storageClassName: 'fast' }) });
    expect(objects(chart, 'PersistentVolumeClaim')[0].spec).toMatchObject({ resources: { requests: { storage: '50Gi' } }, storageClassName: 'fast' });
  });
});

describe('pod', () => {
  const specOf = (chart: Chart) => objects(chart, 'Deployment')[0].spec.template.spec;

  test.each(RELEASES.map(row => row.release))('%s: probes, drain and read-only configuration are what the version has', release => {
    const chart = newChart();
    newGateway(chart, { version: OpenClawVersion.of(release), chain: FallbackChain.fromProviders(chart, 'C', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }) });
    const spec = specOf(chart);
    const [gateway] = spec.containers;
    const isOld = release < '2026.8';
    expect(gateway.startupProbe.httpGet.path).toBe(isOld ? '/readyz' : '/startupz');
    expect(gateway.readinessProbe.httpGet.path).toBe(isOld ? '/readyz' : '/startupz');
    expect(gateway.livenessProbe.httpGet.path).toBe('/healthz');
    expect(spec.terminationGracePeriodSeconds).toBe(isOld ? 30 : 330);
    expect(gateway.env.map((each: any) => each.name)).toContain(isAtLeast(release, '2026.9.4') ? 'OPENCLAW_CONFIG_READONLY' : 'OPENCLAW_NIX_MODE');
    expect(gateway.image).toBe(`ghcr.io/openclaw/openclaw:${release}-slim`);
  });

  test.each(RELEASES.map(row => row.release))('%s: a gateway that trusts proxies is asked from within, as the kubelet may be at the address of one', release => {
    const chart = newChart();
    const exposure = { origins: ['https://a.example.com'], trustedProxies: ['10.244.0.0/16'], peers: [kplus.Pods.all(chart, 'Proxy')] };
    newGateway(chart, { version: OpenClawVersion.of(release), exposure, chain: FallbackChain.fromProviders(chart, 'C', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }) });
    const [gateway] = specOf(chart).containers;
    const isOld = release < '2026.8';
    for (const probe of [gateway.startupProbe, gateway.readinessProbe]) {
      expect(probe.httpGet?.path ?? probe.exec.command).toEqual(isOld ? '/readyz' : ['node', '--eval', expect.stringContaining("'http://127.0.0.1:18789/startupz'")]);
    }
    expect(gateway.livenessProbe.httpGet.path).toBe('/healthz');
  });

  test('one gateway at a time, closed to Kubernetes and to its own image', () => {
    const chart = newChart();
    newGateway(chart);
    const { spec } = objects(chart, 'Deployment')[0];
    expect([spec.replicas, spec.strategy]).toEqual([1, { type: 'Recreate' }]);
    const pod = spec.template.spec;
    expect([pod.automountServiceAccountToken, pod.enableServiceLinks]).toEqual([false, false]);
    expect(pod.securityContext).toEqual({ fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch', runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 });
    for (const container of [...pod.initContainers, ...pod.containers]) {
      expect(container.securityContext).toMatchObject({
        readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
      });
    }
  });

  test('the state is below the root of its volume', () => {
    const chart = newChart();
    newGateway(chart);
    expect(specOf(chart).containers[0].volumeMounts).toContainEqual({ mountPath: '/home/node/.openclaw', name: 'state', subPath: 'openclaw' });
  });

  test('keys reach the init step and the sidecar only, each as a file of its Secret', () => {
    const chart = newChart();
    newGateway(chart);
    const spec = specOf(chart);
    const readers = [...spec.initContainers, ...spec.containers].filter(container => container.volumeMounts.some((mount: any) => mount.name.startsWith('keys')));
    expect(readers.map(container => container.name)).toEqual(['make-files', 'live-sync']);
    expect(spec.volumes.filter((volume: any) => volume.secret)).toEqual([{
      name: 'keys-0',
      secret: {
        secretName: 'openclaw-secrets',
        defaultMode: 0o440,
        items: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'OPENCLAW_GATEWAY_TOKEN'].map(key => ({ key, path: key })),
      },
    }]);
    expect(JSON.stringify(spec.containers.map((each: any) => each.env))).not.toMatch(/KEY|TOKEN/);
  });

  test('one key of one Secret may serve two providers', () => {
    const chart = newChart();
    const litellm = Provider.custom('litellm', { baseUrl: 'https://llm.example.com/v1' });
    newGateway(chart, {
      chain: newChain(chart, [SONNET, litellm.model('x', { contextWindow: 32000, maxTokens: 100 })]),
      providerSecrets: [Provider.ANTHROPIC, litellm].map(provider =>
        new ProviderSecret(chart, provider.id, { provider, source: SecretSource.fromSecretName('shared', 'key') })),
      acknowledge: { 'provider-key-shared': 'both are a proxy of ours' },
    });
    const keyVolumes = specOf(chart).volumes.filter((volume: any) => volume.secret);
    expect(keyVolumes.map(({ name, secret }: any) => [name, secret.secretName, secret.items])).toEqual([
      ['keys-0', 'shared', [{ key: 'key', path: 'ANTHROPIC_API_KEY' }]],
      ['keys-1', 'shared', [{ key: 'key', path: 'LITELLM_API_KEY' }]],
      ['keys-2', 'openclaw-secrets', [{ key: 'OPENCLAW_GATEWAY_TOKEN', path: 'OPENCLAW_GATEWAY_TOKEN' }]],
    ]);
  });
});

describe('delivery', () => {
  const checksum = (props: Parameters<typeof newGateway>[1]) => {
    const chart = newChart();
    newGateway(chart, props);
    return objects(chart, 'Deployment')[0].spec.template.metadata.annotations['cdk8s-openclaw/checksum'];
  };
  const httpApi = { httpApi: true };

  test('LIVE: a sidecar, and a new pod only for what the init step alone does', () => {
    const chart = newChart();
    newGateway(chart);
    const deployment = objects(chart, 'Deployment')[0];
    expect(deployment.spec.template.spec.containers.map((each: any) => each.name)).toEqual(['openclaw', 'live-sync']);
    expect(deployment.metadata.annotations).toBeUndefined();
    expect(checksum(httpApi)).toBe(checksum({}));
    const retrying = newChart('other');
    const chain = new FallbackChain(retrying, 'Chain', { primary: SONNET, fallbacks: [GPT], retries: 1 });
    expect(checksum({ chain })).not.toBe(checksum({}));
  });

  test('RESTART: no sidecar, a new pod for each configuration, Reloader for the Secrets', () => {
    const chart = newChart();
    newGateway(chart, { delivery: Delivery.RESTART });
    const deployment = objects(chart, 'Deployment')[0];
    expect(deployment.spec.template.spec.containers.map((each: any) => each.name)).toEqual(['openclaw']);
    expect(deployment.spec.template.spec.initContainers.map((each: any) => each.name)).toEqual(['make-files']);
    expect(deployment.metadata.annotations).toEqual({ 'secret.reloader.stakater.com/reload': 'openclaw-secrets' });
    expect(checksum({ ...httpApi, delivery: Delivery.RESTART })).not.toBe(checksum({ delivery: Delivery.RESTART }));
  });
});

describe('network', () => {
  const rulesOf = (props: Parameters<typeof newGateway>[1], chart = newChart()) => {
    newGateway(chart, props);
    return objects(chart, 'NetworkPolicy').flatMap(policy => policy.spec.egress);
  };

  test('development is open', () => {
    expect(rulesOf({ preset: Preset.DEV })).toEqual([]);
  });

  test('production lets nobody in, and out to DNS and public addresses on 443', () => {
    const chart = newChart();
    const [dns, nodeDns, ipv4, ipv6, ...rest] = rulesOf({}, chart);
    expect(objects(chart, 'NetworkPolicy')[0].spec).toMatchObject({ policyTypes: ['Egress', 'Ingress'] });
    expect(objects(chart, 'NetworkPolicy')[0].spec.ingress).toBeUndefined();
    expect(dns.to).toEqual([{
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    }]);
    expect(nodeDns.to).toEqual([{ ipBlock: { cidr: '169.254.20.10/32' } }]);
    expect(ipv4).toMatchObject({ ports: [{ port: 443, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] });
    expect(ipv4.to[0].ipBlock.except).toEqual(expect.arrayContaining(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10']));
    expect(ipv6.to[0].ipBlock.except).toEqual(expect.arrayContaining(['fc00::/7', 'fe80::/10']));
    expect(rest).toEqual([]);
  });

  test('where Cilium names the hosts, addresses and pods stay in the NetworkPolicy, which leaves DNS to the other', () => {
    const chart = newChart();
    const facts = { contextWindow: 128_000, maxTokens: 8_000 };
    const byAddress = Provider.custom('llm', { baseUrl: 'https://203.0.114.7:8443/v1' });
    const alsoByAddress = Provider.custom('llm6', { baseUrl: 'https://[2001:4860::7]/v1' });
    const inside = Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc/v1', podPort: 8000 });
    const proxied = Provider.GROQ.customize({ baseUrl: 'https://llm.example.com:8443/v1' });
    const chain = newChain(chart, [SONNET, ...[byAddress, alsoByAddress, inside, proxied].map(provider => provider.model('m', facts))], 'Mixed');
    const rules = rulesOf({
      chain,
      guard: ModelGuard.none(),
      ciliumEgress: {},
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, byAddress, alsoByAddress, inside, proxied),
    }, chart);
    const whereTo = ({ ipBlock, namespaceSelector }: any) => ipBlock?.cidr ?? namespaceSelector.matchLabels['kubernetes.io/metadata.name'];
    expect(rules.map(({ to: [to], ports: [{ port }] }) => [whereTo(to), port])).toEqual([
      ['203.0.114.7/32', 8443], ['2001:4860::7/128', 443], ['models', 8000],
    ]);
    const [{ spec: { endpointSelector, egress: [dns, ...named] } }] = objects(chart, 'CiliumNetworkPolicy');
    expect(endpointSelector).toEqual(objects(chart, 'Deployment')[0].spec.selector);
    expect(dns.toPorts).toEqual([{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }]);
    expect(named).toEqual([
      { toFQDNs: [{ matchName: 'api.anthropic.com' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
      { toFQDNs: [{ matchName: 'llm.example.com' }], toPorts: [{ ports: [{ port: '8443', protocol: 'TCP' }] }] },
    ]);
  });

  test('production lets in the peers of its exposure, to its port alone', () => {
    const chart = newChart();
    const controller = kplus.Pods.select(chart, 'Controller', {
      namespaces: kplus.Namespaces.select(chart, 'Edge', { names: ['ingress-nginx'] }),
      labels: { 'app.kubernetes.io/name': 'ingress-nginx' },
    });
    const nodes = kplus.NetworkPolicyIpBlock.ipv4(chart, 'Nodes', '10.0.0.0/24');
    newGateway(chart, { exposure: { origins: ['https://a.example.com'], trustedProxies: ['10.244.0.0/16'], peers: [controller, nodes] } });
    const ports = [{ port: 18789, protocol: 'TCP' }];
    expect(objects(chart, 'NetworkPolicy')[0].spec.ingress).toEqual([
      {
        ports,
        from: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
        }],
      },
      { ports, from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] },
    ]);
  });

  test('a server inside the cluster is reached at its pods', () => {
    const chart = newChart();
    const vllm = Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc.cluster.local/v1', podPort: 8000, requiresKey: false });
    const near = Provider.custom('near', { baseUrl: 'http://near:4000/v1', requiresKey: false, podLabels: { app: 'near' } });
    const facts = { contextWindow: 32000, maxTokens: 100 };
    const rules = rulesOf({ chain: newChain(chart, [vllm.model('a', facts), near.model('b', facts)]), providerSecrets: [] }, chart).slice(4);
    expect(rules).toEqual([
      { ports: [{ port: 8000, protocol: 'TCP' }], to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'models' } }, podSelector: {} }] },
      { ports: [{ port: 4000, protocol: 'TCP' }], to: [{ podSelector: { matchLabels: { app: 'near' } } }] },
    ]);
  });
});

describe('sharing', () => {
  test('two gateways in one chart have nothing in common', () => {
    const chart = newChart();
    const chain = newChain(chart, [SONNET, GPT]);
    const providerSecrets = keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI);
    newGateway(chart, { chain, providerSecrets }, 'A');
    newGateway(chart, { chain, providerSecrets }, 'B');
    const names = Testing.synth(chart).map(object => `${object.kind}/${object.metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    const [a, b] = objects(chart, 'Service').map(service => service.spec.selector);
    expect(a).not.toEqual(b);
  });

  test('one chain and one allowlist serve many charts, dev and prod', () => {
    const app = Testing.app();
    const platform = newChart('platform', null, app);
    const providers = [Provider.ANTHROPIC, Provider.OPENAI];
    const chain = FallbackChain.fromProviders(platform, 'Chain', { providers });
    const allowlist = new ModelAllowlist(platform, 'Allowlist', { providers });
    const gateways = [Preset.DEV, Preset.PROD].map(preset => {
      const chart = newChart(preset.name, preset.name, app);
      return newGateway(chart, { chain, allowlist, preset, providerSecrets: keysOf(chart, ...providers) });
    });
    expect(gateways.map(gateway => gateway.models.map(model => model.id))).toEqual(
      [['claude-haiku-4-5', 'gpt-6-luna'], ['claude-sonnet-5', 'gpt-6-astra']]);
    expect(gateways.map(gateway => configOf(gateway).agents.defaults.modelPolicy.allow)).toEqual([['anthropic/*', 'openai/*'], ['anthropic/*', 'openai/*']]);
    expect(Testing.synth(platform)).toEqual([]);
  });

  test('one claim serves gateways in different namespaces', () => {
    const app = Testing.app();
    for (const namespace of ['a', 'b']) {
      const chart = newChart(namespace, namespace, app);
      newGateway(chart, { state: GatewayState.existing(kplus.PersistentVolumeClaim.fromClaimName(chart, 'Claim', 'state'), { path: '' }) });
      expect(objects(chart, 'Deployment')).toHaveLength(1);
    }
  });

  test('the output is the same from run to run', () => {
    const run = () => {
      const chart = newChart('same', 'same', new App({ outdir: Testing.app().outdir }));
      newGateway(chart, { auth: GatewayAuth.token(SecretSource.generated()) });
      return Yaml.stringify(...Testing.synth(chart));
    };
    expect(run()).toBe(run());
  });

  test('what the caller passed is not changed', () => {
    const extraConfig = Object.freeze({ tools: Object.freeze({ deny: Object.freeze(['browser']) }) });
    const gateway = newGateway(newChart(), { extraConfig });
    expect(configOf(gateway).tools.deny).toContain('browser');
    expect(configOf(gateway).tools.deny).toContain('web_search');
  });

  test('what the caller changes afterwards is not taken up', () => {
    const render = (later: boolean) => {
      const chart = newChart();
      const fallbacks = [GPT];
      const models = [SONNET, GPT];
      const headers = { 'x-team': 'a' };
      const plugins = ['telegram'];
      const extraConfig = { logging: { level: 'info' } };
      const secrets: { [name: string]: SecretSource } = {};
      const openai = Provider.OPENAI.customize({ headers });
      const chain = new FallbackChain(chart, 'Chain', { primary: SONNET, fallbacks });
      const allowlist = new ModelAllowlist(chart, 'Allowlist', { models });
      const gateway = newGateway(chart, { chain, allowlist, plugins, extraConfig, secrets });
      if (later) {
        fallbacks.push(SONNET);
        models.pop();
        headers['x-team'] = 'b';
        plugins.push('imap');
        extraConfig.logging.level = 'debug';
        secrets.LATE = SecretSource.fromSecretName('late', 'key');
      }
      return [Testing.synth(chart), gateway.summary, openai._facts.headers];
    };
    expect(render(true)).toEqual(render(false));
  });
});

describe('secrets', () => {
  test('a vault: one ExternalSecret for each key, its Secret mounted', () => {
    const chart = newChart();
    const store = SecretStore.cluster('vault');
    newGateway(chart, {
      providerSecrets: [Provider.ANTHROPIC, Provider.OPENAI].map(provider =>
        new ProviderSecret(chart, provider.id, { provider, source: SecretSource.fromStore({ store, remoteKey: `llm/${provider.id}`, property: 'key' }) })),
      secrets: { SLACK_TOKEN: SecretSource.fromStore({ store: SecretStore.namespaced('team'), remoteKey: 'slack' }) },
    });
    const externalSecrets = objects(chart, 'ExternalSecret');
    const defaults = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
    const vault = { kind: 'ClusterSecretStore', name: 'vault' };
    expect(externalSecrets.map(each => [each.apiVersion, each.spec.secretStoreRef, each.spec.data])).toEqual([
      ['external-secrets.io/v1', vault, [{ secretKey: 'ANTHROPIC_API_KEY', remoteRef: { key: 'llm/anthropic', property: 'key', ...defaults } }]],
      ['external-secrets.io/v1', vault, [{ secretKey: 'OPENAI_API_KEY', remoteRef: { key: 'llm/openai', property: 'key', ...defaults } }]],
      ['external-secrets.io/v1', { kind: 'SecretStore', name: 'team' }, [{ secretKey: 'SLACK_TOKEN', remoteRef: { key: 'slack', ...defaults } }]],
    ]);
    for (const { metadata, spec } of externalSecrets) expect(spec.target).toEqual({ name: metadata.name, creationPolicy: 'Owner' });
    const mounted = objects(chart, 'Deployment')[0].spec.template.spec.volumes.flatMap((volume: any) => volume.secret?.secretName ?? []);
    expect(mounted).toEqual(expect.arrayContaining(externalSecrets.map(each => each.metadata.name)));
  });

  test('objects of secrets have names that Kubernetes takes, whatever the secrets are called', () => {
    const chart = newChart();
    const sources = { store: SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'bots' }), made: SecretSource.generated(), plain: SecretSource.unsafePlainText('x') };
    const names = ['BOT_TOKEN', 'BOT-TOKEN', 'bot.token', 'a-.b', '_', '__', `${'LONG_'.repeat(30)}NAME`];
    const secrets = Object.fromEntries(Object.entries(sources).flatMap(([kind, source]) => names.map(name => [`${name}_${kind}`, source])));
    const providerSecrets = keysOf(chart, Provider.OPENAI);
    providerSecrets.push(new ProviderSecret(chart, 'anthropic_key', { provider: Provider.ANTHROPIC, source: sources.store }));
    newGateway(chart, { secrets, providerSecrets, preset: Preset.PROD.customize({ noticeRules: ['secret-plain-text'] }) });
    const manifests = Testing.synth(chart);
    expect(manifests.map(({ metadata: { name } }) => name).filter(name => !isObjectName(name) || name.length > 63)).toEqual([]);
    const made = manifests.filter(({ kind }) => ['ExternalSecret', 'Secret'].includes(kind)).map(({ metadata: { name } }) => name);
    expect(new Set(made).size).toBe(3 * names.length + 1);
    const volumes = objects(chart, 'Deployment').flatMap(({ spec }) => spec.template.spec.volumes);
    const mounted = volumes.flatMap(({ secret }: any) => (made.includes(secret?.secretName) ? secret.secretName : []));
    expect(new Set(mounted)).toEqual(new Set(made));
    for (const { spec, metadata } of objects(chart, 'ExternalSecret')) expect(spec.target.name).toBe(metadata.name);
  });

  test('a chart that names its objects itself names those of secrets', () => {
    class Named extends Chart {
      public generateObjectName(object: ApiObject): string {
        return `mine-${object.node.path.replace(/[^a-zA-Z]+/g, '-').toLowerCase()}`;
      }
    }
    const chart = new Named(Testing.app(), 'prod');
    newGateway(chart, { secrets: { BOT_TOKEN: SecretSource.generated() } });
    expect(objects(chart, 'ExternalSecret').map(({ metadata, spec }) => [metadata.name, spec.target.name]))
      .toContainEqual(['mine-prod-gateway-secret-bot-token-externalsecret', 'mine-prod-gateway-secret-bot-token-externalsecret']);
  });

  test.each([[1, '1s'], [90, '1m30s'], [900, '15m0s'], [3600, '1h0m0s'], [86_405, '24h0m5s']])('reads a store every %d s, written as the operator keeps it', (seconds, text) => {
    const chart = newChart();
    const source = SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'openai', refreshInterval: Duration.seconds(seconds) });
    new ProviderSecret(chart, 'Key', { provider: Provider.OPENAI, source });
    expect(objects(chart, 'ExternalSecret').map(({ spec }) => spec.refreshInterval)).toEqual([text]);
  });

  test('a generated token is made once', () => {
    const chart = newChart();
    newGateway(chart, { auth: GatewayAuth.token(SecretSource.generated({ length: 64 })) });
    const [password] = objects(chart, 'Password');
    expect(password.spec).toMatchObject({ length: 64, symbols: 0 });
    expect(objects(chart, 'ExternalSecret')[0].spec).toMatchObject({
      refreshInterval: '0s',
      dataFrom: [{ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: password.metadata.name } } }],
    });
  });

  test('plain text in development is a Secret, never part of the configuration', () => {
    const chart = newChart();
    const gateway = newGateway(chart, { preset: Preset.DEV, auth: GatewayAuth.token(SecretSource.unsafePlainText('a-token-of-24-characters')) });
    expect(objects(chart, 'Secret').map(secret => secret.stringData)).toEqual([{ OPENCLAW_GATEWAY_TOKEN: 'a-token-of-24-characters' }]);
    expect(JSON.stringify(gateway.configMap.data)).not.toContain('a-token-of');
  });

  test('a Secret of the chart, and the names of ProviderSecret', () => {
    const chart = newChart();
    const secret = new kplus.Secret(chart, 'Mine');
    const key = new ProviderSecret(chart, 'Key', { provider: Provider.GOOGLE, source: SecretSource.fromSecret(secret, 'g') });
    expect([key.secret, key.secretKey, key.provider.keyName]).toEqual([secret, 'g', 'GEMINI_API_KEY']);
  });
});

test('the summary says what a person wants to know', () => {
  const chart = newChart();
  const gateway = newGateway(chart, {
    allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT, Provider.OPENAI.model('gpt-5.4-mini')] }),
    delivery: Delivery.RESTART,
    acknowledge: { 'image-not-pinned': 'built each night' },
    image: 'registry.example.com/openclaw:latest',
  });
  expect(gateway.summary.split('\n')).toEqual([
    'prod/Gateway in namespace gateways: OpenClaw 2026.9.6, preset prod, restart delivery, no model guard',
    '  route     anthropic/claude-sonnet-5  $2 in, $10 out per million tokens',
    '            -> openai/gpt-5.4          $2.5 in, $15 out per million tokens',
    '  /model    openai/gpt-5.4-mini',
    '  keys      ANTHROPIC_API_KEY       Secret openclaw-secrets, key ANTHROPIC_API_KEY       a new value needs a new pod (Reloader, or kubectl rollout restart)',
    '            OPENAI_API_KEY          Secret openclaw-secrets, key OPENAI_API_KEY          a new value needs a new pod (Reloader, or kubectl rollout restart)',
    '            OPENCLAW_GATEWAY_TOKEN  Secret openclaw-secrets, key OPENCLAW_GATEWAY_TOKEN  a new value needs a new pod (Reloader, or kubectl rollout restart)',
    "  findings  image-not-pinned: image 'registry.example.com/openclaw:latest' has the tag 'latest', which may move; name a version ('…:2026.9.6-slim') or a digest"
      + ' (accepted: built each night)',
  ]);
});

