import * as http from 'http';
import { gzipSync } from 'zlib';
import { CALLER, guardOf, manifestsOf, modelsAt, Placement } from './support/fixture';
import { Judge, Protocol } from './support/judge';
import { post } from './support/load';
import { METERED_FORMATS, MeteredFormat, Sent } from './support/metered-answers';
import { RunningGuard } from './support/running-guard';
import { bodyOf, OTHER, Target, TARGETS } from './support/targets';
import PRICES from '../../catalog/prices.json';
import { ModelCost } from '../../src/index';
import { eventually } from '../support/eventually';

/** US dollars per million tokens. */
const PRICE = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
const SENT: Sent = { fresh: 1001, cached: 307, written: 53, output: 211 };
const METRICS = ['input_tokens', 'output_tokens', 'cached_tokens', 'cache_write_tokens', 'microdollars', 'unmetered'] as const;

const ODD_NUMBERS = ['-5', '"200"', '1e30', '1.5', '1e-5', '9223372036854775807', '9223372036854775808', '18446744073709551616', '100000001', 'NaN', 'null', '[]', '{}', 'true'];

type Counted = { readonly [metric in typeof METRICS[number]]: number };
type Respond = (response: http.ServerResponse) => void;

const NOTHING: Counted = { input_tokens: 0, output_tokens: 0, cached_tokens: 0, cache_write_tokens: 0, microdollars: 0, unmetered: 0 };
const UNREAD: Counted = { ...NOTHING, unmetered: 1 };

/** What a guard must count of an answer that says what it took. */
function expectedOf({ withoutWritten }: MeteredFormat, { fresh, cached, written, output }: Sent): Counted {
  const writes = withoutWritten ? 0 : written;
  return {
    input_tokens: fresh + cached + writes,
    output_tokens: output,
    cached_tokens: cached,
    cache_write_tokens: writes,
    microdollars: Math.round(fresh * PRICE.input + cached * PRICE.cacheRead + writes * PRICE.cacheWrite + output * PRICE.output),
    unmetered: 0,
  };
}

const json = (text: string): Respond => response => response.writeHead(200, { 'content-type': 'application/json' }).end(text);
const stream = (text: string): Respond => response => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);

describe.each<[Placement, Protocol]>([['sidecar', 'HTTP/1.1'], ['pod', 'HTTP/2']])('a guard in a %s, of providers with %s', (placement, protocol) => {
  let judge: Judge;
  let guard: RunningGuard;

  beforeAll(async () => {
    judge = await Judge.start(protocol);
    const models = Object.values(modelsAt(judge.origin)).map(({ provider, id, api }) =>
      provider.model(id, { api, contextWindow: 200_000, maxTokens: 8192, cost: PRICE }));
    const memoryEmbeddings = modelsAt(judge.origin).openai.provider.model('text-embedding-3-small', { contextWindow: 8192, maxTokens: 1, cost: { input: 0.02, output: 0 } });
    const options = { certificateAuthorities: judge.authoritiesOf(models) };
    guard = await RunningGuard.start(manifestsOf(models, guardOf(placement, options), { modelSlots: { memoryEmbeddings } }));
  });
  afterAll(async () => {
    await guard.stop();
    await judge.close();
  });

  const policyOf = ({ path, model = 'gemini-2.5-flash' }: Target) => `${path.split('/')[1]}/${model}`.replace(/\./g, '_');
  const readings = async (policy: string): Promise<number[]> => {
    const lines = (await guard.metrics()).split('\n').filter(line => line.includes(`guard_policy="${policy}"`));
    return ['requests', ...METRICS].map(name => lines.filter(line => line.startsWith(`envoy_guard_${name}{`)).reduce((sum, line) => sum + Number(line.split(' ').pop()), 0));
  };

  /** What the guard counts of one call. */
  async function counted(target: Target, respond: Respond, path = target.path, call = request): Promise<Counted> {
    judge.answer = (_arrival, response) => respond(response);
    const before = await readings(policyOf(target));
    await call(target, path);
    const after = await eventually('the call is counted', async () => {
      const now = await readings(policyOf(target));
      return now[0] === before[0] + 1 && now;
    });
    return Object.fromEntries(METRICS.map((name, i) => [name, after[i + 1] - before[i + 1]])) as Counted;
  }

  const optionsOf = ({ keyHeader }: Target) => ({
    headers: { 'accept-encoding': 'gzip, deflate, br', ...placement === 'pod' && { [keyHeader]: keyHeader === 'authorization' ? `Bearer ${CALLER}` : CALLER } },
  });

  async function request(target: Target, path: string): Promise<unknown> {
    return post(guard.port, path, bodyOf(target), optionsOf(target)).catch(error => error);
  }

  /** A caller that leaves as soon as an answer begins. */
  async function leave(target: Target, path: string): Promise<void> {
    await new Promise<void>(resolve => {
      const { headers } = optionsOf(target);
      const call = http.request({ host: '127.0.0.1', port: guard.port, path, method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, response =>
        response.on('error', () => {}).once('data', () => call.destroy()));
      call.on('error', () => {}).on('close', resolve).end(JSON.stringify(bodyOf(target)));
    });
  }

  describe.each(TARGETS)('$format$of', target => {
    const format = METERED_FORMATS[target.format];
    const usage = format.usage(SENT);
    const expected = expectedOf(format, SENT);
    const all = format.events(usage);
    const path = format.streamPath?.(target.path) ?? target.path;

    test('counts what an answer says, streamed or not', async () => {
      expect(await counted(target, json(format.whole(usage)))).toEqual(expected);
      expect(judge.arrivals[judge.arrivals.length - 1].headers['accept-encoding']).toBeUndefined();
      expect(await counted(target, stream(all.join('')), path)).toEqual(expected);
      expect(await counted(target, stream(all.join('').replace(/\n/g, '\r\n')), path)).toEqual(expected);
      expect(await counted(target, response => {
        response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
        for (const byte of Buffer.from(all.join(''))) response.write(Buffer.of(byte));
        response.end();
      }, path)).toEqual(expected);
    });

    test('counts also what comes after events that are no objects, and says that something may be missing', async () => {
      const odd = ['data: [1,2]\n\n', 'data: 7\n\n', 'data: "usage"\n\n', 'data: {"usage":\n\n'];
      const { unmetered, ...figures } = await counted(target, stream([...all.slice(0, 1), ...odd, ...all.slice(1)].join('')), path);
      expect(figures).toEqual({ ...expected, unmetered: undefined });
      expect(unmetered).toBe(1);
      expect(guard.running).toBe(true);
    });

    test('says that nothing is known of an answer that does not say it', async () => {
      expect(await counted(target, json(format.whole()))).toEqual(UNREAD);
      expect(await counted(target, stream(format.events().join('')), path)).toEqual(UNREAD);
      expect(await counted(target, json('{}'))).toEqual(UNREAD);
      expect(await counted(target, response => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(format.whole(usage)));
      })).toEqual(UNREAD);
      expect(await counted(target, response => { response.writeHead(200, { 'content-type': 'text/plain' }).end(format.whole(usage)); })).toEqual(UNREAD);
    });

    test('says that nothing is known of an answer that breaks off, whoever ends it', async () => {
      const begun: Respond = response => { response.writeHead(200, { 'content-type': 'text/event-stream' }).write(all[0]); };
      expect(await counted(target, begun, path, leave)).toEqual(UNREAD);
      expect(await counted(target, response => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(all[0], () => setTimeout(() => response.destroy(), 20));
      }, path)).toEqual(UNREAD);
    });

    test('counts nothing of an error', async () => {
      for (const status of [400, 429, 529]) {
        expect(await counted(target, response => { response.writeHead(status, { 'content-type': 'application/json' }).end(format.whole()); })).toEqual(NOTHING);
      }
    });

    test('an odd number of input tokens spoils no sum', async () => {
      const [field] = Object.keys(usage);
      for (const number of ODD_NUMBERS) {
        const odd = (text: string) => text.replace(new RegExp(`"${field}":\\d+`), `"${field}":${number}`);
        for (const answer of placement === 'sidecar' ? [json(odd(format.whole(usage))), stream(odd(all.join('')))] : [stream(odd(all.join('')))]) {
          const got = await counted(target, answer, path);
          expect([number, got.unmetered]).toEqual([number, 1]);
          for (const name of METRICS.slice(0, -1)) expect([number, name, got[name] <= expected[name]]).toEqual([number, name, true]);
        }
      }
    });
  });

  test('of vectors, the tokens of the texts are counted', async () => {
    const target: Target = { format: 'openai-responses', path: '/openai/v1/embeddings', model: 'text-embedding-3-small', keyHeader: 'authorization' };
    const answer = json('{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1]}],"usage":{"prompt_tokens":1000,"total_tokens":1000}}');
    expect(await counted(target, answer)).toEqual({ ...NOTHING, input_tokens: 1000, microdollars: 20 });
  });

  test('of Google, a list of answers is counted as a stream of them', async () => {
    const target = TARGETS.find(({ format }) => format === 'google-generative-ai')!;
    const format = METERED_FORMATS[target.format];
    const list = format.events(format.usage(SENT)).map(each => each.replace('data: ', '').trim());
    expect(await counted(target, json(`[${list.join(',')}]`), format.streamPath!(target.path).replace('?alt=sse', ''))).toEqual(expectedOf(format, SENT));
  });

  test('of an event and an answer that are too large to read, nothing is known', async () => {
    const [target] = TARGETS;
    const format = METERED_FORMATS[target.format];
    const padded = (text: string) => text.replace('"usage":', `"pad":"${'x'.repeat(11 * 1024 * 1024)}","usage":`);
    expect((await counted(target, json(padded(format.whole(format.usage(SENT)))))).unmetered).toBe(1);
    expect((await counted(target, stream(padded(format.events(format.usage(SENT)).join(''))))).unmetered).toBe(1);
  });

  test('what the guard refuses is not counted', async () => {
    const before = await guard.metrics();
    const [target] = TARGETS;
    await post(guard.port, target.path, { ...bodyOf(target), model: OTHER }, optionsOf(target));
    expect((await guard.metrics()).split('\n').filter(line => /^envoy_guard_(input_tokens|unmetered|microdollars)/.test(line)))
      .toEqual(before.split('\n').filter(line => /^envoy_guard_(input_tokens|unmetered|microdollars)/.test(line)));
  });
});

describe('prices', () => {
  let judge: Judge;
  let guard: RunningGuard;
  const manifests = (prices: { [format: string]: ModelCost }) => {
    const { anthropic, google, azure } = modelsAt(judge.origin);
    const priced = Object.entries({ anthropic, google, azure }).map(([format, model]) => prices[format]
      ? model.provider.model(model.id, { ...model, cost: prices[format] }) : model);
    priced[2] = azure.provider.model(azure.id, { ...azure, cost: undefined });
    return manifestsOf(priced, guardOf('sidecar'));
  };
  const [anthropicTarget, googleTarget, azureTarget] = ['anthropic', 'google', 'azure'].map(id => TARGETS.find(({ path }) => path.startsWith(`/${id}/`))!);
  const ask = async (target: Target) => {
    const format = METERED_FORMATS[target.format];
    judge.answer = (_arrival, response) => json(format.whole(format.usage({ fresh: 1000, cached: 0, written: 0, output: 100 })))(response);
    expect((await post(guard.port, target.path, bodyOf(target))).status).toBe(200);
  };
  const microdollars = (id: string) => guard.metric('envoy_guard_microdollars', `guard_provider="${id}"`);

  beforeAll(async () => {
    judge = await Judge.start();
    guard = await RunningGuard.start(manifests({ anthropic: { input: 2, output: 10 } }));
  });
  afterAll(async () => {
    await guard.stop();
    await judge.close();
  });

  test('without a price, tokens are counted and dollars are not', async () => {
    await ask(azureTarget);
    expect(await guard.metric('envoy_guard_input_tokens', 'guard_provider="azure"')).toBe(1000);
    expect(await guard.metrics()).not.toMatch(/^envoy_guard_microdollars\{guard_provider="azure"/m);
  });

  test('of the public list count as those that the app gives', async () => {
    await ask(googleTarget);
    const { input, output } = PRICES.models.google['gemini-2.5-flash'];
    expect(await microdollars('google')).toBe(Math.round(1000 * input + 100 * output));
  });

  test('are in force as soon as they are mounted', async () => {
    await ask(anthropicTarget);
    expect(await microdollars('anthropic')).toBe(3000);
    guard.apply(manifests({ anthropic: { input: 20, output: 100 } }));
    await eventually('the new price is in force', async () => {
      const before = await microdollars('anthropic');
      await ask(anthropicTarget);
      return await microdollars('anthropic') - before === 30_000;
    });
  });

  test('and tokens are in the log, as numbers', async () => {
    await post(guard.port, anthropicTarget.path, { ...bodyOf(anthropicTarget), model: OTHER });
    const wanted = (entry: any) => ['input_tokens', 'output_tokens', 'cached_tokens', 'cache_write_tokens', 'microdollars', 'unmetered'].map(field => entry[field]);
    const refused = await eventually('the refusal is in the log', () => guard.requests.find(({ status }) => status === 404));
    expect(wanted(refused)).toEqual([null, null, null, null, null, false]);
    expect(wanted(guard.requests.find(({ provider }) => provider === 'azure'))).toEqual([1000, 100, 0, 0, null, false]);
    expect(wanted(guard.requests.find(({ provider }) => provider === 'anthropic'))).toEqual([1000, 100, 0, 0, 3000, false]);
  });
});
