import * as fs from 'fs';
import { FakeGateway } from './fake-gateway';
import { eventually, LiveSync, Pod } from './pod';
import { MountedVolume } from '../support/mounted-volume';

const TOKEN = ['--token-key', 'OPENCLAW_GATEWAY_TOKEN'];

let pod: Pod;
let gateway: FakeGateway;
let config: MountedVolume;
let llm: MountedVolume;
let token: MountedVolume;

beforeEach(async () => {
  gateway = new FakeGateway();
  await gateway.start();
  pod = new Pod();
  config = pod.config();
  llm = pod.secret('llm', { K: 'secret-0' });
  token = pod.secret('token', { OPENCLAW_GATEWAY_TOKEN: 'secret-t0' });
});
afterEach(async () => {
  const closed = await pod.close();
  await gateway.stop();
  expect(closed).toEqual({ leaked: false, stderr: '' });
});

const swapToken = (value: string) => token.swap({ OPENCLAW_GATEWAY_TOKEN: value });
const onlyToken = (value: string) => { gateway.accepts = (auth) => auth.token === value; };
const pending = () => fs.existsSync(pod.outFile('.reload-pending'));
const done = async () => eventually('no reload is pending', () => !pending());

async function start(options = TOKEN): Promise<LiveSync> {
  const liveSync = pod.run(...options, '--gateway', gateway.url);
  await liveSync.logged('watching');
  return liveSync;
}

async function startAfterInit(): Promise<LiveSync> {
  pod.seed();
  return start();
}

test('asks as an operator of the backend with the current token', async () => {
  const liveSync = await startAfterInit();
  llm.swap({ K: 'secret-1' });
  await liveSync.logged('secrets reloaded');
  expect(gateway.connects).toEqual([{
    minProtocol: 3,
    maxProtocol: 99,
    role: 'operator',
    scopes: ['operator.admin'],
    client: { id: 'gateway-client', version: '1.0.0', platform: 'linux', mode: 'backend' },
    auth: { token: 'secret-t0' },
  }]);
  expect(gateway.reloads).toBe(1);
});

test('asks with the generated password when there is no token', async () => {
  await pod.once();
  const liveSync = await start([]);
  const { LIVE_SYNC_PASSWORD: password } = pod.keys();
  llm.swap({ K: 'secret-1' });
  await liveSync.logged('secrets reloaded');
  expect(gateway.connects.map(({ auth }) => auth)).toEqual([{ password }]);
  expect(pod.keys().LIVE_SYNC_PASSWORD).toBe(password);
  expect(liveSync.stdout).not.toContain(password);
});

describe('restart of the sidecar', () => {
  test('asks for nothing when the files are current', async () => {
    await pod.once(...TOKEN);
    await (await start()).stop();
    const liveSync = await start();
    config.swap({ 'openclaw.json': '{"v":2}' });
    await liveSync.logged('openclaw.json written');
    expect(gateway.connects).toEqual([]);
  });

  test('writes and reloads what changed meanwhile', async () => {
    await (await startAfterInit()).stop();
    llm.swap({ K: 'secret-1' });
    const liveSync = await start();
    await liveSync.logged('secrets reloaded');
    expect(pod.keys().K).toBe('secret-1');
    expect(gateway.reloads).toBe(1);
  });

  test('forgets neither a pending reload nor the token that the gateway still expects', async () => {
    const first = await startAfterInit();
    await gateway.stop();
    swapToken('secret-t1');
    await first.logged(`no connection to the gateway at ${gateway.url}`);
    await first.stop('SIGKILL');
    expect((fs.statSync(pod.outFile('.reload-pending')).mode % 0o1000).toString(8)).toBe('600');

    onlyToken('secret-t0');
    await gateway.start();
    const second = await start();
    await second.logged('secrets reloaded');
    expect(gateway.tokens).toEqual(['secret-t1', 'secret-t0']);
    await done();
  });

  test('of the whole pod starts without a reload', async () => {
    const first = await startAfterInit();
    await gateway.stop();
    llm.swap({ K: 'secret-1' });
    await eventually('a pending reload', pending);
    await first.stop();
    await pod.once(...TOKEN);
    expect(pending()).toBe(false);
  });
});

describe('a gateway that is down', () => {
  test('is asked until it is back, for the newest keys, with one line in the log', async () => {
    const liveSync = await startAfterInit();
    await gateway.stop();
    const down = `no connection to the gateway at ${gateway.url}`;
    for (const value of ['secret-1', 'secret-2', 'secret-3']) {
      llm.swap({ K: value });
      await eventually(value, () => pod.keys().K === value);
    }
    await liveSync.logged(down);
    let seen: string | undefined;
    gateway.onReload = () => {
      seen = pod.keys().K;
      return { payload: { ok: true } };
    };
    await gateway.start();
    await liveSync.logged('secrets reloaded');
    await done();
    expect(seen).toBe('secret-3');
    expect(liveSync.count(down)).toBe(1);
    expect(gateway.reloads).toBe(1);
  });

  test.each<[string, () => void, string]>([
    ['closes instead of answering', () => { gateway.onReload = () => ({ closeCode: 1012 }); }, 'the gateway closed the connection with code 1012'],
    ['cannot reload', () => { gateway.onReload = () => ({ error: { code: 'UNAVAILABLE', message: `secret-0 of ${pod.dir}` } }); },
      'the gateway refused secrets.reload: UNAVAILABLE'],
    ['talks something else', () => { gateway.onReload = () => ({ text: 'secret-0' }); }, 'the gateway does not speak its protocol'],
    ['refuses the token', () => { gateway.accepts = () => false; }, 'the gateway refused connect: AUTH_TOKEN_MISMATCH'],
  ])('or %s is asked again, with one line in the log', async (_case, misbehave, message) => {
    const liveSync = await startAfterInit();
    misbehave();
    llm.swap({ K: 'secret-1' });
    await eventually('two attempts', () => gateway.connects.length >= 2);
    expect(pending()).toBe(true);
    gateway.accepts = () => true;
    gateway.onReload = () => ({ payload: { ok: true, warningCount: 0 } });
    await liveSync.logged('secrets reloaded');
    await done();
    expect(liveSync.facts).toEqual([
      { level: 'info', msg: 'watching', volumes: ['llm', 'token'] },
      { level: 'info', msg: 'keys.json written', keys: ['K'] },
      { level: 'error', msg: message, subject: 'secrets.reload' },
      { level: 'info', msg: 'secrets reloaded', warningCount: 0 },
    ]);
  });
});

test('newer keys during a reload ask for another one', async () => {
  const liveSync = await startAfterInit();
  gateway.onReload = async () => {
    if (gateway.reloads === 1) {
      llm.swap({ K: 'secret-2' });
      await eventually('the newer key is written', () => pod.keys().K === 'secret-2');
    }
    return { payload: { ok: true, warningCount: 0 } };
  };
  llm.swap({ K: 'secret-1' });
  await liveSync.logged('secrets reloaded');
  await done();
  expect(gateway.reloads).toBe(2);
  expect(liveSync.count('secrets reloaded')).toBe(1);
});

test('a reload with warnings says so', async () => {
  const liveSync = await startAfterInit();
  gateway.onReload = () => ({ payload: { ok: true, warningCount: 2 } });
  llm.swap({ K: 'secret-1' });
  await liveSync.logged('secrets reloaded');
  expect(liveSync.facts.at(-1)).toEqual({ level: 'warn', msg: 'secrets reloaded', warningCount: 2 });
});

describe('rotation of the token', () => {
  test('tries the new token, then the previous one', async () => {
    onlyToken('secret-t0');
    const liveSync = await startAfterInit();
    gateway.onReload = () => {
      onlyToken(pod.keys().OPENCLAW_GATEWAY_TOKEN);
      return { payload: { ok: true } };
    };
    swapToken('secret-t1');
    await liveSync.logged('secrets reloaded');
    expect(gateway.tokens).toEqual(['secret-t1', 'secret-t0']);
    llm.swap({ K: 'secret-1' });
    await liveSync.logged('secrets reloaded', 2);
    expect(gateway.tokens).toEqual(['secret-t1', 'secret-t0', 'secret-t1']);
  });

  test('goes on with the new token when the gateway drops the caller as it takes it', async () => {
    onlyToken('secret-t0');
    const liveSync = await startAfterInit();
    gateway.onReload = () => {
      onlyToken('secret-t1');
      return gateway.reloads === 1 ? { closeCode: 4001 } : { payload: { ok: true } };
    };
    swapToken('secret-t1');
    await liveSync.logged('secrets reloaded');
    expect(gateway.tokens).toEqual(['secret-t1', 'secret-t0', 'secret-t1']);
  });

  test('twice while the gateway is down tries the newest first', async () => {
    const liveSync = await startAfterInit();
    await gateway.stop();
    for (const value of ['secret-t1', 'secret-t2']) {
      swapToken(value);
      await eventually(value, () => pod.keys().OPENCLAW_GATEWAY_TOKEN === value);
    }
    onlyToken('secret-t0');
    await gateway.start();
    await liveSync.logged('secrets reloaded');
    expect(gateway.tokens).toEqual(['secret-t2', 'secret-t1', 'secret-t0']);
  });

  test('to a key that is not there says which', async () => {
    pod.seed();
    const liveSync = pod.run('--token-key', 'OTHER', '--gateway', gateway.url);
    llm.swap({ K: 'secret-1' });
    await liveSync.logged('keys.json has no OTHER');
    expect(gateway.connects).toEqual([]);
  });
});
