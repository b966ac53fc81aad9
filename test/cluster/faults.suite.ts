import { setTimeout as sleep } from 'timers/promises';
import { Gateway, GATEWAY_TOKEN, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { onOwnCluster, ownCluster } from './own-cluster';
import { scenario } from './scenario';
import { GatewayState } from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { httpTurn } from '../support/openclaw-client';

const TIMEOUT_MS = 400_000;
const LONG = { text: 'a long story ends well', chunks: 40, chunkDelayMs: 250 };
const API_AWAY_MS = 60_000;
/** The kubelet's start, and the period of a probe. */
const PROBED_WITHIN_MS = 25_000;
/** Until the controllers have seen that the node and its pods are as before. */
const SETTLED_WITHIN_MS = 100_000;
/** Where a Service leads to no pod: kube-proxy rejects, or for a moment has no rule at all. No request was sent. */
const NO_CONNECTION = ['ECONNREFUSED', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
const ANSWER = 'answer of claude-haiku-4-5';
/** Takes memory in processes that are each smaller than the gateway, which is therefore the one that the kernel ends. */
const HOG = `const { spawn } = require('child_process');
const grow = "const all = []; setInterval(() => all.length < 30 && all.push(Buffer.alloc(1 << 24, 1)), 20)";
for (let i = 0; i < 12; i++) setTimeout(() => spawn(process.execPath, ['-e', grow], { stdio: 'ignore' }), i * 300);
setTimeout(() => process.exit(), 60000);`;

describe('when something breaks', () => {
  let namespace: Namespace, mocks: Mocks, gateway: Gateway;

  beforeAll(async () => {
    namespace = await Namespace.create('openclaw-test-faults');
    mocks = await Mocks.start(namespace);
    gateway = new Gateway(namespace, { chain: modelsOf(mocked(mocks)), props: { state: GatewayState.claim({ storageClassName: ownCluster ? 'small' : undefined }) } });
    await namespace.apply([keysSecret(namespace)]);
    await gateway.apply();
    await gateway.pod();
  }, TIMEOUT_MS);
  beforeEach(() => mocks.reset());
  afterAll(Namespace.deleteAll, TIMEOUT_MS);

  const answers = async () => expect((await gateway.turn('hello')).text).toBe(ANSWER);
  /** A turn, over a connection of its own, that needs neither the API server nor the kubelet, as kubectl port-forward does. */
  const turnByService = async () => {
    const { clusterIP } = (await namespace.get('services')).items.find(({ metadata }: any) => metadata.name !== 'mocks').spec;
    return async () => (await httpTurn(`http://${clusterIP}:18789`, GATEWAY_TOKEN, 'hello', { connection: 'close' })).text;
  };
  /** How many turns find no connection within a time; every other one must be answered. */
  const refusedWithin = async (timeMs: number, turn: () => Promise<string>) => {
    let refused = 0;
    for (const until = performance.now() + timeMs; performance.now() < until; await sleep(100)) {
      const text = await turn().catch(({ cause, message }) => cause?.code ?? message);
      if (NO_CONNECTION.includes(text)) refused += 1;
      else expect(text).toBe(ANSWER);
    }
    return refused;
  };
  const gatewayStatus = async () => (await gateway.pod()).status.containerStatuses.find(({ name }: any) => name === 'openclaw');

  scenario('a pod that is deleted in a turn answers it first', async () => {
    await mocks.when({ text: 'tell a story' }, LONG);
    const { metadata } = await gateway.pod();
    const told = httpTurn(`http://${await gateway.address()}`, GATEWAY_TOKEN, 'tell a story');
    await mocks.waitForCall('the story has begun', call => call.text.includes('tell a story'), 60_000);
    const begun = performance.now();
    await namespace.kubectl('delete', 'pod', metadata.name, '--wait=false');
    expect(await told).toMatchObject({ status: 200, text: LONG.text.padEnd(40, '.') });
    const next = await gateway.pod();
    figure('from the deletion of a pod in a turn of 10 s to the next one ready', performance.now() - begun, 'ms');
    expect(next.metadata.uid).not.toBe(metadata.uid);
    await answers();
  }, TIMEOUT_MS);

  scenario('a container that is killed for its memory starts again', async () => {
    const pod = await gateway.pod();
    const { restartCount } = await gatewayStatus();
    const hog = namespace.exec(pod.metadata.name, 'openclaw', 'node', '-e', HOG);
    await eventually('the gateway was killed', async () => {
      const [{ lastState, restartCount: now }] = (await namespace.pods(gateway.deployment))[0].status.containerStatuses.filter(({ name }: any) => name === 'openclaw');
      return now > restartCount && lastState.terminated.reason === 'OOMKilled';
    }, 120_000, 500);
    await hog;
    const after = await gateway.pod();
    expect(after.metadata.uid).toBe(pod.metadata.uid);
    const { lastTransitionTime } = after.status.conditions.find(({ type }: any) => type === 'Ready');
    const { lastState } = after.status.containerStatuses.find(({ name }: any) => name === 'openclaw');
    figure('from an out-of-memory kill to ready', Date.parse(lastTransitionTime) - Date.parse(lastState.terminated.finishedAt), 'ms');
    await answers();
  }, TIMEOUT_MS);

  onOwnCluster('on a full volume turns may end with an error, and are answered again when there is space, up to a minute later', async () => {
    const pod = await gateway.pod();
    const fill = await namespace.exec(pod.metadata.name, 'openclaw', 'dd', 'if=/dev/zero', 'of=/home/node/.openclaw/fill', 'bs=1M');
    expect(fill.stderr).toContain('No space left on device');
    const outcomes = [`200 ${ANSWER}`, '500 internal error'];
    const turn = async () => {
      const { status, text } = await gateway.turn('hello');
      expect(outcomes).toContain(`${status} ${text}`);
      return text;
    };
    await turn();
    await namespace.exec(pod.metadata.name, 'openclaw', 'rm', '/home/node/.openclaw/fill');
    const freed = performance.now();
    await eventually('turns are answered again', async () => await turn() === ANSWER, 150_000, 1000);
    figure('from space on a full volume to the first answer', performance.now() - freed, 'ms');
    expect((await gateway.pod()).metadata.uid).toBe(pod.metadata.uid);
  }, TIMEOUT_MS);

  onOwnCluster('a kubelet that is started again leaves the gateway alone; until it has probed the pod the Service may refuse new connections', async cluster => {
    const before = await gatewayStatus();
    const turn = await turnByService();
    cluster.takeDown('kubelet');
    try {
      expect(await turn()).toBe(ANSWER);
    } finally {
      cluster.letStart('kubelet');
    }
    figure('turns refused, ten a second, after a kubelet was started again', await refusedWithin(PROBED_WITHIN_MS, turn), 'turns');
    expect((await gatewayStatus()).containerID).toBe(before.containerID);
    await answers();
  }, TIMEOUT_MS);

  onOwnCluster('an API server that is away for a minute stops no turn; when it is back the Service may refuse new connections until the node counts as ready again', async cluster => {
    const before = await gatewayStatus();
    const turn = await turnByService();
    cluster.takeDown('apiserver');
    const until = performance.now() + API_AWAY_MS;
    let turns = 0;
    try {
      for (; performance.now() < until; turns += 1) {
        expect(await turn()).toBe(ANSWER);
        await sleep(500);
      }
    } finally {
      cluster.letStart('apiserver');
      await eventually('the API server answers', async () => (await namespace.try('get', 'pods')).code === 0, 60_000);
    }
    figure('turns answered while the API server was away for a minute', turns, 'turns');
    figure('turns refused, ten a second, after the API server was back', await refusedWithin(SETTLED_WITHIN_MS, turn), 'turns');
    expect((await gatewayStatus()).containerID).toBe(before.containerID);
    await eventually('the Service takes turns', async () => turn().then(text => text === ANSWER, () => false));
  }, TIMEOUT_MS);
});
