import { ATTACHMENTS } from './attachments';
import { foreign } from './foreign';
import { GATEWAY_TOKEN, GatewayProps, manifestsOf, MODELS } from './gateways';
import { Paths } from './paths';
import { eventually, figure, scenario, since } from './scenario';
import { World } from './world';
import { ModelInput, Provider } from '../../src';
import { OpenClawClient } from '../support/openclaw-client';
import { describeCall } from '../support/providers/call';

const PRIMARY = Provider.ANTHROPIC.model('claude-sonnet-5', { contextWindow: 200_000, maxTokens: 8192, input: [ModelInput.TEXT] });
const GPT = Provider.OPENAI.model('gpt-5.4', { alias: 'gpt' });
const CHAIN = [PRIMARY, GPT, MODELS.google];
const ANSWER = { text: 'answer of claude-sonnet-5' };
const OUTSIDE = 'openai/gpt-4o';
const REFUSED = `model not allowed: ${OUTSIDE}`;

/** Tools that call models of their own choice. */
const MODEL_TOOLS = ['tts', 'web_search', 'x_search', 'image_generate', 'video_generate', 'music_generate', 'node_inference', 'memory_search'];

const QUIET_MS = 3000;
const timeoutMs = 300_000;

let world: World, client: OpenClawClient, paths: Paths;

/** The models that were called; what an earlier scenario set off may call the primary once more. */
const models = () => [...new Set(world.providers.calls.flatMap(({ model }) => model ?? []))];

/** A gateway that the scenarios of one group share. */
function sharedGateway(manifests: () => any[]): void {
  beforeAll(async () => {
    world = await World.open();
    await world.start(manifests());
    client = await OpenClawClient.connect('ws://127.0.0.1:18789', { token: GATEWAY_TOKEN });
    paths = new Paths(client, world.providers);
  }, timeoutMs);

  afterAll(async () => {
    await client?.close();
    await world?.close();
  });
}

/** A gateway whose every call and look-up is watched. */
function watchedGateway(props: GatewayProps): void {
  sharedGateway(() => manifestsOf(CHAIN, props));

  afterEach(() => {
    const found = foreign(world, CHAIN);
    world.providers.reset();
    world.names.asked.length = 0;
    expect(found).toEqual([]);
  });
}

async function titlesAndRecaps(): Promise<void> {
  expect(await paths.dashboardChat()).toMatchObject(ANSWER);
  if (since('2026.8.1')) await world.providers.waitForCall(({ text, tools }) => text.includes('Berlin') && tools.length === 0, 60_000);
  expect(await paths.turn(undefined, { session: 'agent:main:main' })).toMatchObject(ANSWER);
  expect(models()).toEqual([PRIMARY.id]);
}

async function heartbeat(): Promise<void> {
  const event = client.waitForEvent('heartbeat', () => true, 60_000);
  await client.request('wake', { mode: 'now', text: 'wake up' });
  await event;
  expect(models()).toEqual([PRIMARY.id]);
}

async function noHeartbeat(): Promise<void> {
  await client.request('wake', { mode: 'now', text: 'wake up' });
  await paths.turn();
  expect(await client.request('last-heartbeat')).toBeNull();
  expect(models()).toEqual([PRIMARY.id]);
}

async function attached(kind: string): Promise<void> {
  expect(await paths.turn(`see this ${kind}`, { attachments: [ATTACHMENTS[kind]] })).toMatchObject(ANSWER);
  expect(models()).toEqual([PRIMARY.id]);
}

async function noModelTools(): Promise<void> {
  const tools = await paths.tools();
  expect(tools).toContain('sessions_spawn');
  expect(tools.filter(tool => MODEL_TOOLS.includes(tool))).toEqual([]);
}

async function noSpeech(): Promise<void> {
  await expect(client.request('tts.convert', { text: 'hello' })).rejects.toThrow('TTS conversion failed');
  const session = paths.session();
  await paths.turn('first', { session });
  await client.turn('/tts audio hello', { session });
  await client.turn('/tts on', { session });
  try {
    expect(await paths.turn('second', { session })).toMatchObject(ANSWER);
  } finally {
    await client.turn('/tts off', { session });
  }
  expect(models()).toEqual([PRIMARY.id]);
}

async function noEmbeddings(): Promise<void> {
  const embed = (model?: string) => paths.post('/v1/embeddings', { model: 'openclaw', input: 'hello' }, model);
  for (const model of [undefined, 'openai/text-embedding-3-large', 'openai/gpt-5.4', 'google/gemini-embedding-001', 'text-embedding-3-small']) {
    expect(`${model}: ${(await embed(model)).status}`).toMatch(/: (400|500)$/);
  }
  expect(world.providers.calls.filter(({ path }) => /embed/i.test(path))).toEqual([]);
}

async function quiet(): Promise<void> {
  const start = performance.now();
  const last = () => Math.max(start, ...world.providers.calls.map(({ at }) => at));
  await eventually(`no call for ${QUIET_MS} ms`, () => performance.now() - last() > QUIET_MS);
}

describe('allowlist', () => {
  watchedGateway({ httpApi: true });

  scenario('a turn, in the chat or over HTTP, calls the primary', async () => {
    expect(await paths.turn()).toMatchObject(ANSWER);
    expect(await paths.post('/v1/chat/completions', { model: 'openclaw', messages: [{ role: 'user', content: 'hello' }] })).toMatchObject({ status: 200 });
    expect(await paths.post('/v1/responses', { model: 'openclaw', input: 'hello' })).toMatchObject({ status: 200 });
    expect(models()).toEqual([PRIMARY.id]);
  });

  scenario('titles of sessions and recaps call no model but the primary', titlesAndRecaps);

  scenario('a heartbeat that is asked for calls the primary', heartbeat, {
    limit: { since: '2026.8.1', before: 'there is none', body: noHeartbeat },
  });

  scenario('a subagent calls the primary', async () => {
    const { told, task } = await paths.subagent();
    expect(told).toContain('accepted');
    await world.providers.waitForCall(call => call.text.includes(task) && call.outcome === 'answered', 60_000);
    expect(models()).toEqual([PRIMARY.id]);
  });

  scenario('a subagent with a model outside the allowlist is refused', async () => {
    const { told } = await paths.subagent({ model: OUTSIDE });
    expect(told).toContain(REFUSED);
  }, {
    limit: {
      since: '2026.8.1',
      before: 'it runs on the primary',
      body: async () => {
        const { task } = await paths.subagent({ model: OUTSIDE });
        expect(await world.providers.waitForCall(call => call.text.includes(task), 60_000)).toMatchObject({ model: PRIMARY.id });
      },
    },
  });

  scenario('a scheduled job calls the primary; with a model outside the allowlist it is refused', async () => {
    expect(await paths.job()).toMatchObject({ summary: ANSWER.text });
    expect(models()).toEqual([PRIMARY.id]);
    expect(await paths.job(OUTSIDE)).toMatchObject({ status: 'error', error: expect.stringContaining(`${OUTSIDE} is not in [`) });
    expect(models()).toEqual([PRIMARY.id]);
  });

  scenario.each(Object.keys(ATTACHMENTS), kind => `an attached ${kind} is given to no model beside the primary`, attached);

  scenario('tools that choose models by themselves are offered to no agent', noModelTools);

  scenario('speech that a user asks for calls no model', noSpeech);

  scenario('/v1/embeddings calls no model, whichever is asked for', noEmbeddings);

  scenario('/model takes a model of the allowlist, also by its alias, for one session', async () => {
    const session = paths.session();
    await paths.turn('first', { session });
    expect(await paths.turn('/model gpt', { session })).toMatchObject({ text: expect.stringMatching(/^Model set to .*openai\/gpt-5\.4\b.* for this session/) });
    expect(await paths.turn('second', { session })).toMatchObject({ text: 'answer of gpt-5.4' });
    expect(await paths.turn()).toMatchObject(ANSWER);
    expect(await paths.turn('/model google/gemini-2.5-flash-lite', { session })).toMatchObject({ text: expect.stringContaining('Model set to') });
    expect(await paths.turn('third', { session })).toMatchObject({ text: 'answer of gemini-2.5-flash-lite' });
  });

  scenario('/model with a model outside the allowlist is refused in words; the session stays as it was', async () => {
    const session = paths.session();
    await paths.turn('first', { session });
    expect((await paths.turn(`/model ${OUTSIDE}`, { session })).text).toMatch(`Model "${OUTSIDE}" is not allowed.`);
    expect(await paths.turn('second', { session })).toMatchObject(ANSWER);
  });

  scenario('sessions, runs and requests that name a model outside the allowlist are refused in words', async () => {
    const session = paths.session();
    await paths.turn('first', { session });
    world.providers.reset();
    await expect(client.request('sessions.patch', { key: session, model: OUTSIDE })).rejects.toThrow(REFUSED);
    await expect(client.request('sessions.create', { agentId: 'main', model: OUTSIDE })).rejects.toThrow(REFUSED);
    expect(await paths.run(OUTSIDE)).toMatchObject({
      status: 'error', error: expect.stringContaining(`Model override "${OUTSIDE}" is not allowed for agent "main"`),
    });
    for (const [path, body] of [['/v1/chat/completions', { messages: [{ role: 'user', content: 'hello' }] }], ['/v1/responses', { input: 'hello' }]] as const) {
      expect(await paths.post(path, { model: 'openclaw', ...body }, OUTSIDE))
        .toMatchObject({ status: 400, body: { error: { message: `Model '${OUTSIDE}' is not allowed for agent 'main'.` } } });
      expect(await paths.post(path, { model: OUTSIDE, ...body }))
        .toMatchObject({ status: 400, body: { error: { message: 'Invalid `model`. Use `openclaw` or `openclaw/<agentId>`.' } } });
    }
    expect(models().filter(id => id !== PRIMARY.id)).toEqual([]);
    expect(await paths.turn('second', { session })).toMatchObject(ANSWER);
  });

  scenario('sessions, runs and requests may name a model of the allowlist', async () => {
    const { key } = await client.request('sessions.create', { agentId: 'main', model: GPT.modelRef });
    expect(await paths.turn('hello', { session: key })).toMatchObject({ text: 'answer of gpt-5.4' });
    expect(await paths.run(GPT.modelRef)).toMatchObject({ status: 'ok' });
    const body = { model: 'openclaw', messages: [{ role: 'user', content: 'hello' }] };
    expect(await paths.post('/v1/chat/completions', body, GPT.modelRef)).toMatchObject({ status: 200 });
    expect(models()).toContain(GPT.id);
  });

  scenario('/compact and /new stay with the primary', async () => {
    const session = paths.session();
    for (const text of ['first', 'second']) await paths.turn(`${text} ${'word '.repeat(500)}`, { session });
    world.providers.reset();
    expect((await paths.turn('/compact', { session })).text).toContain('Compact');
    expect(await paths.turn('/new', { session })).toMatchObject({ text: '✅ New session started.' });
    expect(await paths.turn(`/new ${OUTSIDE}`, { session })).toMatchObject(ANSWER);
    expect(await paths.turn('third', { session })).toMatchObject(ANSWER);
    expect(models()).toEqual([PRIMARY.id]);
  });

  scenario('a gateway that nobody asks for anything calls no model', quiet);
});

describe('allowlist with plugins', () => {
  const props = { plugins: ['telegram'] };
  watchedGateway({ ...props, httpApi: since('2026.8.1') });

  scenario('titles of sessions and recaps call no model but the primary', titlesAndRecaps);

  scenario('an attached image is given to no model beside the primary', () => attached('image'));

  scenario('tools that choose models by themselves are offered to no agent', noModelTools);

  scenario('speech that a user asks for calls no model', noSpeech);

  scenario('/v1/embeddings calls no model, whichever is asked for', noEmbeddings, {
    limit: {
      since: '2026.8.1',
      before: 'refused when synthesised',
      body: async () => expect(() => manifestsOf(CHAIN, { ...props, httpApi: true })).toThrow('leaves /v1/embeddings open to any model'),
    },
  });

  scenario('a gateway that nobody asks for anything calls no model', quiet);
});

/** A gateway as it would be without the settings that close ways to other models. */
function opened(manifests: any[]): any[] {
  return manifests.map(object => {
    if (!object.data?.['openclaw.json']) return object;
    const config = JSON.parse(object.data['openclaw.json']);
    for (const section of ['memory', 'tools', 'plugins']) delete config[section];
    for (const slot of ['utilityModel', 'imageModel', 'pdfModel']) delete config.agents.defaults[slot];
    return { ...object, data: { ...object.data, 'openclaw.json': JSON.stringify(config) } };
  });
}

if (since('2026.9.6')) {
  describe('allowlist, without what closes the other ways to a model', () => {
    sharedGateway(() => opened(manifestsOf(CHAIN, { httpApi: true })));

    const embed = (model?: string) => paths.post('/v1/embeddings', { model: 'openclaw', input: 'hello' }, model);
    const see = (kind: string) => paths.turn(`see this ${kind}`, { attachments: [ATTACHMENTS[kind]] });
    const ways: { [way: string]: [() => Promise<unknown>, string, RegExp] } = {
      'a title': [() => paths.dashboardChat(), 'claude-haiku-4-5', /^what is the weather/],
      'a recap': [() => paths.turn(), 'claude-haiku-4-5', /previousRecap/],
      'an attached image': [() => see('image'), 'claude-opus-5', /^/],
      'an attached recording': [() => see('recording'), 'gemini-3-flash-preview', /^/],
      'a memory search': [() => paths.tool('memory_search', { query: 'berlin' }), 'text-embedding-3-small', /^berlin$/],
      'speech': [() => paths.tool('tts', { text: 'hello' }), 'gemini-3.1-flash-tts-preview', /^hello$/],
      '/v1/embeddings': [() => embed(), 'text-embedding-3-small', /^hello$/],
      '/v1/embeddings with a model': [() => embed('openai/text-embedding-3-large'), 'text-embedding-3-large', /^hello$/],
    };

    scenario('is where the same ways are seen to call other models', async () => {
      for (const [way, [take, model, text]] of Object.entries(ways)) {
        world.providers.reset();
        await take();
        const call = await world.providers.waitForCall(each => each.model === model && text.test(each.text), 60_000);
        expect({ way, found: foreign(world, CHAIN) }).toEqual({ way, found: expect.arrayContaining([describeCall(call)]) });
      }
      figure('ways to models outside the allowlist that the library closes', Object.keys(ways).length, 'calls');
    }, { timeoutMs });
  });
}
