import * as fs from 'fs';
import * as http from 'http';
import { gzipSync } from 'zlib';
import { guardOf, manifestsOf, modelsAt } from './support/fixture';
import { Judge } from './support/judge';
import { LedgerFolder } from './support/ledger-folder';
import { Answer, post } from './support/load';
import { METERED_FORMATS } from './support/metered-answers';
import { RunningGuard } from './support/running-guard';
import { bodyOf, Target, TARGETS } from './support/targets';
import { Budget, Model, ModelGuardOptions, OpenClawDeploymentProps, OpenClawVersion } from '../../src/index';
import { eventually } from '../support/eventually';

const PRICE = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
const SENT = { fresh: 1001, cached: 307, written: 53, output: 211 };
const PATH = '/anthropic/v1/messages';
/** It writes 100 tokens at most. */
const BODY = { model: 'claude-sonnet-5', max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] };
const OVERHEAD = 1000;
/** What is reserved for a request, in millionths of a dollar. */
const reservedFor = (body: object, output: number) =>
  Math.ceil((Buffer.byteLength(JSON.stringify(body)) + OVERHEAD) * PRICE.cacheWrite + output * PRICE.output);
/** The true cost of one of its calls. */
const COST = 1000 * PRICE.input + 90 * PRICE.output;
const HONEST = JSON.stringify({ type: 'message', content: [], usage: { input_tokens: 1000, output_tokens: 90 } });

let judge: Judge;
let guard: RunningGuard;
let ledger: LedgerFolder;

beforeAll(async () => { judge = await Judge.start(); });
afterAll(() => judge.close());
beforeEach(() => judge.reset());

const answering = (text: string, status = 200, type = 'application/json') => { judge.answer = (_arrival, response) => { response.writeHead(status, { 'content-type': type }).end(text); }; };
const FACTS = { contextWindow: 200_000, maxTokens: 8192, cost: PRICE };
const pricedModels = (): Model[] => Object.values(modelsAt(judge.origin)).map(({ provider, id, api }) => provider.model(id, { api, ...FACTS }));
/** The objects of a gateway with budgets; the library takes none that is smaller than one call, so smaller limits are written in afterwards. */
function manifests({ budgets = [] }: ModelGuardOptions, models = pricedModels(), props: Partial<OpenClawDeploymentProps> = {}): any[] {
  const large = budgets.map(({ _settings }, i) => Budget._of({ ..._settings, most: 1e9 + i }));
  const text = JSON.stringify(manifestsOf(models, guardOf('sidecar', { budgets: large }), props));
  return JSON.parse(budgets.reduce((edited, { _settings: { most } }, i) => edited.replace(new RegExp(`(\\\\"most\\\\":\\s*)${1e9 + i}\\b`, 'g'), `$1${most}`), text));
}

/** @param edit what a test changes of the rendered files */
async function start(options: ModelGuardOptions, edit = (text: string) => text, props?: Partial<OpenClawDeploymentProps>): Promise<void> {
  guard = await RunningGuard.start(JSON.parse(edit(JSON.stringify(manifests(options, undefined, props)))));
  ledger = new LedgerFolder(guard);
}

const call = (body: object = BODY, path = PATH): Promise<Answer> => post(guard.port, path, body);
/** How the ledger's program begins. */
const PROGRAM = '-- The ledger of a model guard';
const reasonOf = ({ text }: Answer): string => JSON.parse(text).error.reason;

describe('one ledger for every wire format', () => {
  beforeAll(() => start({ budgets: [Budget.perDay({ usd: 1000 })] }));
  afterAll(() => guard.stop());

  /** What one call adds to the ledger, once it has ended. */
  async function charged(request: () => Promise<unknown>): Promise<number> {
    const before = ledger.spent();
    await request();
    return await ledger.settled() - before;
  }

  describe.each(TARGETS)('$format$of', target => {
    const format = METERED_FORMATS[target.format];
    const usage = format.usage(SENT);
    const events = format.events(usage);
    const path = format.streamPath?.(target.path) ?? target.path;
    const written = format.withoutWritten ? 0 : SENT.written;
    const cost = Math.ceil(SENT.fresh * PRICE.input + SENT.cached * PRICE.cacheRead + written * PRICE.cacheWrite + SENT.output * PRICE.output);
    const body = bodyOf(target, outputLimit(target, 100));
    const request = (at = target.path) => call(body, at).catch(error => error);
    const most = reservedFor(body, 100);

    test('a call costs what its answer says, streamed or not', async () => {
      answering(format.whole(usage));
      expect(await charged(request)).toBe(cost);
      answering(events.join(''), 200, 'text/event-stream');
      expect(await charged(() => request(path))).toBe(cost);
    });

    test('what does not say it costs what was reserved', async () => {
      answering(format.whole());
      expect(await charged(request)).toBe(most);
      judge.answer = (_arrival, response) => { response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(format.whole(usage))); };
      expect(await charged(request)).toBe(most);
      judge.answer = (_arrival, response) => { response.writeHead(200, { 'content-type': 'text/event-stream' }).write(events[0], () => setTimeout(() => response.destroy(), 20)); };
      expect(await charged(() => request(path))).toBe(most);
      answering(events[0], 200, 'text/event-stream'); // ends early, but cleanly
      expect(await charged(() => request(path))).toBe(most);
    });

    test('a caller that leaves pays what was reserved', async () => {
      judge.answer = (_arrival, response) => { response.writeHead(200, { 'content-type': 'text/event-stream' }).write(events[0]); };
      expect(await charged(() => leave(body, path))).toBe(most);
    });

    test('an error costs nothing', async () => {
      answering('{"error":{}}', 500);
      expect(await charged(request)).toBe(0);
      answering('{"error":{}}', 429);
      expect(await charged(request)).toBe(0);
    });
  });

  test.each(['-5', '"200"', '1e999', '1e30', '1.5', '9223372036854775807', '18446744073709551616', '100000001', 'NaN', 'null', '[]', '{}', 'true'])(
    'a provider that says it used %s tokens gets no credit for it', async number => {
      answering(`{"type":"message","content":[],"usage":{"input_tokens":${number},"output_tokens":${number}}}`);
      const spent = await charged(call);
      expect(spent).toBeGreaterThan(0);
      expect(spent).toBeLessThanOrEqual(reservedFor(BODY, 100));
    });

  test('a request that cannot reach its provider costs nothing', async () => {
    const text = JSON.stringify(manifests({ budgets: [Budget.perDay({ usd: 1000 })] }));
    guard.apply(JSON.parse(text.split(`\\"port_value\\":${judge.port}`).join('\\"port_value\\":9')));
    await eventuallyRefused();
    expect(await charged(call)).toBe(0);
    guard.apply(manifests({ budgets: [Budget.perDay({ usd: 1000 })] }));
    await eventuallyAnswered();
  });

  async function eventuallyRefused(): Promise<void> { while ((await call()).status === 200); }
  async function eventuallyAnswered(): Promise<void> { while ((await call()).status !== 200); }

  test.each(['-1', '1e999', '"100"', '[1]', 'true', 'NaN'])('max_tokens: %s does not pass', async value => {
    expect((await raw(`{"model":"claude-sonnet-5","max_tokens":${value},"messages":[]}`)).status).toBe(404);
    expect(judge.arrivals).toEqual([]);
    if (value !== 'NaN') await eventually('the log says why', () => guard.requests.pop()?.refused === 'budget_field');
  });

  test.each(['max_tokens', 'maxTokens', 'MAX_TOKENS', 'max_completion_tokens', 'maxOutputTokens', 'max_output_token\u017f', 'max_to\u212aens'])(
    'the largest of several limits counts, also as %s', async key => {
      answering('{}');
      const body = { ...BODY, more: { [key]: 50_000 } };
      expect(await charged(() => call(body))).toBe(reservedFor(body, 50_000));
    });

  const [anthropic, openai, openrouter, google] = TARGETS;

  test.each<[string, Target, object]>([
    ['in a tool', openai, { tools: [{ type: 'function', name: 'f', parameters: { type: 'object', max_output_tokens: 1 } }] }],
    ['in the metadata', openrouter, { metadata: { max_tokens: 1 } }],
    ['at the top, where Google has it elsewhere', google, { maxOutputTokens: 1 }],
    ['of another format', openai, { max_tokens: 1 }],
    ['of another format, in disguise', openai, { max_tokens: 1, max_output_tokens: { ',max_output_tokens=': 1 } }],
    ['of 0', openrouter, { max_tokens: 0 }],
    ['of null', openrouter, { max_tokens: null }],
  ])('a limit %s is none', async (_where, target, more) => {
    answering('{}');
    const [body, without] = [bodyOf(target, more), bodyOf(target)];
    const bytes = (value: object) => reservedFor(value, 0);
    const reserved = await charged(() => call(without, target.path)) - bytes(without);
    expect(reserved).toBeGreaterThanOrEqual(8192 * PRICE.output);
    expect(await charged(() => call(body, target.path)) - bytes(body)).toBe(reserved);
  });

  test('what is written to the cache for an hour costs twice the input', async () => {
    const at = (ttl: string) => ({ ...BODY, system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl } }] });
    answering(METERED_FORMATS['anthropic-messages'].whole({ input_tokens: 10, cache_creation_input_tokens: 700, output_tokens: 5 }));
    expect(await charged(() => call(at('5m')))).toBe(10 * PRICE.input + 700 * PRICE.cacheWrite + 5 * PRICE.output);
    expect(await charged(() => call(at('1h')))).toBe(10 * PRICE.input + 700 * 2 * PRICE.input + 5 * PRICE.output);
    answering('{}');
    expect(await charged(() => call(at('1h')))).toBe(Math.ceil((Buffer.byteLength(JSON.stringify(at('1h'))) + OVERHEAD) * 2 * PRICE.input + 100 * PRICE.output));
  });

  test.each<[string, Target, object]>([
    ['a stored item', openai, { type: 'item_reference', id: 'msg_1' }],
    ['a stored item without a type', openai, { id: 'msg_1' }],
    ['a stored item of no type', openai, { id: 'msg_1', type: null }],
    ['stored reasoning', openai, { type: 'reasoning', id: 'rs_1', summary: [] }],
    ['a sound', openrouter, { role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }] }],
    ['the address of a document', openrouter, { role: 'user', content: [{ type: 'document_url', document_url: 'https://example.com/a.pdf' }] }],
    ['addresses of frames', openrouter, { role: 'user', content: [{ type: 'video', video: ['https://example.com/a.png'] }] }],
    ['data of no type', google, { role: 'user', parts: [{ inlineData: { data: 'AAAA' } }] }],
  ])('%s may fill the window of the model, too', async (_what, target, item) => {
    answering('{}');
    const body = bodyOf(target, { ...outputLimit(target, 100), input: [item] });
    const spent = await charged(() => call(body, target.path));
    expect(spent).toBeGreaterThanOrEqual(200_000 * PRICE.cacheWrite);
  });

  test('reasoning that comes along does not, nor do identifiers in what a tool is told', async () => {
    answering('{}');
    const reasoning = { id: 'rs_1', type: 'reasoning', encrypted_content: 'AAAA', summary: [] };
    const toolCall = { type: 'function_call', id: 'fc_1', name: 'f', arguments: '{"id":"1"}', call_id: 'c' };
    const body = bodyOf(openai, { max_output_tokens: 100, input: [reasoning, toolCall] });
    expect(await charged(() => call(body, openai.path))).toBe(reservedFor(body, 100));
    const used = { ...BODY, messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input: { id: '1' } }] }] };
    expect(await charged(() => call(used, anthropic.path))).toBe(reservedFor(used, 100));
  });

  test('a tool that the provider explains to the model costs more', async () => {
    answering('{}');
    const body = { ...BODY, tools: [{ type: 'bash_20250124', name: 'bash' }, { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' }] };
    expect(await charged(() => call(body))).toBe(Math.ceil(reservedFor(body, 100) + 2 * OVERHEAD * PRICE.cacheWrite));
  });

  test('reasoning that a provider counts in the total alone is output', async () => {
    answering(JSON.stringify({ object: 'chat.completion', choices: [], usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 610 } }));
    expect(await charged(() => call(bodyOf(openrouter, { max_tokens: 1000 }), openrouter.path))).toBe(100 * PRICE.input + 510 * PRICE.output);
  });

  test('an answer that speaks of its end has not ended', async () => {
    const body = bodyOf(google, outputLimit(google, 100));
    const path = google.path.replace(':generateContent', ':streamGenerateContent');
    const candidates = [{ content: { parts: [{ text: 'finishReason "finishReason": ' }] } }];
    const usageMetadata = { promptTokenCount: 9, candidatesTokenCount: 1, totalTokenCount: 10 };
    answering(`data: ${JSON.stringify({ candidates, usageMetadata })}\n\n`, 200, 'text/event-stream');
    expect(await charged(() => call(body, path))).toBe(reservedFor(body, 100));
  });

  test('no limit leaves the guard', async () => {
    answering('{}');
    await call();
    expect(Object.keys(judge.arrivals[0].headers).filter(name => name.startsWith('x-guard-'))).toEqual([]);
  });

  test('a key in disguise does not pass', async () => {
    const answer = await raw('{"model":"claude-sonnet-5","max_\\u0074okens":90000,"messages":[]}');
    expect([answer.status, reasonOf(answer), judge.arrivals.length]).toEqual([404, 'lua_response', 0]);
  });

  test.each([{ n: 2 }, { best_of: 3 }, { service_tier: 'priority' }, { speed: 'fast' }, { inference_geo: 'us' }, { generationConfig: { candidateCount: 8 } },
    { prediction: { type: 'content', content: 'x' } }, { modalities: ['audio'] }, { generationConfig: { responseModalities: ['IMAGE'] } },
    { context_management: { edits: [{ type: 'compact_20260112' }] } }, { provider: { only: ['dear'] } }])(
    'what changes the price does not pass: %j', async more => {
      expect((await call({ ...BODY, ...more })).status).toBe(404);
      expect(judge.arrivals).toEqual([]);
    });

  test.each<[string, unknown]>([
    ['an address', { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }],
    ['a file', { type: 'document', source: { type: 'file', file_id: 'file_1' } }],
    ['an image', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
  ])('%s may fill the window of the model', async (_what, content) => {
    answering('{}');
    const spent = await charged(() => call({ ...BODY, messages: [{ role: 'user', content: [content] }] }));
    expect(spent).toBe(1_000_000 * PRICE.cacheWrite + 100 * PRICE.output); // the catalog knows a larger window than the gateway uses
  });

  test('text that speaks of addresses, and schemas with such names, do not', async () => {
    answering('{}');
    const body = { ...BODY, tools: [{ name: 'fetch', input_schema: { properties: { url: { type: 'string' } } } }], system: '{"url":"https://example.com","max_tokens":9}' };
    expect(await charged(() => call(body))).toBe(reservedFor(body, 100));
  });
});

describe('a cap', () => {
  afterEach(() => guard.stop());

  const most = reservedFor(BODY, 100);
  const limit = 60_000;
  const capped = (usd = limit / 1e6, more: Partial<Parameters<typeof Budget.perDay>[0]> = {}) => Budget.perDay({ usd, ...more });

  test('is never exceeded by 50 calls at once; the others are told until when', async () => {
    await start({ budgets: [capped()] });
    judge.answer = (_arrival, response) => { setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(HONEST), 50); };
    const answers = await Promise.all(Array.from({ length: 50 }, () => call()));
    const passed = answers.filter(({ status }) => status === 200).length;
    expect(passed).toBe(judge.arrivals.length);
    expect(passed).toBe(Math.floor(limit / most));
    expect(passed * COST).toBeLessThanOrEqual(limit);
    const refused = answers.filter(({ status }) => status === 429);
    expect(passed + refused.length).toBe(50);
    const midnight = new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000).toISOString().replace('.000', '');
    expect(JSON.parse(refused[0].text).error).toEqual({
      type: 'rate_limit_error', code: 'rate_limit_exceeded', reason: 'lua_response', message: `too many requests to anthropic: the budget day is used up until ${midnight}`,
    });
  });

  test('lets calls pass one by one until it is used up, survives kill -9, and says what is spent', async () => {
    await start({ budgets: [capped()] });
    answering(HONEST);
    let passed = 0;
    for (let i = 0; i < 20; i++) {
      if (i === 4) await guard.restart();
      if ((await call()).status === 200) passed += 1;
    }
    expect(passed).toBe(judge.arrivals.length);
    expect(passed).toBe(1 + Math.floor((limit - most) / COST));
    expect(ledger.spent()).toBe(passed * COST);
    const figures = await Promise.all(['spent', 'limit'].map(async what => guard.metric(`envoy_guard_budget_${what}_microdollars`, 'guard_budget="day"')));
    expect(figures).toEqual([passed * COST, limit]);
  });

  test('calls that a kill -9 cuts keep their reservation', async () => {
    await start({ budgets: [capped()] });
    judge.answer = () => {};
    const cut = Array.from({ length: 3 }, () => call().catch(() => undefined));
    await ledger.until(3 * most);
    await guard.restart();
    await Promise.all(cut);
    expect(await ledger.settled()).toBe(3 * most);
  });

  test('of some models leaves the others alone, and several hold at once', async () => {
    const [sonnet] = pricedModels();
    await start({ budgets: [capped(most / 1e6, { models: [sonnet], name: 'premium' }), capped(1000)] });
    answering(HONEST);
    expect([(await call()).status, (await call()).status]).toEqual([200, 429]);
    const openai = TARGETS.find(({ format }) => format === 'openai-responses')!;
    answering('{}');
    expect((await call(bodyOf(openai, { max_output_tokens: 5 }), openai.path)).status).toBe(200);
    expect(ledger.files().map(name => name.replace(/\d{4}-\d\d-\d\d$/, 'DAY'))).toEqual(['day-DAY', 'premium-DAY']);
  });

  test('counts all texts of a call for vectors, each of which may fill the window', async () => {
    const memoryEmbeddings = modelsAt(judge.origin).openai.provider.model('text-embedding-3-small', {
      contextWindow: 8192, maxTokens: 1, cost: { input: 1, output: 0 },
    });
    await start({ budgets: [capped(1000)] }, undefined, { modelSlots: { memoryEmbeddings } });
    answering('{}');
    const body = { model: 'text-embedding-3-small', input: Array.from({ length: 5 }, () => 'x'.repeat(8000)) };
    expect((await call(body, '/openai/v1/embeddings')).status).toBe(200);
    expect(await ledger.settled()).toBe(Buffer.byteLength(JSON.stringify(body)) + OVERHEAD);
  });

  test('is another one as soon as the policy says so, without a restart', async () => {
    await start({ budgets: [capped(0.0001)] });
    answering(HONEST);
    expect((await call()).status).toBe(429);
    const { pid } = guard;
    guard.apply(manifests({ budgets: [capped()] }));
    while ((await call()).status !== 200);
    guard.apply(manifests({ budgets: [capped(0.0001)] }));
    while ((await call()).status === 200);
    expect(guard.pid).toBe(pid);
  });

  test('answers 404 where the version would ask the same model again for a minute', async () => {
    await start({ budgets: [capped(0.0001)] }, undefined, { version: OpenClawVersion.V2026_8_2 });
    const answer = await call();
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([404, 'model_not_found']);
    expect(answer.text).toContain('the budget day is used up until');
  });

  describe('by a clock of the test', () => {
    const clock = '/var/lib/guard/clock';
    /** The ledger's program, which asks a file for the time. */
    const withClock = (text: string) => text.replace(PROGRAM, `os.time = function() local file = io.open('${clock}'); local text = file:read('*a'); file:close(); return tonumber(text) end ${PROGRAM}`);
    const at = (time: string) => fs.writeFileSync(ledger.at('clock'), String(Date.parse(time) / 1000));

    test.each<[string, () => Budget, string, string, string]>([
      ['a day', () => Budget.perDay({ usd: 0.006 }), '2026-11-30T23:59:59Z', '2026-12-01T00:00:00Z', 'day-2026-12-01'],
      ['a leap day', () => Budget.perDay({ usd: 0.006 }), '2028-02-28T23:59:59Z', '2028-02-29T00:00:00Z', 'day-2028-02-29'],
      ['a week', () => Budget.perWeek({ usd: 0.006 }), '2027-01-03T23:59:59Z', '2027-01-04T00:00:00Z', 'week-2027-W01'],
      ['a month', () => Budget.perMonth({ usd: 0.006 }), '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z', 'month-2027-01'],
      ['February', () => Budget.perMonth({ usd: 0.006 }), '2027-02-28T23:59:59Z', '2027-03-01T00:00:00Z', 'month-2027-03'],
    ])('%s ends at midnight, UTC, and the model works again at once', async (_what, budget, before, after, file) => {
      await start({ budgets: [budget()] }, withClock);
      answering(HONEST);
      at(before);
      expect((await call()).status).toBe(200);
      const refused = await call();
      expect(refused.status).toBe(429);
      expect(refused.text).toContain(`is used up until ${after}`);
      at(after);
      expect((await call()).status).toBe(200);
      expect(ledger.files()).toContain(file);
    });

    test('a call that runs over midnight is settled in the day in which it was reserved', async () => {
      await start({ budgets: [Budget.perDay({ usd: 1 })] }, withClock);
      at('2026-11-30T23:59:59Z');
      let end = () => {};
      judge.answer = (_arrival, response) => { end = () => response.writeHead(200, { 'content-type': 'application/json' }).end(HONEST); };
      const running = call();
      await ledger.until(most);
      at('2026-12-01T00:00:10Z');
      end();
      await running;
      expect(await ledger.settled()).toBe(COST);
      expect(ledger.files()).toEqual(['day-2026-11-30']);
    });

    test('files of periods that ended long ago are removed', async () => {
      await start({ budgets: [Budget.perDay({ usd: 1 })] }, withClock);
      answering(HONEST);
      for (const day of ['01', '02', '03', '04']) {
        at(`2026-12-${day}T12:00:00Z`);
        await call();
      }
      expect(ledger.files()).toEqual(['day-2026-12-03', 'day-2026-12-04']);
    });
  });

  describe('where the ledger is not as it should be', () => {
    beforeEach(() => start({ budgets: [capped(1)] }));

    const refusesAll = async () => {
      const before = judge.arrivals.length;
      const answers = await Promise.all(Array.from({ length: 3 }, () => call()));
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
      expect(judge.arrivals.length).toBe(before);
    };

    test('a ledger that became shorter, or is gone, lets nothing pass', async () => {
      answering(HONEST);
      await call();
      const text = ledger.read();
      ledger.write('');
      await refusesAll();
      ledger.write(text);
      expect((await call()).status).toBe(200);
      ledger.remove();
      await refusesAll();
    });

    test('a folder that cannot be written lets nothing pass', async () => {
      fs.chmodSync(ledger.folder, 0o555);
      await refusesAll();
      fs.chmodSync(ledger.folder, 0o755);
      answering(HONEST);
      expect((await call()).status).toBe(200);
    });

    test('a line that was cut off does no harm to the next one', async () => {
      answering(HONEST);
      await call();
      ledger.write(`${ledger.read()}+12`);
      await guard.restart();
      expect((await call()).status).toBe(200);
      expect(ledger.spent()).toBe(2 * COST + 12);
    });

    test('lines that nobody wrote so make no budget larger', async () => {
      ledger.write('-9223372036854775808 x\nrubbish\n+1e999 x\n-99999999999999999999999 x\n');
      await guard.restart();
      expect((await call()).status).toBe(503);
    });

    test('a million lines are read at the first call alone', async () => {
      ledger.write('+1 a model reserved\n'.repeat(500_000));
      answering(HONEST);
      expect((await call()).status).toBe(200);
      expect(ledger.spent()).toBe(500_000 + COST);
    });
  });

  test('a program that fails lets nothing pass, one that cannot be read leaves the last good one in force', async () => {
    const spoilt = (by: string) => (text: string) => text.replace(PROGRAM, `${by} ${PROGRAM}`);
    const options = { budgets: [capped(1)] };
    await start(options);
    answering(HONEST);
    expect((await call()).status).toBe(200);
    guard.apply(JSON.parse(spoilt('this is no Lua')(JSON.stringify(manifests(options)))));
    await new Promise(resolve => setTimeout(resolve, 300));
    expect((await call()).status).toBe(200);
    guard.apply(JSON.parse(spoilt("math.ceil = function() error('boom') end")(JSON.stringify(manifests(options)))));
    while ((await call()).status === 200);
    judge.reset();
    expect((await call()).status).toBe(404);
    expect(judge.arrivals).toEqual([]);
  });

  test('whatever callers send and do, what an honest provider bills stays within it', async () => {
    const usd = 0.5;
    await start({ budgets: [capped(usd)] });
    let billed = 0;
    judge.answer = ({ body }, response) => {
      const { max_tokens: most_ } = JSON.parse(body.toString());
      const usage = { input_tokens: Math.ceil(body.length * Math.random()), output_tokens: Math.floor(most_ * Math.random()) };
      billed += usage.input_tokens * PRICE.input + usage.output_tokens * PRICE.output;
      const text = JSON.stringify({ type: 'message', content: [], ...Math.random() < 0.8 && { usage } });
      setTimeout(() => {
        if (Math.random() < 0.15) response.writeHead(200, { 'content-type': 'application/json' }).write(text.slice(0, 20), () => response.destroy());
        else response.writeHead(200, { 'content-type': 'application/json' }).end(text);
      }, 20 * Math.random());
    };
    const body = () => ({ ...BODY, max_tokens: Math.ceil(2000 * Math.random()), messages: [{ role: 'user', content: 'x'.repeat(5000 * Math.random()) }] });
    const answers = (await Promise.all(Array.from({ length: 20 }, async () => {
      const seen: number[] = [];
      for (let i = 0; i < 20; i++) {
        const answered = async () => call(body()).then(({ status }) => status, () => 0);
        seen.push(await (Math.random() < 0.1 ? leave(body(), PATH).then(() => 0) : answered()));
      }
      return seen;
    }))).flat();
    const spent = await ledger.settled();
    expect(billed).toBeLessThanOrEqual(spent);
    expect(spent).toBeLessThanOrEqual(usd * 1e6);
    expect(answers.filter(status => status === 429).length).toBeGreaterThan(0);
    expect(answers.filter(status => status === 200).length).toBeGreaterThan(3);
  });
});

/** The limit of an answer, as a wire format writes it. */
function outputLimit({ format }: Target, tokens: number): object {
  return {
    'anthropic-messages': { max_tokens: tokens },
    'openai-responses': { max_output_tokens: tokens },
    'azure-openai-responses': { max_output_tokens: tokens },
    'openai-completions': { max_completion_tokens: tokens },
    'google-generative-ai': { generationConfig: { maxOutputTokens: tokens } },
  }[format]!;
}

/** A body as it stands. */
async function raw(body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: guard.port, path: PATH, method: 'POST', headers: { 'content-type': 'application/json' } }, response => {
      let text = '';
      response.on('data', chunk => { text += chunk; }).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text, ms: 0 }));
    });
    request.on('error', reject).end(body);
  });
}

/** A caller that leaves as soon as an answer begins, or is refused. */
async function leave(body: object, path: string): Promise<void> {
  await new Promise<void>(resolve => {
    const request = http.request({ host: '127.0.0.1', port: guard.port, path, method: 'POST', headers: { 'content-type': 'application/json' } }, response =>
      response.on('error', () => {}).once('data', () => request.destroy()));
    request.on('error', () => {}).on('close', resolve).end(JSON.stringify(body));
  });
}
