import * as fs from 'fs';
import * as net from 'net';
import { Duration, Size } from 'cdk8s';
import { guardOf, manifestsOf, modelsAt, HOST, Placement } from './support/fixture';
import { Judge, Protocol } from './support/judge';
import { post } from './support/load';
import { rawRequest, sendRaw } from './support/raw-http';
import { Relay } from './support/relay';
import { RunningGuard } from './support/running-guard';
import { ModelGuardOptions, Provider } from '../../src/index';
import { eventually } from '../support/eventually';

const PATH = '/anthropic/v1/messages';
const BODY = { model: 'claude-sonnet-5', messages: [] };

let judge: Judge;
let guard: RunningGuard | undefined;

beforeAll(async () => { judge = await Judge.start(); });
beforeEach(() => judge.reset());
afterEach(async () => {
  await guard?.stop();
  guard = undefined;
});
afterAll(() => judge.close());

async function start(options: ModelGuardOptions = {}, models = [modelsAt(judge.origin).anthropic], at = judge): Promise<RunningGuard> {
  return guard = await RunningGuard.start(manifestsOf(models, guardOf('sidecar', { certificateAuthorities: at.authoritiesOf(models), ...options })));
}

describe.each<Protocol>(['HTTP/1.1', 'HTTP/2'])('of a provider with %s', protocol => {
  let provider: Judge;
  beforeAll(async () => { provider = await Judge.start(protocol); });
  afterAll(() => provider.close());

  const startFor = (options: ModelGuardOptions) => start(options, [modelsAt(provider.origin).anthropic], provider);

  test('an answer that does not begin is given up', async () => {
    const { port } = await startFor({ firstByteTimeout: Duration.seconds(2) });
    provider.answer = () => {};
    const { status, ms } = await post(port, PATH, BODY);
    expect(status).toBe(504);
    expect(ms).toBeGreaterThan(1900);
    expect(ms).toBeLessThan(10_000);
  });

  test('an answer that stops in the middle is given up, one that is slow is not', async () => {
    const { port } = await startFor({ firstByteTimeout: Duration.seconds(1), idleTimeout: Duration.seconds(2) });
    provider.answer = ({ body }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let left = body.includes('stall') ? 1 : 6;
      const timer = setInterval(() => {
        response.write('data: {}\n\n');
        if ((left -= 1) > 0) return;
        clearInterval(timer);
        if (!body.includes('stall')) response.end();
      }, 600);
    };
    const [slow, stalled] = await Promise.all([
      post(port, PATH, BODY).then(({ text }) => text),
      post(port, PATH, { ...BODY, messages: ['stall'] }).then(() => 'answered', error => error.message),
    ]);
    expect(slow).toBe('data: {}\n\n'.repeat(6));
    expect(stalled).toBe('aborted');
  });
});

test('a thinking model is not cut after a minute by default', async () => {
  const { files } = await start({});
  const routes = JSON.parse(files.files('/etc/guard/policy')['routes.json']).resources[0].virtual_hosts[0].routes;
  const [{ route }] = routes.filter(({ name, route: each }: any) => name === 'anthropic' && each);
  expect([route.timeout, route.idle_timeout, route.retry_policy.per_try_timeout]).toEqual(['0s', '120s', '120s']);
});

test('a provider that refuses connections is given up at once', async () => {
  const refusing = Provider.ANTHROPIC.customize({ baseUrl: `http://${HOST}:9` }).model('claude-sonnet-5');
  const { port } = await start({}, [refusing]);
  const times: number[] = [];
  for (let i = 0; i < 4; i++) {
    const { status, ms } = await post(port, PATH, BODY);
    expect(status).toBe(503);
    times.push(ms);
  }
  expect(Math.max(...times)).toBeLessThan(5000);
});

test('pings cut no answer that is slow', async () => {
  const provider = await Judge.start('HTTP/2');
  try {
    const models = [modelsAt(provider.origin).anthropic];
    const manifests = manifestsOf(models, guardOf('sidecar', { connectTimeout: Duration.millis(400), certificateAuthorities: provider.authoritiesOf(models) }));
    const { data } = manifests.find(each => each.data?.['providers.json']);
    data['providers.json'] = data['providers.json'].replace('"interval":"30s"', '"interval":"0.5s"');
    guard = await RunningGuard.start(manifests);
    provider.answer = (_arrival, response) => { setTimeout(() => response.writeHead(200).end('at last'), 4000); };
    expect((await post(guard.port, PATH, BODY)).text).toBe('at last');
    expect(provider.pings).toBeGreaterThan(2);
  } finally {
    await provider.close();
  }
});

test('a connection of HTTP/2 that has fallen silent costs one connectTimeout, and is made anew', async () => {
  const provider = await Judge.start('HTTP/2');
  const relay = await Relay.to(provider.port);
  try {
    const models = [modelsAt(provider.origin.replace(/\d+$/, String(relay.port))).anthropic];
    const { port } = await start({ connectTimeout: Duration.seconds(1) }, models, provider);
    expect((await post(port, PATH, BODY)).status).toBe(200);
    await new Promise(resolve => setTimeout(resolve, 1500)); // a younger connection is not tried
    relay.fallSilent();
    const { status, ms } = await post(port, PATH, BODY);
    expect(status).toBe(503);
    expect(ms).toBeGreaterThan(900);
    expect(ms).toBeLessThan(10_000); // 1 s on an idle machine
    relay.speakAgain();
    await eventually('the provider answers', async () => (await post(port, PATH, BODY)).status === 200);
  } finally {
    relay.stop();
    await provider.close();
  }
});

test('a body above the limit is refused, one below it arrives whole', async () => {
  const { port } = await start({ bodyLimit: Size.mebibytes(2) });
  const padded = (kibibytes: number) => ({ ...BODY, pad: 'x'.repeat(kibibytes * 1024) });
  expect((await post(port, PATH, padded(1900))).status).toBe(200);
  expect(judge.arrivals.map(({ body }) => body.length > 1900 * 1024)).toEqual([true]);
  const tooLarge = await post(port, PATH, padded(2200)).then(({ status }) => status, error => error.code);
  expect([413, 'EPIPE', 'ECONNRESET']).toContain(tooLarge);
  expect(judge.arrivals).toHaveLength(1);
});

test('more requests than agreed in a minute are refused, and other providers go on', async () => {
  const { anthropic, openai } = modelsAt(judge.origin);
  const { port } = await start({ requestsPerMinute: { anthropic: 3 } }, [anthropic, openai]);
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push((await post(port, PATH, BODY)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect((await post(port, '/openai/v1/responses', { model: 'gpt-5.4', input: 'x' })).status).toBe(200);
  expect(await guard!.metric('envoy_http_local_rate_limit_rate_limited')).toBe(2);
  const more = [anthropic, openai, anthropic.provider.model('claude-opus-5')];
  guard!.apply(manifestsOf(more, guardOf('sidecar', { requestsPerMinute: { anthropic: 3 } })));
  await eventually('another list of models counts from the start', async () => (await post(port, PATH, BODY)).status === 200);
});

test('without its key a provider is not called, others are; the key heals it', async () => {
  const { anthropic, openai } = modelsAt(judge.origin);
  const running = await start({}, [anthropic, openai]);
  running.files.swap('/etc/guard/keys/anthropic', { key: '' });
  const answered = (status: number) => eventually(`${status}`, async () => (await post(running.port, PATH, BODY)).status === status);
  await answered(503);
  expect((await post(running.port, '/openai/v1/responses', { model: 'gpt-5.4', input: 'x' })).status).toBe(200);
  expect(await running.metric('envoy_cluster_credential_injector_failed', 'anthropic')).toBeGreaterThan(0);
  running.files.swap('/etc/guard/keys/anthropic', { key: 'key-2' });
  await answered(200);
  running.files.swap('/etc/guard/keys/anthropic', {});
  await eventually('the guard misses the key', async () => await running.metric('envoy_sds_key_rotation_failed', 'anthropic') === 1);
  expect((await post(running.port, PATH, BODY)).status).toBe(200); // with the last one
});

test.each<[Placement, number, number]>([['sidecar', 1, 8], ['sidecar', 2, 10], ['pod', 2, 11]])('in a %s %i providers take %i instances of inotify', async (placement, providers, instances) => {
  const { anthropic, openai } = modelsAt(judge.origin);
  guard = await RunningGuard.start(manifestsOf([anthropic, openai].slice(0, providers), guardOf(placement)));
  const open = fs.readdirSync(`/proc/${guard.pid}/fd`).map(fd => fs.readlinkSync(`/proc/${guard!.pid}/fd/${fd}`));
  expect(open.filter(target => target === 'anon_inode:inotify')).toHaveLength(instances);
});

test('a guard whose memory is used up by requests refuses further ones until they are gone', async () => {
  const resources = { memory: { limit: Size.mebibytes(128) } };
  const manifests = manifestsOf([modelsAt(judge.origin).anthropic], guardOf('sidecar', { resources }), { acknowledge: { 'memory-too-small': 'a test', 'chain-single-provider': 'a test' } });
  const { port } = guard = await RunningGuard.start(manifests);
  const half = rawRequest({ path: PATH, headers: [['Content-Length', String(15 * 2 ** 20)]], body: `{"model":"claude-sonnet-5","pad":"${'x'.repeat(14 * 2 ** 20)}` });
  const sockets = Array.from({ length: 8 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  for (const socket of sockets) socket.write(half);
  await eventually('further requests are refused', async () => /"reason":"overload"/.test((await post(port, PATH, BODY)).text));
  for (const socket of sockets) socket.destroy();
  await eventually('requests are answered again', async () => (await post(port, PATH, BODY)).status === 200);
});

test('a body that leads nowhere is not read', async () => {
  const { memory: { peak } } = await start();
  const zeros = `{"x":[${'0,'.repeat(3_000_000)}0]}`;
  const statuses: number[] = [];
  for (const [port, method, path] of [[guard!.port, 'POST', '/nowhere'], [guard!.port, 'GET', '/_policy'], [guard!.metricsPort, 'GET', '/policy']] as const) {
    statuses.push((await sendRaw(port, rawRequest({ method, path, body: zeros }))).status);
  }
  expect(statuses).toEqual([404, 404, 404]);
  expect(guard!.memory.peak - peak).toBeLessThan(100); // read, it would take hundreds of MiB
});
