import { Duration } from 'cdk8s';
import { guardOf, manifestsOf, modelsAt } from './support/fixture';
import { Arrival, Judge } from './support/judge';
import { Load, post } from './support/load';
import { RunningGuard } from './support/running-guard';
import { Model, ModelGuardOptions, Provider, ProviderSecret, SecretSource } from '../../src/index';
import { eventually } from '../support/eventually';
import { newChart } from '../support/gateway';

const PATH = '/anthropic/v1/messages';
const BODY = { model: 'claude-sonnet-5', messages: [{ role: 'user', content: 'hello' }] };
const KEYS = ['key-of-anthropic', 'second-key', 'third-key'];
const FOLDERS = ['/etc/guard/keys/anthropic', '/etc/guard/keys/anthropic.key.2', '/etc/guard/keys/anthropic.key.3'];

let judge: Judge;
let guard: RunningGuard;
beforeAll(async () => {
  judge = await Judge.start();
  guard = await RunningGuard.start(manifests(modelsAt(judge.origin).anthropic, 3));
});
beforeEach(() => {
  judge.reset();
  FOLDERS.forEach((folder, i) => guard.files.swap(folder, { key: KEYS[i] }));
});
afterAll(async () => {
  await guard.stop();
  await judge.close();
});

function manifests(model: Model, keys: number, options: ModelGuardOptions = {}): any[] {
  const [chart, { provider }] = [newChart('keys'), model];
  const [source, ...additional] = ['ANTHROPIC_API_KEY', 'SECOND', 'THIRD'].slice(0, keys).map(key => SecretSource.fromSecretName('openclaw-secrets', key));
  const providerSecrets = [new ProviderSecret(chart, 'Anthropic', { provider, source, additional })];
  return manifestsOf([model], guardOf('sidecar', options), { providerSecrets }, { SECOND: KEYS[1], THIRD: KEYS[2] });
}

/** The keys that reached the provider, in order. */
function sent(): unknown[] {
  return judge.arrivals.map(({ headers }) => headers['x-api-key'] ?? 'no key');
}

/** A provider that answers each key so. */
function answering(statuses: { readonly [key: string]: number }, headers = {}): void {
  judge.answer = ({ headers: { 'x-api-key': key } }, response) => {
    response.writeHead(statuses[String(key)] ?? 200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ key: String(key).length }));
  };
}

const all = (status: number) => Object.fromEntries(KEYS.map(key => [key, status]));

/** Waits until the guard has taken up what was stored. */
async function becomes(expected: unknown[], status: number): Promise<void> {
  let seen: unknown;
  const look = async () => {
    judge.arrivals.length = 0;
    const { status: answered } = await post(guard.port, PATH, BODY);
    seen = [sent(), answered];
    return JSON.stringify(seen) === JSON.stringify([expected, status]);
  };
  await eventually(JSON.stringify(expected), look).catch(() => expect(seen).toEqual([expected, status]));
}

describe('which key a call leaves with', () => {
  test.each<[string, { [key: string]: number }, number, number]>([
    ['all are good', {}, 200, 1],
    ['the first is out of quota', { [KEYS[0]]: 429 }, 200, 2],
    ['the first is unknown', { [KEYS[0]]: 401 }, 200, 2],
    ['the first may not', { [KEYS[0]]: 403 }, 200, 2],
    ['two are refused for different reasons', { [KEYS[0]]: 401, [KEYS[1]]: 429 }, 200, 3],
    ['all are refused', { ...all(401), [KEYS[2]]: 429 }, 429, 3],
    ['the request is wrong', all(400), 400, 1],
    ['there is no such model', all(404), 404, 1],
    ['the provider fails', all(500), 500, 1],
    ['the provider is overloaded', all(529), 529, 1],
    ['the provider redirects', all(302), 502, 1],
  ])('if %s', async (_when, statuses, status, asked) => {
    answering(statuses);
    expect((await post(guard.port, PATH, BODY)).status).toBe(status);
    expect(sent()).toEqual(KEYS.slice(0, asked));
  });

  test('the first again in the next call, so that a session stays where its prompt is cached', async () => {
    answering({ [KEYS[0]]: 429 });
    await post(guard.port, PATH, BODY);
    answering({});
    await post(guard.port, PATH, BODY);
    expect(sent()).toEqual([KEYS[0], KEYS[1], KEYS[0]]);
  });

  test.each<[string, { [file: string]: string }]>([
    ['empty', { key: '' }], ['broken by a blank', { key: 'second key' }], ['broken by a line break', { key: 'second\nkey' }], ['in quotes', { key: '"key"' }],
  ])('the next if one is %s, and none without a key', async (_what, stored) => {
    guard.files.swap(FOLDERS[0], stored);
    await becomes([KEYS[1]], 200);
    guard.files.swap(FOLDERS[1], stored);
    await becomes([KEYS[2]], 200);
    answering({ [KEYS[2]]: 429 });
    judge.arrivals.length = 0;
    expect((await post(guard.port, PATH, BODY)).status).toBe(429);
    guard.files.swap(FOLDERS[2], stored);
    await eventually('no key is left', async () => (await post(guard.port, PATH, BODY)).status === 503);
    judge.arrivals.length = 0;
    const { status, text } = await post(guard.port, PATH, BODY);
    expect([status, JSON.parse(text).error.reason, sent()]).toEqual([503, 'failed_to_inject_credential', []]);
    guard.files.swap(FOLDERS[1], { key: 'new-second' });
    judge.answer = (_arrival, response) => { response.writeHead(200).end(); };
    await becomes(['new-second'], 200);
  });
});

describe('a request never reaches the provider twice once it was accepted', () => {
  test('if the provider breaks off before or within its answer', async () => {
    judge.answer = (_arrival, response) => { response.socket!.destroy(); };
    expect((await post(guard.port, PATH, BODY)).status).toBe(503);
    judge.answer = (_arrival, response) => { response.writeHead(200).write('data: 1\n\n', () => response.destroy()); };
    expect(await post(guard.port, PATH, BODY).then(() => 'whole', () => 'broken off')).toBe('broken off');
    expect(sent()).toEqual([KEYS[0], KEYS[0]]);
  });

  test('if the provider claims that there was no key', async () => {
    answering(all(500), { 'x-guard-no-key': 'true' });
    const { status, headers } = await post(guard.port, PATH, BODY);
    expect([status, headers['x-guard-no-key'], sent()]).toEqual([500, undefined, [KEYS[0]]]);
  });

  test('if it is silent, or cannot be reached', async () => {
    const patience = { firstByteTimeout: Duration.seconds(1), idleTimeout: Duration.seconds(1), connectTimeout: Duration.millis(300) };
    const silent = await RunningGuard.start(manifests(modelsAt(judge.origin).anthropic, 2, patience));
    try {
      judge.answer = () => {};
      expect((await post(silent.port, PATH, BODY)).status).toBe(504);
      judge.answer = (_arrival, response) => { response.writeHead(200).write('data: 1\n\n'); };
      expect(await post(silent.port, PATH, BODY).then(() => 'whole', () => 'broken off')).toBe('broken off');
      expect(sent()).toEqual([KEYS[0], KEYS[0]]);
      silent.apply(manifests(Provider.ANTHROPIC.customize({ baseUrl: 'http://providers.test.svc:9' }).model('claude-sonnet-5'), 2, patience));
      await eventually('the provider is gone', async () => (await post(silent.port, PATH, BODY)).status === 503);
      expect(await silent.metric('envoy_cluster_upstream_rq_retry', 'envoy_cluster_name="anthropic"')).toBeGreaterThan(0); // connecting is tried again
      expect(await silent.metric('envoy_guard_key_requests', 'guard_key="2"')).toBe(0); // with this key alone
      expect(judge.arrivals).toHaveLength(2);
    } finally {
      await silent.stop();
    }
  });
});

describe('under load', () => {
  /** Each call has a number, so that a second arrival of one shows. */
  const accepted = new Map<string, number>();
  let good = new Set<string>();
  let withoutKey = 0;
  const take = ({ headers: { 'x-api-key': key, 'x-call': call } }: Arrival, response: any) => {
    if (!key) withoutKey += 1;
    if (!good.has(String(key))) return response.writeHead(429).end();
    if (call) accepted.set(String(call), (accepted.get(String(call)) ?? 0) + 1);
    return response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };

  test('keys that are swapped or taken away lose no call', async () => {
    judge.record = false;
    judge.answer = take;
    good = new Set([...KEYS, 'a1', 'a2', 'b1', 'b2']);
    let calls = 0;
    const load = new Load(guard.port, PATH, BODY, 4, () => ({ 'x-call': String(calls++) }));
    const soon = () => new Promise(resolve => setTimeout(resolve, 120));
    const swap = async (i: number, key: string, revoked?: string) => {
      guard.files.swap(FOLDERS[i], { key });
      await soon();
      if (revoked) good.delete(revoked);
      await soon();
    };
    await swap(0, 'a1', KEYS[0]);
    await swap(1, 'b1', KEYS[1]);
    await swap(0, 'a2', 'a1');
    await swap(1, 'b2', 'b1');
    await swap(0, '', 'a2'); // taken away: the second answers
    await swap(0, 'a1'); // refused: the second answers
    KEYS.forEach(key => good.add(key)); // as the manifests store them
    guard.apply(manifests(modelsAt(judge.origin).anthropic, 2)); // one key less, without a restart
    await soon();
    good.delete(KEYS[0]);
    await soon();
    await load.stop();
    judge.record = true;
    expect(load.failures).toEqual([]);
    expect(load.sent).toBeGreaterThan(100);
    expect([...accepted.values()].filter(times => times > 1)).toEqual([]);
    expect(withoutKey).toBe(0);
    guard.apply(manifests(modelsAt(judge.origin).anthropic, 3));
  });
});

test('what arrives is what a guard with one key sends, and large requests are tried again too', async () => {
  const single = await RunningGuard.start(manifests(modelsAt(judge.origin).anthropic, 1));
  try {
    const large = { ...BODY, pad: 'x'.repeat(8 * 2 ** 20) };
    const headers = { 'anthropic-beta': 'tools', 'x-request-id': 'mine', 'user-agent': 'test', 'x-guard-no-key': 'true', 'x-envoy-max-retries': '5', 'x-api-key': 'guarded' };
    for (const port of [single.port, guard.port]) await post(port, `${PATH}?beta=true`, BODY, { headers });
    const [alone, first] = judge.arrivals;
    expect(first).toEqual(alone);
    judge.arrivals.length = 0;
    answering({ [KEYS[0]]: 429 });
    expect((await post(guard.port, PATH, large)).status).toBe(200);
    expect(judge.arrivals.map(({ body }) => body.toString() === JSON.stringify(large))).toEqual([true, true]);
  } finally {
    await single.stop();
  }
});

test('an answer arrives as it is sent, event by event', async () => {
  let next = () => {};
  judge.answer = (_arrival, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    next = () => { response.end('data: 2\n\n'); };
  };
  const answer = await fetch(`http://127.0.0.1:${guard.port}${PATH}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(BODY) });
  const reader = answer.body!.getReader();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 1\n\n');
  next();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 2\n\n');
});

test('metrics and log tell keys by position, never by value', async () => {
  const counted = (key: number, ...parts: string[]) => guard.metric('envoy_guard_key_requests', 'guard_provider="anthropic"', `guard_key="${key}"`, ...parts);
  const before = [await counted(1, 'guard_status="429"'), await counted(2, 'guard_status="200"'), await counted(1, 'guard_reason="failed_to_inject_credential"')];
  answering({ [KEYS[0]]: 429 });
  await post(guard.port, PATH, BODY);
  await eventually('the requests are counted', async () => await counted(1, 'guard_status="429"') === before[0] + 1 && await counted(2, 'guard_status="200"') === before[1] + 1);
  expect(before[2]).toBeGreaterThan(0);
  await eventually('the log names the key', async () => guard.requests.at(-1)?.key === '2');
  const texts = [guard.log, await guard.metrics()];
  expect(texts.map(text => [...KEYS, 'new-second'].find(key => text.includes(key)))).toEqual([undefined, undefined]);
});
