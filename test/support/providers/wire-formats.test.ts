import { MockProviders } from './mock-providers';
import { SAMPLES } from './wire-format-samples';

interface Answer { readonly status: number; readonly type: string; readonly text: string }

let mock: MockProviders;
let origin: string;

beforeAll(async () => {
  mock = await MockProviders.start({ ports: { http: [0] } });
  origin = mock.origins[0];
});
beforeEach(() => mock.reset());
afterAll(async () => mock.close());

async function post(pathname: string, body: object, headers: { [name: string]: string }): Promise<Answer> {
  const response = await fetch(origin + pathname, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

/** The JSON of each event of a stream. */
function events({ type, text }: Answer): any[] {
  expect(type).toBe('text/event-stream');
  return text.split('\n').filter(line => line.startsWith('data: {')).map(line => JSON.parse(line.slice(6)));
}

describe.each(SAMPLES)('$api', (sample) => {
  const { api, path: pathname, headers, body, result, use } = sample;
  const { text, tool, tokens, wholeText, wholeTool } = sample;
  const streamed = async (question: object = body) => events(await post(
    pathname.replace(':generateContent', ':streamGenerateContent?alt=sse'), { ...question, stream: true }, headers,
  ));

  test('answers whole and logs the call', async () => {
    const answer = await post(pathname, body, headers);
    expect(wholeText(JSON.parse(answer.text))).toBe('answer of gemini-x');
    expect(mock.calls).toHaveLength(1);
    expect(mock.calls[0]).toMatchObject({
      ...{ method: 'POST', host: '127.0.0.1', path: pathname, api, model: 'gemini-x', key: 'key-1', text: 'look', images: 1, tools: ['read'] },
      ...{ stream: false, body, outcome: 'answered', status: 200 },
    });
  });

  test('answers as a stream, in chunks', async () => {
    mock.when({}, { text: 'one two', chunks: 3 });
    const all = await streamed();
    expect(text(all)).toBe('one two');
    expect(tokens(all)).toEqual([11, 7]);
    expect(all.filter(one => text([one]) !== '')).toHaveLength(3);
    expect(mock.calls[0]).toMatchObject({ stream: true, outcome: 'answered' });
  });

  test('calls a tool once per text of the user', async () => {
    mock.when({ text: 'look' }, { tool: { name: 'read', input: { file: 'a' } }, text: 'read it' });
    expect(tool(await streamed())).toEqual(['read', { file: 'a' }]);
    expect(wholeTool(JSON.parse((await post(pathname, body, headers)).text))).toEqual(['read', { file: 'a' }]);
    const key = Object.keys(body).find(name => ['messages', 'input', 'contents'].includes(name))!;
    const after = { ...body, [key]: [...(body as any)[key], use, result] };
    expect(text(await streamed(after))).toBe('read it');
    const again = { ...after, [key]: [...(after as any)[key], (body as any)[key][0]] };
    expect(tool(await streamed(again))).toEqual(['read', { file: 'a' }]);
    const { tools, ...without } = body;
    expect(text(await streamed(without))).toBe('read it');
  });

  test('thinks aloud before the text', async () => {
    mock.when({}, { thinkingMs: 1, thinking: 'deltas', text: 'so' });
    const all = await streamed();
    expect(JSON.stringify(all.filter(one => text([one]) === ''))).toContain('thinking ');
    expect(text(all)).toBe('so');
  });

  test('keeps the stream open with signs of life', async () => {
    mock.when({}, { thinkingMs: 1, text: 'so' });
    const all = await post(pathname.replace(':generateContent', ':streamGenerateContent'), { ...body, stream: true }, headers);
    expect(all.text).toMatch(api === 'anthropic-messages' ? /^event: ping$/m : /^: keep-alive$/m);
    expect(text(events(all))).toBe('so');
  });

  test.each(['cut', 'stall'] as const)('%s in the middle of the stream', async (fault) => {
    mock.when({}, { fault, afterChunks: 2 });
    const response = await fetch(origin + pathname.replace(':generateContent', ':streamGenerateContent'), {
      method: 'POST', headers, body: JSON.stringify({ ...body, stream: true }),
    });
    const got: string[] = [];
    const reader = response.body!.getReader();
    const received = () => text(events({ status: 200, type: 'text/event-stream', text: got.join('') }));
    while (received() !== 'answer of ge') got.push(Buffer.from((await reader.read()).value!).toString());
    if (fault === 'stall') {
      expect(mock.calls[0].outcome).toBe('pending');
      await reader.cancel();
      await mock.waitForCall(({ outcome }) => outcome === 'aborted');
    } else {
      await expect(reader.read()).rejects.toThrow('terminated');
      await mock.waitForCall(({ outcome }) => outcome === 'failed');
    }
  });
});

test('a finished response of OpenAI lists the items of its stream', async () => {
  mock.when({}, { thinkingMs: 1, thinking: 'deltas' });
  const all = events(await post('/v1/responses', { model: 'm', stream: true }, {}));
  const done = all.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item);
  expect(done.map(({ type }) => type)).toEqual(['reasoning', 'message']);
  expect(all[all.length - 1].response.output).toEqual(done);
});
