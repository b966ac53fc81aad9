import { Gateway, GATEWAY_TOKEN, keysSecret, mocked, MockedProviders, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { identityOf, Namespace } from './namespace';
import { scenario } from './scenario';
import { keyFromVault, kubernetesVault, ROTATED_WITHIN_MS, vaultEntry } from './vault';
import { eventually } from '../support/eventually';
import { keysOf } from '../support/gateway';
import { Load } from '../support/load';

const TIMEOUT_MS = 400_000;
const KEY = 'key-from-vault';

describe('when something is taken away', () => {
  let namespace: Namespace, vault: Namespace, mocks: Mocks, providers: MockedProviders, gateway: Gateway;

  beforeAll(async () => {
    namespace = await Namespace.create('openclaw-test-away');
    vault = await Namespace.create('openclaw-test-away-vault');
    mocks = await Mocks.start(namespace);
    providers = mocked(mocks);
    await vault.apply([vaultEntry(vault, KEY)]);
    await namespace.apply([...kubernetesVault(vault, namespace), keysSecret(namespace)]);
    gateway = new Gateway(namespace, {
      chain: modelsOf(providers),
      keys: chart => [keyFromVault(chart, providers.anthropic), ...keysOf(chart, providers.openai)],
    });
    await gateway.apply();
    await gateway.pod();
  }, TIMEOUT_MS);
  beforeEach(() => mocks.reset());
  afterAll(Namespace.deleteAll, TIMEOUT_MS);

  async function answers(): Promise<void> {
    await mocks.reset();
    expect((await gateway.turn('hello')).text).toBe('answer of claude-haiku-4-5');
    expect((await mocks.calls()).pop()?.key).toBe(KEY);
  }

  const externalSecret = async () => (await namespace.get('externalsecrets')).items[0];
  const isSynced = async () => (await externalSecret()).status.conditions[0].status === 'True';

  /** Until the kubelet has missed something that a pod mounts. */
  const missed = async (pod: string, what: string) => eventually(`the kubelet misses ${what}`, async () => {
    const { items } = await namespace.get('events');
    return items.some(({ reason, message, involvedObject }: any) => involvedObject.name === pod && reason === 'FailedMount' && message.includes(`"${what}" not found`));
  }, ROTATED_WITHIN_MS, 500);

  scenario('the rights to the vault: the key stays in use, and the ExternalSecret says so', async () => {
    const [role] = kubernetesVault(vault, namespace).filter(({ kind }: any) => kind === 'Role');
    await vault.remove([role]);
    await eventually('the operator cannot read the vault', async () => !await isSynced(), ROTATED_WITHIN_MS, 500);
    expect((await externalSecret()).status.conditions[0].reason).toBe('SecretSyncedError');
    await answers();
    await vault.apply([role]);
    await eventually('the operator reads the vault again', isSynced, ROTATED_WITHIN_MS, 500);
  }, TIMEOUT_MS);

  scenario("the operator's Secret: it makes it again, and no turn is lost", async () => {
    const before = await gateway.pod();
    const { spec: { target } } = await externalSecret();
    const { metadata: { uid } } = await namespace.get('secret', target.name);
    const load = await Load.start({ gateway: await gateway.address(), token: GATEWAY_TOKEN, over: 'http', clients: 2 });
    try {
      await namespace.kubectl('delete', 'secret', target.name);
      await eventually('the Secret is there again', async () => {
        const { code, stdout } = await namespace.try('get', 'secret', target.name, '--output', 'json');
        return code === 0 && JSON.parse(stdout).metadata.uid !== uid;
      }, ROTATED_WITHIN_MS, 500);
      await load.more(5);
    } finally {
      await load.stop();
    }
    expect(load.lost).toEqual([]);
    expect(identityOf(await gateway.pod())).toBe(identityOf(before));
    await answers();
  }, TIMEOUT_MS);

  scenario('a Secret and the ConfigMap of the user: the running gateway goes on, a new pod waits until they are there again', async () => {
    const before = await gateway.pod();
    const config = gateway.objects.find(({ kind, data }) => kind === 'ConfigMap' && data['openclaw.json']).metadata.name;
    await namespace.kubectl('delete', 'secret/openclaw-secrets', `configmap/${config}`);
    for (const what of ['openclaw-secrets', config]) await missed(before.metadata.name, what);
    await answers();
    expect(identityOf(await gateway.pod())).toBe(identityOf(before));

    await namespace.kubectl('delete', 'pod', before.metadata.name);
    const [{ metadata: { name } }] = await namespace.pods(gateway.deployment);
    await missed(name, config);
    await namespace.apply([keysSecret(namespace)]);
    await gateway.apply();
    expect((await gateway.pod()).metadata.name).toBe(name);
    await answers();
  }, TIMEOUT_MS);
});
