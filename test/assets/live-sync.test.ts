import * as fs from 'fs';
import { FakeGateway } from './fake-gateway';
import { eventually, LiveSync, Pod } from './pod';
import { MountedVolume } from '../support/mounted-volume';

const gateway = new FakeGateway();
let pod: Pod;
let config: MountedVolume;
let llm: MountedVolume;

beforeAll(async () => gateway.start());
afterAll(async () => gateway.stop());
beforeEach(() => {
  gateway.connects.length = 0;
  pod = new Pod();
  config = pod.config();
  llm = pod.secret('llm', { OPENCLAW_GATEWAY_TOKEN: 'secret-t', K: 'secret-0' });
});
afterEach(async () => { expect(await pod.close()).toEqual({ leaked: false, stderr: '' }); });

const args = () => ['--token-key', 'OPENCLAW_GATEWAY_TOKEN', '--gateway', gateway.url];
const swapKey = (value: string) => llm.swap({ OPENCLAW_GATEWAY_TOKEN: 'secret-t', K: value });
const keyBecomes = async (value: string) => eventually(`key K is ${value}`, () => pod.keys().K === value);

async function startAfterInit(): Promise<LiveSync> {
  pod.seed();
  return start();
}

async function start(): Promise<LiveSync> {
  const liveSync = pod.run(...args());
  await liveSync.logged('watching');
  return liveSync;
}

describe('delivers', () => {
  test('a new key, and leaves the configuration alone', async () => {
    const liveSync = await startAfterInit();
    const { ino } = fs.statSync(pod.outFile('openclaw.json'));
    swapKey('secret-1');
    await keyBecomes('secret-1');
    await liveSync.logged('secrets reloaded');
    expect(fs.statSync(pod.outFile('openclaw.json')).ino).toBe(ino);
    expect((fs.statSync(pod.outFile('keys.json')).mode % 0o1000).toString(8)).toBe('600');
    expect(liveSync.facts).toEqual([
      { level: 'info', msg: 'watching', volumes: ['llm'] },
      { level: 'info', msg: 'keys.json written', keys: ['K'] },
      { level: 'info', msg: 'secrets reloaded', warningCount: 0 },
    ]);
  });

  test('a new configuration, without a reload of the keys', async () => {
    const liveSync = await startAfterInit();
    config.swap({ 'openclaw.json': '{"v":2}' });
    await pod.wrote('openclaw.json', '{"v":2}');
    swapKey('secret-1');
    await liveSync.logged('secrets reloaded');
    expect(gateway.connects).toHaveLength(1);
    expect((fs.statSync(pod.outFile('openclaw.json')).mode % 0o1000).toString(8)).toBe('600');
  });

  test('keys before the configuration, and both when there is nothing yet', async () => {
    const liveSync = await start();
    expect(liveSync.log.slice(0, 3).map(({ msg }) => msg)).toEqual(['keys.json written', 'openclaw.json written', 'watching']);
  });

  test('removed keys and those of a new volume', async () => {
    const liveSync = await startAfterInit();
    pod.secret('other', { OTHER: 'secret-o' });
    await eventually('the key of the new volume', () => pod.keys().OTHER === 'secret-o');
    llm.swap({ OPENCLAW_GATEWAY_TOKEN: 'secret-t' });
    await liveSync.logged('keys.json written', 2);
    expect(pod.keys()).toEqual({ OPENCLAW_GATEWAY_TOKEN: 'secret-t', OTHER: 'secret-o' });
    expect(liveSync.facts.filter(({ msg }) => msg === 'keys.json written').map(({ keys }) => keys)).toEqual([['OTHER'], ['K']]);
  });

  test('whole files of one version to a reader who never waits', async () => {
    await startAfterInit();
    const filling = 'x'.repeat(200_000);
    const versions = new Set<string>();
    for (let version = 1; version <= 20; version++) {
      llm.swap({ A: `secret-${version}`, B: filling, C: `secret-${version}` });
      const current = await eventually(`version ${version}`, () => {
        const keys = pod.keys();
        expect(keys.A).toBe(keys.C);
        versions.add(keys.A);
        return keys.A === `secret-${version}` && keys;
      });
      expect(current.B).toBe(filling);
    }
    expect(versions.size).toBeGreaterThanOrEqual(20);
  });

  test('what someone else has spoilt, at the next change', async () => {
    await startAfterInit();
    fs.writeFileSync(pod.outFile('keys.json'), 'secret-torn');
    fs.rmSync(pod.outFile('openclaw.json'));
    swapKey('secret-1');
    await pod.wrote('openclaw.json', '{"v":1}');
    expect(pod.keys().K).toBe('secret-1');
  });
});

describe('keeps the last good file', () => {
  test.each([
    ['malformed', { 'openclaw.json': '{"v":' }, 'config/openclaw.json is not valid JSON'],
    ['empty', { 'openclaw.json': '' }, 'config/openclaw.json is empty'],
    ['missing', {}, 'config/openclaw.json is missing'],
  ])('when the configuration is %s, says so once and once when it is healed, and delivers keys meanwhile', async (_case, files, message) => {
    const liveSync = await startAfterInit();
    config.swap(files as Record<string, string>);
    await liveSync.logged(`${pod.dir}/${message}`);
    for (const value of ['secret-1', 'secret-2']) {
      swapKey(value);
      await keyBecomes(value);
    }
    expect(pod.out('openclaw.json')).toBe('{"v":1}');
    config.swap({ 'openclaw.json': '{"v":2}' });
    await pod.wrote('openclaw.json', '{"v":2}');
    await liveSync.logged('openclaw.json is good again');
    swapKey('secret-3');
    await keyBecomes('secret-3');
    expect(liveSync.facts.filter(({ subject }) => subject === 'openclaw.json')).toEqual([
      { level: 'error', msg: `${pod.dir}/${message}`, subject: 'openclaw.json' },
      { level: 'info', msg: 'openclaw.json is good again', subject: 'openclaw.json' },
    ]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['are in two volumes', { OTHER: 'secret-o', K: 'secret-2' }, 'key K is in two volumes, llm and other: keep it in one'],
    ['are empty', { OTHER: '\n' }, 'key OTHER in volume other is empty'],
    ['have gone from a volume', {}, '<dir>/keys/other is empty'],
  ])('when keys %s, says so once and once when it is healed, and delivers the configuration meanwhile', async (_case, files, message) => {
    const other = pod.secret('other', { OTHER: 'secret-o' });
    const liveSync = await startAfterInit();
    const before = pod.out('keys.json');
    const problem = message.replace('<dir>', pod.dir);
    other.swap(files);
    await liveSync.logged(problem);
    for (const text of ['{"v":2}', '{"v":3}']) {
      config.swap({ 'openclaw.json': text });
      await pod.wrote('openclaw.json', text);
    }
    expect(pod.out('keys.json')).toBe(before);
    other.swap({ OTHER: 'secret-p' });
    await eventually('the healed key', () => pod.keys().OTHER === 'secret-p');
    await liveSync.logged('keys.json is good again');
    expect(liveSync.facts.filter(({ subject }) => subject === 'keys.json')).toEqual([
      { level: 'error', msg: problem, subject: 'keys.json' },
      { level: 'info', msg: 'keys.json is good again', subject: 'keys.json' },
    ]);
  });

  test('when volumes disappear, and follows them when they are back', async () => {
    const liveSync = await startAfterInit();
    const before = ['keys.json', 'openclaw.json'].map((name) => pod.out(name));
    for (const dir of [config.dir, llm.dir]) fs.rmSync(dir, { recursive: true });
    await liveSync.logged(`${config.dir} has no ..data link: the volume is not mounted`);
    await liveSync.logged(`${llm.dir} has no ..data link: the volume is not mounted`);
    expect(['keys.json', 'openclaw.json'].map((name) => pod.out(name))).toEqual(before);

    config = pod.config({ 'openclaw.json': '{"v":2}' });
    llm = pod.secret('llm', { OPENCLAW_GATEWAY_TOKEN: 'secret-t', K: 'secret-1' });
    await liveSync.logged('openclaw.json is good again');
    await liveSync.logged('keys.json is good again');
    config.swap({ 'openclaw.json': '{"v":3}' });
    swapKey('secret-2');
    await pod.wrote('openclaw.json', '{"v":3}');
    await keyBecomes('secret-2');
  });

  test('until a volume that was not there at the start is mounted', async () => {
    pod.seed();
    fs.rmSync(config.dir, { recursive: true });
    const liveSync = await start();
    config = pod.config({ 'openclaw.json': '{"v":2}' });
    await pod.wrote('openclaw.json', '{"v":2}');
    await liveSync.logged('openclaw.json is good again');
  });

  test('when the sidecar starts on a malformed configuration', async () => {
    pod.seed();
    config.swap({ 'openclaw.json': '[]' });
    const liveSync = await start();
    expect(pod.out('openclaw.json')).toBe('{"v":1}');
    expect(liveSync.facts).toEqual([
      { level: 'error', msg: `${pod.dir}/config/openclaw.json is not a JSON object`, subject: 'openclaw.json' },
      { level: 'info', msg: 'watching', volumes: ['llm'] },
    ]);
  });
});

describe('ends', () => {
  test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('with 0 at %s', async (signal) => {
    const liveSync = await startAfterInit();
    expect(await liveSync.stop(signal)).toEqual({ code: 0, signal: null });
  });

  test('with 0 at SIGTERM while the gateway leaves a reload unanswered', async () => {
    const silent = new FakeGateway();
    silent.onReload = async () => new Promise(() => undefined);
    await silent.start();
    pod.seed();
    swapKey('secret-1');
    const liveSync = pod.run('--token-key', 'OPENCLAW_GATEWAY_TOKEN', '--gateway', silent.url);
    await eventually('the call', () => silent.reloads === 1);
    expect(await liveSync.stop()).toEqual({ code: 0, signal: null });
    await silent.stop();
  });

  test('with 1 and one line when an option is missing', async () => {
    const liveSync = new LiveSync(['--config', pod.configDir, '--keys', pod.keysDir]);
    expect(await liveSync.exited).toEqual({ code: 1, signal: null });
    expect(liveSync.facts).toEqual([{ level: 'error', msg: 'missing --out DIR' }]);
  });
});
