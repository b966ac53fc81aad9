import { Gateway, mocked, MockedProviders, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { identityOf, Namespace } from './namespace';
import { onOwnCluster } from './own-cluster';
import { scenario } from './scenario';
import { keyFromVault, kubernetesVault, REFRESH, ROTATED_WITHIN_MS, vaultEntry } from './vault';
import { GatewayAuth, SecretSource } from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { Load } from '../support/load';

const TIMEOUT_MS = 400_000;

/** A vault whose values are written in the store. */
function fakeVault({ name: namespace }: Namespace, value: string): object {
  const data = [{ key: 'openclaw/openai', value: JSON.stringify({ 'api-key': value }) }];
  return { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name: 'fake', namespace }, spec: { provider: { fake: { data } } } };
}

describe('keys from a vault', () => {
  let namespace: Namespace, vault: Namespace, mocks: Mocks, providers: MockedProviders, gateway: Gateway, token: string, address: string;

  const decode = (value: string) => Buffer.from(value, 'base64').toString();
  const secretValues = async (): Promise<string[]> =>
    (await namespace.get('secrets')).items.flatMap(({ data }: any) => Object.values<string>(data ?? {}).map(decode));

  /** The Secret that the token is in. */
  const tokenSecret = async () => (await namespace.get('secrets')).items.find(({ data }: any) => data?.password);

  function newGateway(order: 'anthropic' | 'openai'): Gateway {
    const [anthropic, openai] = modelsOf(providers);
    return new Gateway(namespace, {
      chain: order === 'anthropic' ? [anthropic, openai] : [openai, anthropic],
      keys: chart => [keyFromVault(chart, providers.anthropic), keyFromVault(chart, providers.openai, 'fake', 'openclaw/openai')],
      props: { auth: GatewayAuth.token(SecretSource.generated()) },
    });
  }

  beforeAll(async () => {
    namespace = await Namespace.create('openclaw-test-rotation');
    vault = await Namespace.create('openclaw-test-vault');
    mocks = await Mocks.start(namespace);
    providers = mocked(mocks);
    await vault.apply([vaultEntry(vault, 'key-1-from-vault')]);
    await namespace.apply([...kubernetesVault(vault, namespace), fakeVault(namespace, 'key-1-from-fake')]);
    gateway = newGateway('anthropic');
    await gateway.apply();
    await gateway.pod();
    token = decode((await tokenSecret()).data.password);
    address = await gateway.address();
  }, TIMEOUT_MS);
  afterAll(Namespace.deleteAll, TIMEOUT_MS);

  scenario('the operator has made every Secret', async () => {
    const all: any[] = (await namespace.get('externalsecrets')).items;
    expect(all.map(({ status }) => status.conditions[0].reason)).toEqual(['SecretSynced', 'SecretSynced', 'SecretSynced']);
  }, TIMEOUT_MS);

  /** When the operator has last read the vaults. */
  const synced = async () => Math.max(...(await namespace.get('externalsecrets')).items.map(({ status }: any) => Date.parse(status.refreshTime)));
  const isUnchanged = async ({ metadata }: any) => {
    expect(decode((await tokenSecret()).data.password)).toBe(token);
    expect((await tokenSecret()).metadata.uid).toBe(metadata.uid);
  };

  scenario('a generated token is made once: another apply and a forced sync leave it as it is', async () => {
    const [secret, before] = [await tokenSecret(), await synced()];
    await namespace.kubectl('annotate', 'externalsecrets', '--all', '--overwrite', 'force-sync=now');
    await gateway.apply();
    await eventually('the operator has synced again', async () => await synced() > before);
    await isUnchanged(secret);
    expect([(await gateway.turn('hello', token)).status, (await gateway.turn('hello', `${token}x`)).status]).toEqual([200, 401]);
  }, TIMEOUT_MS);

  onOwnCluster('a generated token outlives a restart of the operator, which looks at every ExternalSecret anew', async cluster => {
    const secret = await tokenSecret();
    cluster.takeDown('external-secrets');
    const down = Date.now();
    cluster.letStart('external-secrets');
    await eventually('the operator is back', async () => await synced() > down, 60_000);
    await isUnchanged(secret);
  }, TIMEOUT_MS);

  /** Changes a value in a vault while clients chat, and waits until it is in use. */
  async function rotate(value: string, change: () => Promise<unknown>): Promise<void> {
    const before = await gateway.pod();
    await mocks.reset();
    const load = await Load.start({ gateway: address, token, over: 'http', clients: 2 });
    try {
      await load.more(3);
      const changed = Date.now();
      await change();
      await eventually('the operator has the new value', async () => (await secretValues()).includes(value), ROTATED_WITHIN_MS);
      figure(`rotation: from the vault to the Secret (refreshInterval ${REFRESH.toSeconds()} s)`, Date.now() - changed, 'ms');
      const secret = Date.now();
      const { at } = await mocks.waitForCall('a call with the new key', call => call.key === value, ROTATED_WITHIN_MS);
      const log = await namespace.logs(gateway.deployment, 'live-sync');
      const written = log.split('\n').filter(line => line.startsWith('{')).map(line => JSON.parse(line)).filter(({ msg }) => msg === 'keys.json written').pop();
      const writtenAt = Date.parse(written.time);
      figure('rotation: from the Secret to the sidecar (the kubelet)', writtenAt - secret, 'ms');
      figure('rotation: from the sidecar to the first call with the new key', at - writtenAt, 'ms');
      figure('rotation: from the vault to the first call with the new key', at - changed, 'ms');
      await load.more(5);
    } finally {
      await load.stop();
    }
    expect(load.lost).toEqual([]);
    figure('rotation: turns while a key rotated, none lost', load.turns.length, 'turns');
    expect(identityOf(await gateway.pod())).toBe(`${before.metadata.uid} 0 0`);
    await mocks.reset();
    expect((await gateway.turn('and now', token)).status).toBe(200);
    expect(new Set((await mocks.calls()).map(call => call.key))).toEqual(new Set([value]));
  }

  scenario("a value changed in a vault (the operator's Kubernetes provider) is used in the next turn, without a restart or a lost turn", async () => {
    await rotate('key-2-from-vault', () => vault.apply([vaultEntry(vault, 'key-2-from-vault')]));
  }, TIMEOUT_MS);

  scenario("a value changed in a vault (the operator's fake provider) is used in the next turn, without a restart or a lost turn", async () => {
    gateway = newGateway('openai');
    await gateway.apply();
    await mocks.reset();
    await eventually('turns go to the other provider', async () => {
      await gateway.turn('which way', token);
      return (await mocks.calls()).pop()?.key === 'key-1-from-fake';
    }, ROTATED_WITHIN_MS);
    await rotate('key-2-from-fake', () => namespace.apply([fakeVault(namespace, 'key-2-from-fake')]));
  }, TIMEOUT_MS);

  scenario('a generated token whose Secret is deleted is made up anew: the running gateway takes it and refuses the former one', async () => {
    const { metadata: { name, uid } } = await tokenSecret();
    const before = await gateway.pod();
    await namespace.kubectl('delete', 'secret', name);
    const next = await eventually('the Secret is there again', async () => {
      const secret = await tokenSecret();
      return secret && secret.metadata.uid !== uid && decode(secret.data.password);
    }, ROTATED_WITHIN_MS, 500);
    expect(next).not.toBe(token);
    await eventually('the gateway takes the new token', async () => (await gateway.turn('hello', next)).status === 200, ROTATED_WITHIN_MS, 500);
    expect((await gateway.turn('hello', token)).status).toBe(401);
    expect((await gateway.pod()).metadata.uid).toBe(before.metadata.uid);
  }, TIMEOUT_MS);
});
