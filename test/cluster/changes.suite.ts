import { Duration, Size } from 'cdk8s';
import { Cpu, EnvValue } from 'cdk8s-plus-28';
import { Gateway, GATEWAY_TOKEN, GatewayOptions, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { identityOf, Namespace } from './namespace';
import { scenario } from './scenario';
import {
  Delivery, FallbackChain, GatewayAuth, Model, ModelAllowlist, ModelGuard, ModelGuardOptions, OpenClawDeploymentProps, Provider, SecretSource,
} from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { keysOf, newChart } from '../support/gateway';
import { Load } from '../support/load';

const TIMEOUT_MS = 400_000;
const CHANGED_WITHIN_MS = 180_000;

/** The token that the operator has made up for a gateway. */
async function generatedTokenOf({ namespace, objects }: Gateway): Promise<string> {
  const generated = objects.find(({ kind, spec }) => kind === 'ExternalSecret' && spec.dataFrom);
  return (await namespace.secret(generated.metadata.name)).password;
}

describe('changes by kubectl apply', () => {
  let namespace: Namespace, mocks: Mocks, anthropic: Model, openai: Model;

  beforeAll(async () => {
    namespace = await Namespace.create('openclaw-test-changes');
    mocks = await Mocks.start(namespace);
    [anthropic, openai] = modelsOf(mocked(mocks));
    await namespace.apply([keysSecret(namespace)]);
  }, TIMEOUT_MS);
  afterAll(Namespace.deleteAll, TIMEOUT_MS);

  const gatewayOf = (options: Partial<GatewayOptions> = {}, props: Partial<OpenClawDeploymentProps> = {}) => new Gateway(namespace, {
    chain: [anthropic, openai],
    ...options,
    props: { allowlist: new ModelAllowlist(newChart('allowlist'), 'Allowlist', { models: [anthropic, openai] }), ...props },
  });

  const uidOf = async (gateway: Gateway): Promise<string> => (await gateway.pod()).metadata.uid;

  describe('under live delivery', () => {
    beforeAll(async () => {
      const gateway = gatewayOf();
      await gateway.apply();
      await gateway.pod();
    }, TIMEOUT_MS);

    scenario('the same manifests again change nothing', async () => {
      const printed = await gatewayOf().apply();
      expect(printed.filter(line => !line.endsWith(' unchanged'))).toEqual([]);
      expect(await namespace.diff(gatewayOf().objects)).toBe('');
    }, TIMEOUT_MS);

    scenario('another route is taken by the running pod, without a lost turn', async () => {
      const before = identityOf(await gatewayOf().pod());
      const load = await Load.start({ gateway: await gatewayOf().address(), token: GATEWAY_TOKEN, over: 'http', clients: 2 });
      try {
        await load.more(3);
        await mocks.reset();
        const changed = Date.now();
        await gatewayOf({ chain: [openai, anthropic] }).apply();
        const { at } = await mocks.waitForCall('a call of the new primary', call => call.model === openai.id, CHANGED_WITHIN_MS);
        figure('from kubectl apply of a route to its first call', at - changed, 'ms');
        await load.more(5);
      } finally {
        await load.stop();
      }
      expect(load.lost).toEqual([]);
      expect(identityOf(await gatewayOf().pod())).toBe(before);
      await gatewayOf().apply();
      await mocks.reset();
      await eventually('the first route is back', async () => {
        await gatewayOf().turn('which way');
        return (await mocks.calls()).pop()?.model === anthropic.id;
      }, CHANGED_WITHIN_MS);
    }, TIMEOUT_MS);

    const templateOf = ({ objects }: Gateway) => JSON.stringify(objects.find(({ kind }) => kind === 'Deployment').spec.template);
    const deliveries = async () => (await namespace.logs(gatewayOf().deployment, 'live-sync')).split('"openclaw.json written"').length;

    scenario('what the running gateway takes up needs no new pod', async () => {
      const everyModel = new ModelAllowlist(newChart('other'), 'Allowlist', { models: [openai], patterns: [anthropic.provider.pattern('*')] });
      const heartbeat = { agents: { defaults: { heartbeat: { target: 'none' } } } };
      const same = [
        gatewayOf({ chain: [openai, anthropic] }), gatewayOf({}, { allowlist: everyModel }),
        gatewayOf({}, { extraConfig: heartbeat }), gatewayOf({}, { httpApi: false }),
      ];
      expect(same.map(templateOf)).toEqual(same.map(() => templateOf(gatewayOf())));
      const before = identityOf(await gatewayOf().pod());
      for (const gateway of same) {
        const delivered = await deliveries();
        await gateway.apply();
        await eventually('it is delivered', async () => await deliveries() > delivered, CHANGED_WITHIN_MS, 500);
      }
      await eventually('the HTTP API is off', async () => (await gatewayOf().turn('hello')).status === 404, CHANGED_WITHIN_MS);
      expect(identityOf(await gatewayOf().pod())).toBe(before);
    }, TIMEOUT_MS);

    scenario('of a model guard, limits and policy need no new pod; its image and resources do', async () => {
      const guarded = (options: ModelGuardOptions = {}, chain = [anthropic, openai]) =>
        templateOf(gatewayOf({ chain }, { guard: ModelGuard.sidecar(options) }));
      const live = [
        guarded({ requestsPerMinute: { anthropic: 5 } }), guarded({ firstByteTimeout: Duration.minutes(3) }), guarded({}, [openai, anthropic]),
      ];
      expect(live).toEqual(live.map(() => guarded()));
      const pod = [guarded({ image: 'envoyproxy/envoy:v1.40.0' }), guarded({ bodyLimit: Size.mebibytes(40) })];
      expect(pod.filter(template => template === guarded())).toEqual([]);
    }, TIMEOUT_MS);

    scenario('what only a new pod takes up causes one', async () => {
      const third = Provider.GROQ;
      const other = [
        gatewayOf({}, { envVariables: { TZ: EnvValue.fromValue('Europe/Berlin') } }),
        gatewayOf({ keys: chart => keysOf(chart, anthropic.provider, openai.provider, third) }),
        gatewayOf({}, { resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.gibibytes(1), limit: Size.gibibytes(3) } } }),
        gatewayOf({}, { chain: new FallbackChain(newChart('patient'), 'Chain', { primary: anthropic, fallbacks: [openai], retries: 1 }) }),
      ];
      expect(other.map(templateOf).filter(template => template === templateOf(gatewayOf()))).toEqual([]);
      await namespace.apply([keysSecret(namespace, { [third.keyName]: 'key-of-the-third' })]);
      const before = await uidOf(gatewayOf());
      const [, another] = other; // a template that differs is all that Kubernetes looks at
      await another.apply();
      expect(await uidOf(another)).not.toBe(before);
    }, TIMEOUT_MS);
  });

  scenario('Delivery.RESTART rolls out another pod for another route', async () => {
    const props = { delivery: Delivery.RESTART };
    await gatewayOf({}, props).apply();
    const before = await uidOf(gatewayOf({}, props));
    const changed = gatewayOf({ chain: [openai, anthropic] }, props);
    await changed.apply();
    const pod = await changed.pod();
    expect(pod.metadata.uid).not.toBe(before);
    expect(pod.spec.containers.map(({ name }: any) => name)).toEqual(['openclaw']);
    await mocks.reset();
    expect((await changed.turn('which way')).text).toBe(`answer of ${openai.id}`);
  }, TIMEOUT_MS);

  scenario('two gateways in one namespace and the same chart in another one share nothing', async () => {
    const other = await Namespace.create('openclaw-test-changes-2');
    try {
      const props = { auth: GatewayAuth.token(SecretSource.generated()) };
      const gateways = [gatewayOf({}, props), gatewayOf({ id: 'Second' }, props), new Gateway(other, { chain: [anthropic, openai], props })];
      await namespace.apply([keysSecret(namespace)]);
      await other.apply([keysSecret(other, { ANTHROPIC_API_KEY: 'key-of-the-other-namespace' })]);
      for (const gateway of gateways) await gateway.apply();
      for (const gateway of gateways) await gateway.pod();
      const names = (objects: any[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
      const all = gateways.flatMap(({ objects }) => names(objects));
      expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
      const tokens = await Promise.all(gateways.map(generatedTokenOf));
      expect(new Set(tokens).size).toBe(gateways.length);
      const used: (string | undefined)[] = [];
      for (const [i, gateway] of gateways.entries()) {
        await mocks.reset();
        expect(await gateway.turn('hello', tokens[i])).toMatchObject({ status: 200, text: `answer of ${anthropic.id}` });
        used.push((await mocks.calls()).find(({ api }) => api !== 'unknown')?.key);
        expect((await gateway.turn('hello', tokens[(i + 1) % tokens.length])).status).toBe(401);
      }
      expect(used).toEqual(['key-of-ANTHROPIC_API_KEY', 'key-of-ANTHROPIC_API_KEY', 'key-of-the-other-namespace']);
    } finally {
      await other.delete();
    }
  }, TIMEOUT_MS);

  scenario('kubectl delete leaves nothing but the volume, as its reclaim policy says', async () => {
    const auth = GatewayAuth.token(SecretSource.generated());
    const [gateway, second] = [gatewayOf({}, { auth, guard: ModelGuard.pod() }), gatewayOf({ id: 'Second' }, { auth })];
    for (const each of [gateway, second]) await each.apply();
    for (const each of [gateway, second]) await each.pod();
    const claim = gateway.objects.find(({ kind }) => kind === 'PersistentVolumeClaim').metadata.name;
    const volume = (await namespace.get('pvc', claim)).spec.volumeName;
    const { spec: { persistentVolumeReclaimPolicy: policy } } = await namespace.get('persistentvolume', volume);
    await namespace.remove([...gateway.objects, ...second.objects]);
    const kinds = 'deployments,replicasets,pods,services,configmaps,secrets,persistentvolumeclaims,serviceaccounts,networkpolicies,externalsecrets,passwords';
    const left = await eventually('what was applied is gone', async () => {
      const { items } = await namespace.get(kinds);
      const names: string[] = items.map(({ kind, metadata }: any) => `${kind}/${metadata.name}`);
      return names.some(name => name.startsWith('Pod/assistant')) ? undefined : names;
    }, 120_000);
    expect(left.filter(name => !/\/mocks\b|\/(default|kube-root-ca\.crt|openclaw-secrets)$/.test(name))).toEqual([]);
    await eventually(`the volume of policy ${policy} is ${policy === 'Retain' ? 'released' : 'gone'}`, async () => {
      const { code, stdout } = await namespace.try('get', 'persistentvolume', volume, '--output', 'jsonpath={.status.phase}');
      return policy === 'Retain' ? stdout === 'Released' : code !== 0;
    }, CHANGED_WITHIN_MS);
  }, TIMEOUT_MS);
});
