import { Size } from 'cdk8s';
import { Cpu, EnvValue } from 'cdk8s-plus-28';
import { Gateway, GATEWAY_TOKEN, GatewayOptions, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { Delivery, Model, ModelAllowlist, OpenClawDeploymentProps, Provider } from '../../src';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { keysOf, newChart } from '../support/gateway';
import { Load } from '../support/load';

const TIMEOUT_MS = 400_000;
const CHANGED_WITHIN_MS = 180_000;

describe('changes by kubectl apply', () => {
  let namespace: Namespace, mocks: Mocks, anthropic: Model, openai: Model;

  beforeAll(async () => {
    namespace = await Namespace.create('openclaw-test-changes');
    mocks = await Mocks.start(namespace);
    [anthropic, openai] = modelsOf(mocked(mocks));
    await namespace.apply([keysSecret(namespace)]);
  }, TIMEOUT_MS);
  afterAll(() => namespace?.delete(), TIMEOUT_MS);

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

    test('the same manifests again change nothing', async () => {
      const printed = await gatewayOf().apply();
      expect(printed.filter(line => !line.endsWith(' unchanged'))).toEqual([]);
      expect(await namespace.diff(gatewayOf().objects)).toBe('');
    }, TIMEOUT_MS);

    test('another route is taken by the running pod, without a lost turn', async () => {
      const before = await uidOf(gatewayOf());
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
      expect(await uidOf(gatewayOf())).toBe(before);
      await gatewayOf().apply();
      await mocks.reset();
      await eventually('the first route is back', async () => {
        await gatewayOf().turn('which way');
        return (await mocks.calls()).pop()?.model === anthropic.id;
      }, CHANGED_WITHIN_MS);
    }, TIMEOUT_MS);

    const sameTemplate = (a: Gateway, b: Gateway) => {
      const template = ({ objects }: Gateway) => JSON.stringify(objects.find(({ kind }) => kind === 'Deployment').spec.template);
      return template(a) === template(b);
    };

    test('what the running gateway takes up needs no new pod', async () => {
      const everyModel = new ModelAllowlist(newChart('other'), 'Allowlist', { models: [openai], patterns: [anthropic.provider.pattern('*')] });
      const same = [gatewayOf({ chain: [openai, anthropic] }), gatewayOf({}, { allowlist: everyModel }), gatewayOf({}, { httpApi: false })];
      expect(same.map(gateway => sameTemplate(gateway, gatewayOf()))).toEqual([true, true, true]);
      const before = await uidOf(gatewayOf());
      for (const gateway of same) {
        await gateway.apply();
        expect(await uidOf(gateway)).toBe(before);
      }
      await eventually('the HTTP API is off', async () => (await gatewayOf().turn('hello')).status === 404, CHANGED_WITHIN_MS);
      expect(await uidOf(gatewayOf())).toBe(before);
    }, TIMEOUT_MS);

    test('what only a new pod takes up causes one', async () => {
      const third = Provider.GROQ;
      const other = [
        gatewayOf({}, { envVariables: { TZ: EnvValue.fromValue('Europe/Berlin') } }),
        gatewayOf({ keys: chart => keysOf(chart, anthropic.provider, openai.provider, third) }),
        gatewayOf({}, { resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.gibibytes(1), limit: Size.gibibytes(3) } } }),
      ];
      expect(other.map(gateway => sameTemplate(gateway, gatewayOf()))).toEqual([false, false, false]);
      await namespace.apply([keysSecret(namespace, { [third.keyName]: 'key-of-the-third' })]);
      const seen = new Set([await uidOf(gatewayOf())]);
      for (const gateway of other) {
        await gateway.apply();
        seen.add(await uidOf(gateway));
      }
      expect(seen.size).toBe(1 + other.length);
    }, TIMEOUT_MS);
  });

  test('Delivery.RESTART rolls out another pod for another route', async () => {
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

  test('two gateways in one namespace and the same chart in another one share nothing', async () => {
    const other = await Namespace.create('openclaw-test-changes-2');
    try {
      const chain = [anthropic, openai];
      const gateways = [gatewayOf(), gatewayOf({ id: 'Second' }), new Gateway(other, { chain })];
      await namespace.apply([keysSecret(namespace)]);
      await other.apply([keysSecret(other, { ANTHROPIC_API_KEY: 'key-of-the-other-namespace' })]);
      for (const gateway of gateways) await gateway.apply();
      for (const gateway of gateways) await gateway.pod();
      const names = (objects: any[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
      const all = gateways.flatMap(({ objects }) => names(objects));
      expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
      const used: (string | undefined)[] = [];
      for (const gateway of gateways) {
        await mocks.reset();
        expect((await gateway.turn('hello')).text).toBe(`answer of ${anthropic.id}`);
        used.push((await mocks.calls()).find(({ api }) => api !== 'unknown')?.key);
      }
      expect(used).toEqual(['key-of-ANTHROPIC_API_KEY', 'key-of-ANTHROPIC_API_KEY', 'key-of-the-other-namespace']);
    } finally {
      await other.delete();
    }
  }, TIMEOUT_MS);

  test('kubectl delete leaves nothing but the volume, as its reclaim policy says', async () => {
    const gateway = gatewayOf();
    const claim = gateway.objects.find(({ kind }) => kind === 'PersistentVolumeClaim').metadata.name;
    const volume = (await namespace.get('pvc', claim)).spec.volumeName;
    const { spec: { persistentVolumeReclaimPolicy: policy } } = await namespace.get('persistentvolume', volume);
    await namespace.remove([...gateway.objects, ...gatewayOf({ id: 'Second' }).objects]);
    const kinds = 'deployments,replicasets,pods,services,configmaps,secrets,persistentvolumeclaims,serviceaccounts,networkpolicies,externalsecrets';
    const left = await eventually('what was applied is gone', async () => {
      const { items } = await namespace.get(kinds);
      const names: string[] = items.map(({ kind, metadata }: any) => `${kind}/${metadata.name}`);
      return names.some(name => name.startsWith('Pod/assistant')) ? undefined : names;
    }, 120_000);
    expect(left.filter(name => !/\/mocks\b|\/(default|kube-root-ca\.crt|openclaw-secrets)$/.test(name))).toEqual([]);
    await eventually(`the volume of policy ${policy} is ${policy === 'Retain' ? 'released' : 'gone'}`, async () => {
      const { code, stdout } = await namespace.try('get', 'persistentvolume', volume, '--output', 'jsonpath={.status.phase}');
      return policy === 'Retain' ? stdout === 'Released' : code !== 0;
    });
  }, TIMEOUT_MS);
});
