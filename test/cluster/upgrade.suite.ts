import { Gateway, GATEWAY_TOKEN, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { NEWEST, RELEASES } from './releases';
import { scenario } from './scenario';
import { OpenClawVersion } from '../../src/index';
import { figure } from '../support/figure';
import { httpTurn } from '../support/openclaw-client';

const TIMEOUT_MS = 400_000;
const LONG = { text: 'a long story ends well', chunks: 40, chunkDelayMs: 250 };

describe('a rollout', () => {
  let namespace: Namespace, mocks: Mocks;

  beforeAll(async () => {
    namespace = await Namespace.create('openclaw-test-upgrade');
    mocks = await Mocks.start(namespace);
    await namespace.apply([keysSecret(namespace)]);
  }, TIMEOUT_MS);
  afterAll(Namespace.deleteAll, TIMEOUT_MS);

  const gatewayOf = (release: string) => new Gateway(namespace, { chain: modelsOf(mocked(mocks)), props: { version: OpenClawVersion.of(release) } });

  scenario('of another release lets a running turn end, then starts on the same volume', async () => {
    const [older, newer] = RELEASES.slice(-2).map(gatewayOf);
    await older.apply();
    const before = await older.pod();
    const claim = (await namespace.get('pvc')).items[0].spec.volumeName;
    await mocks.when({ text: 'tell a story' }, LONG);
    const told = httpTurn(`http://${await older.address()}`, GATEWAY_TOKEN, 'tell a story');
    await mocks.waitForCall('the story has begun', call => call.text.includes('tell a story'), 60_000);
    const begun = performance.now();
    await newer.apply();
    expect(await told).toMatchObject({ status: 200, text: LONG.text.padEnd(40, '.') });
    const pod = await newer.pod();
    figure('from kubectl apply of another release, in a turn of 10 s, to ready', performance.now() - begun, 'ms');
    expect(pod.metadata.uid).not.toBe(before.metadata.uid);
    expect(pod.spec.containers[0].image).toContain(NEWEST);
    expect((await namespace.get('pvc')).items.map(({ spec }: any) => spec.volumeName)).toEqual([claim]);
    expect((await newer.turn('hello')).text).toBe('answer of claude-haiku-4-5');
  }, TIMEOUT_MS);
});
