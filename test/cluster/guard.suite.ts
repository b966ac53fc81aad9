import { GATEWAY_TOKEN } from './gateways';
import { guardPodScenarios } from './guard-pods';
import { Guarded, PLACEMENTS } from './guarded';
import { Namespace } from './namespace';
import { scenario } from './scenario';
import { REFRESH, ROTATED_WITHIN_MS, vaultEntry } from './vault';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { httpTurn } from '../support/openclaw-client';

const TIMEOUT_MS = 400_000;
const KEYS_FOLDER = '/etc/guard/keys/anthropic';
const SEARCH = `grep -rls needle-1 / --exclude-dir=proc --exclude-dir=sys
grep -ls needle-1 /proc/[0-9]*/environ
grep -o /etc/guard /proc/mounts`;

/** A call of the guard by a shell in the gateway, which has what the gateway has; prints the status. */
const ASK = `const { MODEL_GUARD_KEY = 'guarded' } = JSON.parse(require('fs').readFileSync('/run/openclaw/keys.json'));
const [host, model] = process.argv.slice(1);
const headers = { 'content-type': 'application/json', 'x-api-key': MODEL_GUARD_KEY };
fetch('http://' + host + ':9400/anthropic/v1/messages', { method: 'POST', headers, body: JSON.stringify({ model, max_tokens: 1, messages: [] }) })
  .then(({ status }) => console.log(status));`;

/** What a shell in the gateway finds of the guard in its pod; prints JSON. */
const LOOK = `const fs = require('fs');
const tried = action => { try { action(); return 'done'; } catch ({ code }) { return code; } };
const listen = (host, port) => new Promise(resolve => {
  const server = require('net').createServer().on('error', ({ code }) => resolve(code));
  server.listen({ host, port, reusePort: true }, () => server.close(() => resolve('listens')));
});
const named = name => fs.readdirSync('/proc').filter(pid => tried(() => { if (fs.readFileSync('/proc/' + pid + '/comm', 'utf8').trim() !== name) throw {}; }) === 'done');
const table = kind => fs.readFileSync('/proc/sysvipc/' + kind, 'utf8').split('\\n').filter(line => / 65532 /.test(line)).length;
(async () => console.log(JSON.stringify({
  ports: await Promise.all([[9400, '127.0.0.1'], [9400, '0.0.0.0'], [9402, '127.0.0.1'], [9402, '0.0.0.0']].map(([port, host]) => listen(host, port))),
  folders: ['/etc/guard', '/run/guard'].map(folder => tried(() => fs.readdirSync(folder))),
  memory: fs.readdirSync('/dev/shm').filter(file => fs.statSync('/dev/shm/' + file).uid === 65532).length + table('shm') + table('sem') + table('msg'),
  process: named('envoy').map(pid => [tried(() => process.kill(Number(pid), 0)), ...['environ', 'maps', 'root/etc/guard/keys/anthropic/key', 'fd/0'].map(
    file => tried(() => fs.readFileSync('/proc/' + pid + '/' + file)))].join()),
})))();`;

describe.each(PLACEMENTS)('ModelGuard.%s()', placement => {
  let guarded: Guarded;

  beforeAll(async () => {
    guarded = await Guarded.start(`openclaw-test-guard-${placement}`, placement, 'needle-1-from-vault', { allowed: ['claude-sonnet-5'] });
  }, TIMEOUT_MS);
  beforeEach(() => guarded.mocks.reset());
  afterAll(Namespace.deleteAll, TIMEOUT_MS);

  scenario('a turn is answered with a key that no container but the guard has in its environment, files or mounts', async () => {
    await guarded.answers();
    expect((await guarded.mocks.calls()).map(({ key }) => key)).toContain('needle-1-from-vault');
    const { metadata } = await guarded.gateway.pod();
    for (const container of ['openclaw', 'live-sync']) {
      expect(await guarded.namespace.exec(metadata.name, container, 'sh', '-c', SEARCH)).toMatchObject({ stdout: '' });
    }
    for (const pod of await guarded.guards()) expect((await guarded.inGuard(pod, 'sh', '-c', SEARCH)).stdout).toContain(KEYS_FOLDER);
  }, TIMEOUT_MS);

  scenario('a key that changes in the vault is used by every pod of the guard, without a restart or a lost turn', async () => {
    const { namespace, vault, mocks } = guarded;
    const before = await guarded.identities();
    const measured = (what: string, ms: number) => figure(`guard as ${placement}, rotation: ${what}`, ms, 'ms');
    const key = 'needle-2-from-vault';
    const isInSecret = async () => (await namespace.get('secrets')).items.some(({ data }: any) => Object.values(data ?? {}).includes(Buffer.from(key).toString('base64')));
    const load = await guarded.load();
    let everyGuardHasIt: number;
    try {
      await load.more(3);
      const changed = Date.now();
      await vault.apply([vaultEntry(vault, key)]);
      await eventually('the operator has the new key', isInSecret, ROTATED_WITHIN_MS);
      const synced = Date.now();
      measured(`from the vault to the Secret (refreshInterval ${REFRESH.toSeconds()} s)`, synced - changed);
      const { at } = await mocks.waitForCall('a call with the new key', call => call.key === key, ROTATED_WITHIN_MS);
      const swaps: number[] = [];
      for (const pod of await guarded.guards()) {
        const file = async () => (await guarded.inGuard(pod, 'cat', `${KEYS_FOLDER}/key`)).stdout;
        await eventually('the guard has the new key', async () => await file() === key, ROTATED_WITHIN_MS);
        swaps.push(Number((await guarded.inGuard(pod, 'stat', '--format', '%.3Y', `${KEYS_FOLDER}/..data`)).stdout) * 1000);
      }
      const swapped = Math.min(...swaps);
      measured('from the Secret to the file of the first guard (the kubelet)', swapped - synced);
      measured('from that file to the first call with the new key', at - swapped);
      measured('from the vault to the first call with the new key', at - changed);
      await load.more(4); // Envoy reads the file a moment after it has changed
      everyGuardHasIt = performance.now();
      await load.more(10);
    } finally {
      await load.stop();
    }
    expect(load.lost).toEqual([]);
    const begun = load.begunAfter(everyGuardHasIt, await mocks.calls());
    expect(new Set(begun.map(call => call.key))).toEqual(new Set([key]));
    expect(await guarded.identities()).toEqual(before);
  }, TIMEOUT_MS);

  scenario('a model that is no longer allowed is refused by the gateway and by every pod of the guard, without a restart', async () => {
    const { namespace, gateway } = guarded;
    const before = await guarded.identities();
    const { metadata } = await gateway.pod();
    const hosts = placement === 'pod' ? (await guarded.guards()).map(({ status }) => status.podIP) : ['127.0.0.1'];
    const address = await gateway.address();
    async function statuses(model: string): Promise<number[]> {
      const { status } = await httpTurn(`http://${address}`, GATEWAY_TOKEN, 'hello', { 'x-openclaw-model': `anthropic/${model}` });
      const asked = await Promise.all(hosts.map(async host => namespace.exec(metadata.name, 'openclaw', 'node', '-e', ASK, host, model)));
      return [status, ...asked.map(({ stdout }) => Number(stdout))];
    }
    const allowed = [200, ...hosts.map(() => 200)];
    expect(await statuses('claude-sonnet-5')).toEqual(allowed);
    await guarded.change();
    const refused = [400, ...hosts.map(() => 404)]; // by the gateway: 404 is what it hands on from its guard
    await eventually('each refuses it', async () => String(await statuses('claude-sonnet-5')) === String(refused), ROTATED_WITHIN_MS, 500);
    expect(await statuses('claude-haiku-4-5')).toEqual(allowed);
    expect(await guarded.identities()).toEqual(before);
  }, TIMEOUT_MS);

  guardPodScenarios(placement, () => guarded);

  if (placement === 'pod') return;

  scenario('a shell in the gateway gets at no port, file, memory or process of the guard, also where the pod shares its processes', async () => {
    const { namespace, gateway } = guarded;
    const look = async () => {
      const { metadata } = await gateway.pod();
      const { stdout, stderr } = await namespace.exec(metadata.name, 'openclaw', 'node', '-e', LOOK);
      return stdout ? JSON.parse(stdout) : stderr;
    };
    const nothing = { ports: Array.from({ length: 4 }, () => 'EADDRINUSE'), folders: ['ENOENT', 'ENOENT'], memory: 0 };
    expect(await look()).toEqual({ ...nothing, process: [] });
    const shared = { spec: { template: { spec: { shareProcessNamespace: true } } } };
    await namespace.kubectl('patch', 'deployment', gateway.deployment, '--patch', JSON.stringify(shared));
    expect(await look()).toEqual({ ...nothing, process: ['EPERM,EACCES,EACCES,EACCES,EACCES'] });
    await guarded.answers();
  }, TIMEOUT_MS);
});
