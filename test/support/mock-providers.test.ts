import { once } from 'events';
import * as http from 'http';
import { WebSocket } from 'ws';
import { Call } from './providers/call';
import { MockProviders } from './providers/mock-providers';

interface Answer { readonly status: number; readonly type: string; readonly text: string }

type Headers = { [name: string]: string };

const BEARER: Headers = { authorization: 'Bearer key-1' };
const CHAT = '/v1/chat/completions';

let mock: MockProviders;
let origin: string;

beforeAll(async () => {
  mock = await MockProviders.start({ ports: { http: [0] } });
  origin = mock.origins[0];
});
beforeEach(() => mock.reset());
afterAll(async () => mock.close());

async function post(pathname: string, body: object, headers: Headers = BEARER, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(origin + pathname, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body), signal });
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

async function chat(body: object = {}): Promise<string> {
  const { text } = await post(CHAT, { model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body });
  return JSON.parse(text).choices[0].message.content;
}

describe('what is no chat', () => {
  test('embeddings of OpenAI', async () => {
    const { text } = await post('/v1/embeddings', { model: 'text-embedding-3-small', input: ['a', 'b'] });
    const { data } = JSON.parse(text);
    expect(data.map(({ embedding }: any) => embedding.length)).toEqual([1536, 1536]);
    expect(data[0].embedding).not.toEqual(data[1].embedding);
    const base64 = JSON.parse((await post('/v1/embeddings', { model: 'e', input: 'a', encoding_format: 'base64' })).text).data[0].embedding;
    const bytes = Buffer.from(base64, 'base64');
    expect(bytes.readFloatLE(0)).toBeCloseTo(data[0].embedding[0]);
    expect(mock.calls.map(({ api, model, text: said }) => [api, model, said])).toEqual([
      ['openai-embeddings', 'text-embedding-3-small', 'a\nb'], ['openai-embeddings', 'e', 'a'],
    ]);
  });

  test('embeddings of Google', async () => {
    const request = (text: string) => ({ content: { parts: [{ text }] } });
    const one = JSON.parse((await post('/v1beta/models/gemini-x:embedContent', request('a'))).text);
    const many = JSON.parse((await post('/v1beta/models/gemini-x:batchEmbedContents', { requests: [request('a'), request('b')] })).text);
    expect(one.embedding.values).toHaveLength(768);
    expect(many.embeddings[0]).toEqual(one.embedding);
    expect(many.embeddings[1]).not.toEqual(one.embedding);
    expect(mock.calls.map(({ api, model }) => [api, model])).toEqual([['google-embeddings', 'gemini-x'], ['google-embeddings', 'gemini-x']]);
  });

  test('speech and images', async () => {
    const form = new FormData();
    form.set('model', 'whisper-1');
    form.set('file', new Blob(['sound']), 'a.wav');
    const heard = await fetch(`${origin}/v1/audio/transcriptions`, { method: 'POST', headers: BEARER, body: form });
    expect(await heard.json()).toEqual({ text: 'answer of whisper-1' });
    expect((await post('/v1/audio/speech', { model: 'tts-1', input: 'say' })).type).toBe('audio/mpeg');
    const drawn = JSON.parse((await post('/v1/images/generations', { model: 'gpt-image-1', prompt: 'draw' })).text);
    expect(Buffer.from(drawn.data[0].b64_json, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(mock.calls.map(({ api, model, text }) => [api, model, text])).toEqual([
      ['openai-media', 'whisper-1', ''], ['openai-media', 'tts-1', 'say'], ['openai-media', 'gpt-image-1', 'draw'],
    ]);
  });

  test('what is not understood is logged and answered 404', async () => {
    expect((await post('/v1/videos', { model: 'sora-2' })).status).toBe(404);
    expect((await fetch(`${origin}/v1/models?key=key-2`)).status).toBe(404);
    expect(mock.calls.map(({ api, model, key, outcome }) => [api, model, key, outcome])).toEqual([
      ['unknown', 'sora-2', 'key-1', 'failed'], ['unknown', undefined, 'key-2', 'failed'],
    ]);
  });

  test('an upgrade to a websocket is refused, logged, and uses no rule up', async () => {
    mock.when({ host: '127.0.0.1', times: 1 }, { status: 500 });
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/v1/responses`);
    const [error] = await once(socket, 'error');
    expect(error.message).toBe('Unexpected server response: 404');
    expect(mock.calls).toMatchObject([{ method: 'GET', path: '/v1/responses', api: 'unknown', status: 404 }]);
    expect((await post(CHAT, { model: 'm' })).status).toBe(500);
  });
});

test('what OpenClaw adds in the name of the user is not their text', async () => {
  const added = '<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nnone\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>';
  await chat({ messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', content: 'ho' }, { role: 'user', content: added }] });
  await chat({ messages: [{ role: 'user', content: `${added}\nbye` }] });
  await chat({ messages: [{ role: 'user', content: added }] });
  expect(mock.calls.map(({ text }) => text)).toEqual(['hi', 'bye', '']);
});

describe('rules', () => {
  test('the newest that matches decides, and ends after its times', async () => {
    mock.when({ model: 'm' }, { text: 'old' });
    mock.when({ model: 'm', times: 2 }, { text: 'new' });
    mock.when({ model: 'other' }, { text: 'wrong model' });
    mock.when({ key: 'key-2' }, { text: 'wrong key' });
    mock.when({ host: 'api.openai.com' }, { text: 'wrong host' });
    mock.when({ text: 'bye' }, { text: 'wrong text' });
    mock.when({ path: /messages$/ }, { text: 'wrong path' });
    expect([await chat(), await chat(), await chat()]).toEqual(['new', 'new', 'old']);
    mock.reset();
    expect(await chat()).toBe('answer of m');
    expect(mock.calls).toHaveLength(1);
  });

  test('statuses with a body, a type and headers', async () => {
    mock.when({ times: 1 }, { status: 503, body: '<h1>down</h1>', contentType: 'text/html' });
    expect(await post(CHAT, { model: 'm' })).toEqual({ status: 503, type: 'text/html', text: '<h1>down</h1>' });
    mock.when({}, { status: 429, headers: { 'retry-after': '7' } });
    const response = await fetch(origin + CHAT, { method: 'POST', body: '{}' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await response.json()).toEqual({ type: 'error', error: { type: 'rate_limit_error', code: 429, message: 'mock 429' } });
    expect(mock.calls.map(({ status, outcome }) => [status, outcome])).toEqual([[503, 'failed'], [429, 'failed']]);
  });

  test('a delayed answer is pending until then', async () => {
    mock.when({}, { delayMs: 60, chunks: 3, text: 'abc' });
    const turn = chat();
    expect((await mock.waitForCall(() => true)).outcome).toBe('pending');
    expect(await turn).toBe('abc');
    expect(mock.calls[0].outcome).toBe('answered');
  });

  test('a text shorter than its chunks is filled up', async () => {
    mock.when({}, { text: 'ab', chunks: 4, chunkDelayMs: 1 });
    const { text } = await post(CHAT, { model: 'm', stream: true });
    expect([...text.matchAll(/"content":"([^"]+)"/g)].map(([, delta]) => delta)).toEqual(['a', 'b', '.', '.']);
  });

  test('a stream keeps its last chunk back, and is alive meanwhile', async () => {
    let end = () => {};
    mock.when({}, { text: 'ab', chunks: 2, until: new Promise<void>(resolve => { end = resolve; }) });
    const { body } = await fetch(origin + CHAT, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] }),
    });
    let received = '';
    for await (const part of body!) {
      received += Buffer.from(part);
      if (received.includes(': keep-alive')) end();
    }
    expect(received.match(/"content":"[ab]"|: keep-alive/g)!.slice(0, 2)).toEqual(['"content":"a"', ': keep-alive']);
    expect(received).toContain('"content":"b"');
  });
});

describe('faults without a stream', () => {
  test('silent: read, never answered', async () => {
    mock.when({}, { fault: 'silent' });
    const caller = new AbortController();
    const turn = post(CHAT, { model: 'm' }, BEARER, caller.signal);
    const call = await mock.waitForCall(({ model }) => model === 'm');
    expect([call.outcome, call.status]).toEqual(['pending', undefined]);
    caller.abort();
    await expect(turn).rejects.toThrow('aborted');
    expect((await mock.waitForCall(({ outcome }) => outcome === 'aborted')).status).toBeUndefined();
  });

  test('reset', async () => {
    mock.when({}, { fault: 'reset' });
    await expect(post(CHAT, { model: 'm' })).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    await mock.waitForCall(({ outcome }) => outcome === 'failed');
  });

  test('cut', async () => {
    mock.when({}, { fault: 'cut' });
    await expect(post(CHAT, { model: 'm' })).rejects.toThrow('terminated');
    await mock.waitForCall(({ outcome, status }) => outcome === 'failed' && status === 200);
  });
});

describe('waitForCall', () => {
  const isModel = (model: string) => (call: Call) => call.model === model;

  test('gives a call that was, and one that comes', async () => {
    await chat();
    expect(await mock.waitForCall(isModel('m'))).toBe(mock.calls[0]);
    const later = mock.waitForCall(isModel('n'));
    await chat({ model: 'n' });
    expect(await later).toBe(mock.calls[1]);
  });

  test('lists the calls when there is none', async () => {
    await chat();
    await fetch(`${origin}/v1/models`);
    await expect(mock.waitForCall(isModel('n'), 1)).rejects.toThrow(new Error([
      'no such call within 1 ms; 2 seen',
      'POST 127.0.0.1/v1/chat/completions openai-completions m key-1 "hi" 200 answered',
      'GET 127.0.0.1/v1/models unknown - - "" 404 failed',
    ].join('\n  ')));
  });
});

describe('connections', () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  afterAll(() => agent.destroy());

  /** The answer's status, and whether it came over a connection that was used before. */
  async function call(host: string): Promise<[number | undefined, boolean]> {
    const request = http.request(origin + CHAT, { method: 'POST', agent, headers: { host } }).end('{}');
    const [response] = await once(request, 'response') as [http.IncomingMessage];
    await response.resume().toArray();
    return [response.statusCode, request.reusedSocket];
  }

  test('idle ones end at once, busy ones after their answer, those of other hosts stay', async () => {
    expect([await call('a'), await call('a')]).toEqual([[200, false], [200, true]]);
    mock.dropConnections('b');
    expect(await call('a')).toEqual([200, true]);
    const [idle] = Object.values(agent.freeSockets)[0]!;
    mock.dropConnections('a');
    await once(idle, 'close');
    mock.when({}, { delayMs: 50 });
    const busy = call('a');
    await mock.waitForCall(({ outcome }) => outcome === 'pending');
    mock.dropConnections();
    expect(await busy).toEqual([200, false]);
    if (Object.keys(agent.freeSockets).length > 0) await once(Object.values(agent.freeSockets)[0]![0], 'close');
    expect(await call('a')).toEqual([200, false]);
  });
});
