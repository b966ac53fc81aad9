import { ATTACHMENTS } from './attachments';
import { manifestsOf, MODELS } from './gateways';
import { eventually, scenario, since } from './scenario';
import { SharedGateway } from './shared-gateway';
import { ModelInput, Provider } from '../../src';

const PRIMARY = Provider.ANTHROPIC.model('claude-sonnet-5', { contextWindow: 200_000, maxTokens: 8192, input: [ModelInput.TEXT] });
const GPT = Provider.OPENAI.model('gpt-5.4', { alias: 'gpt' });
const GEMINI = MODELS.google;
const CHAIN = [PRIMARY, GPT, GEMINI, MODELS.openrouter];
const ANSWER = { text: 'answer of claude-sonnet-5' };
const OUTSIDE = 'openai/gpt-4o';
const REFUSED = `model not allowed: ${OUTSIDE}`;

const HTTP_TURNS: [string, object][] = [
  ['/v1/chat/completions', { messages: [{ role: 'user', content: 'hello' }] }],
  ['/v1/responses', { input: 'hello' }],
];

/** Tools that call models of their own choice. */
const MODEL_TOOLS = ['tts', 'web_search', 'x_search', 'image_generate', 'video_generate', 'music_generate', 'node_inference', 'memory_search'];

const QUIET_MS = 3000;

/** What is promised with and without plugins. */
function closedWays(gateway: SharedGateway): void {
  scenario('titles of sessions and recaps call no model but the primary', async () => {
    const { paths, world } = gateway;
    expect(await paths.dashboardChat()).toMatchObject(ANSWER);
    if (since('2026.8.1')) await world.providers.waitForCall(({ text, tools }) => text.includes('Berlin') && tools.length === 0, 60_000);
    expect(await paths.turn(undefined, { session: 'agent:main:main' })).toMatchObject(ANSWER);
    expect(gateway.models()).toEqual([PRIMARY.id]);
  });

  scenario.each(Object.keys(ATTACHMENTS), kind => `an attached ${kind} is given to no model beside the primary`, async (kind) => {
    expect(await gateway.paths.turn(`see this ${kind}`, { attachments: [ATTACHMENTS[kind]] })).toMatchObject(ANSWER);
    expect(gateway.models()).toEqual([PRIMARY.id]);
  });

  scenario('tools that choose models by themselves are offered to no agent', async () => {
    const tools = await gateway.paths.tools();
    expect(tools).toContain('sessions_spawn');
    expect(tools.filter(tool => MODEL_TOOLS.includes(tool))).toEqual([]);
  });

  scenario('speech that a user asks for calls no model', async () => {
    const { client, paths } = gateway;
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
    expect(gateway.models()).toEqual([PRIMARY.id]);
  });
}

async function embeddingsOf({ paths, world }: SharedGateway): Promise<void> {
  const answers: string[] = [];
  for (const model of [undefined, 'openai/text-embedding-3-large', GPT.modelRef, 'google/gemini-embedding-001', 'text-embedding-3-small']) {
    const { status } = await paths.post('/v1/embeddings', { model: 'openclaw', input: 'hello' }, model);
    answers.push(`${model ?? 'no model'}: ${status >= 400 ? 'refused' : status}`);
  }
  expect(answers.filter(answer => !answer.endsWith('refused'))).toEqual([]);
  expect(world.providers.calls.filter(({ path }) => /embed/i.test(path))).toEqual([]);
}

async function silenceOf({ world }: SharedGateway): Promise<void> {
  const start = performance.now();
  const last = () => Math.max(start, ...world.providers.calls.map(({ at }) => at));
  await eventually(`no call for ${QUIET_MS} ms`, () => performance.now() - last() > QUIET_MS);
}

describe('allowlist', () => {
  const gateway = new SharedGateway(() => manifestsOf(CHAIN, { httpApi: true })).allowOnly(CHAIN);

  scenario('a turn, in the chat or over HTTP, calls the primary', async () => {
    const { paths } = gateway;
    expect(await paths.turn()).toMatchObject(ANSWER);
    for (const [path, body] of HTTP_TURNS) expect(await paths.post(path, { model: 'openclaw', ...body })).toMatchObject({ status: 200 });
    expect(gateway.models()).toEqual([PRIMARY.id]);
  });

  closedWays(gateway);

  scenario('/v1/embeddings calls no model, whichever is asked for', () => embeddingsOf(gateway));

  scenario('a heartbeat that is asked for calls the primary', async () => {
    const event = gateway.client.waitForEvent('heartbeat', () => true, 60_000);
    await gateway.client.request('wake', { mode: 'now', text: 'wake up' });
    await event;
    expect(gateway.models()).toEqual([PRIMARY.id]);
  }, {
    limit: {
      since: '2026.8.1',
      before: 'there is none',
      body: async () => {
        await gateway.client.request('wake', { mode: 'now', text: 'wake up' });
        await gateway.paths.turn();
        expect(await gateway.client.request('last-heartbeat')).toBeNull();
      },
    },
  });

  scenario('a subagent calls the primary', async () => {
    const { told, task } = await gateway.paths.subagent();
    expect(told).toContain('accepted');
    await gateway.world.providers.waitForCall(call => call.text.includes(task) && call.outcome === 'answered', 60_000);
    expect(gateway.models()).toEqual([PRIMARY.id]);
  });

  scenario('a subagent with a model outside the allowlist is refused', async () => {
    const { told } = await gateway.paths.subagent({ model: OUTSIDE });
    expect(told).toContain(REFUSED);
  }, {
    limit: {
      since: '2026.8.1',
      before: 'it runs on the primary',
      body: async () => {
        const { task } = await gateway.paths.subagent({ model: OUTSIDE });
        expect(await gateway.world.providers.waitForCall(call => call.text.includes(task), 60_000)).toMatchObject({ model: PRIMARY.id });
      },
    },
  });

  scenario('a scheduled job calls the primary; with a model outside the allowlist it is refused', async () => {
    expect(await gateway.paths.job()).toMatchObject({ summary: ANSWER.text });
    expect(gateway.models()).toEqual([PRIMARY.id]);
    expect(await gateway.paths.job(OUTSIDE)).toMatchObject({ status: 'error', error: expect.stringContaining(`${OUTSIDE} is not in [`) });
    expect(gateway.models()).toEqual([PRIMARY.id]);
  });

  scenario('/model takes a model of the allowlist, also by its alias, for one session', async () => {
    const { paths } = gateway;
    const session = paths.session();
    await paths.turn('first', { session });
    expect((await paths.turn('/model gpt', { session })).text).toMatch(/^Model set to .*openai\/gpt-5\.4\b.* for this session/);
    expect(await paths.turn('second', { session })).toMatchObject({ text: 'answer of gpt-5.4' });
    expect(await paths.turn()).toMatchObject(ANSWER);
    expect((await paths.turn(`/model ${GEMINI.modelRef}`, { session })).text).toMatch(/^Model set to .* for this session/);
    expect(await paths.turn('third', { session })).toMatchObject({ text: `answer of ${GEMINI.id}` });
  });

  scenario('/model with a model outside the allowlist is refused in words; the session stays as it was', async () => {
    const { paths } = gateway;
    const session = paths.session();
    await paths.turn('first', { session });
    expect((await paths.turn(`/model ${OUTSIDE}`, { session })).text).toMatch(`Model "${OUTSIDE}" is not allowed.`);
    expect(await paths.turn('second', { session })).toMatchObject(ANSWER);
  });

  scenario('sessions, runs and requests that name a model outside the allowlist are refused in words', async () => {
    const { client, paths } = gateway;
    const session = paths.session();
    await paths.turn('first', { session });
    await expect(client.request('sessions.patch', { key: session, model: OUTSIDE })).rejects.toThrow(REFUSED);
    await expect(client.request('sessions.create', { agentId: 'main', model: OUTSIDE })).rejects.toThrow(REFUSED);
    expect(await paths.run(OUTSIDE)).toMatchObject({
      status: 'error', error: expect.stringContaining(`Model override "${OUTSIDE}" is not allowed for agent "main"`),
    });
    for (const [path, body] of HTTP_TURNS) {
      expect(await paths.post(path, { model: 'openclaw', ...body }, OUTSIDE))
        .toMatchObject({ status: 400, body: { error: { message: `Model '${OUTSIDE}' is not allowed for agent 'main'.` } } });
      expect(await paths.post(path, { model: OUTSIDE, ...body }))
        .toMatchObject({ status: 400, body: { error: { message: 'Invalid `model`. Use `openclaw` or `openclaw/<agentId>`.' } } });
    }
    expect(await paths.turn('second', { session })).toMatchObject(ANSWER);
    expect(gateway.models()).toEqual([PRIMARY.id]);
  });

  scenario('sessions, runs and requests may name a model of the allowlist', async () => {
    const { client, paths, world } = gateway;
    const { key } = await client.request('sessions.create', { agentId: 'main', model: GPT.modelRef });
    expect(await paths.turn('hello', { session: key })).toMatchObject({ text: 'answer of gpt-5.4' });
    for (const ask of [
      () => paths.run(GPT.modelRef),
      ...HTTP_TURNS.map(([path, body]) => () => paths.post(path, { model: 'openclaw', ...body }, GPT.modelRef)),
    ]) {
      world.providers.reset();
      await ask();
      expect(gateway.models()).toContain(GPT.id);
    }
  });

  scenario('/compact and /new stay with the primary', async () => {
    const { paths, world } = gateway;
    const session = paths.session();
    for (const text of ['first', 'second']) await paths.turn(`${text} ${'word '.repeat(500)}`, { session });
    world.providers.reset();
    expect((await paths.turn('/compact', { session })).text).toContain('Compact');
    expect(gateway.models()).toEqual([PRIMARY.id]);
    expect(await paths.turn('/new', { session })).toMatchObject({ text: '✅ New session started.' });
    expect(await paths.turn(`/new ${OUTSIDE}`, { session })).toMatchObject(ANSWER);
    expect(await paths.turn('third', { session })).toMatchObject(ANSWER);
    expect(gateway.models()).toEqual([PRIMARY.id]);
  });

  scenario('a gateway that nobody asks for anything calls no model', () => silenceOf(gateway));
});

describe('allowlist with plugins', () => {
  const props = { plugins: ['telegram'] };
  const gateway = new SharedGateway(() => manifestsOf(CHAIN, { ...props, httpApi: since('2026.8.1') })).allowOnly(CHAIN);

  closedWays(gateway);

  scenario('/v1/embeddings calls no model, whichever is asked for', () => embeddingsOf(gateway), {
    limit: {
      since: '2026.8.1',
      before: 'refused when synthesised',
      body: async () => expect(() => manifestsOf(CHAIN, { ...props, httpApi: true })).toThrow('leaves /v1/embeddings open to any model'),
    },
  });

  scenario('a gateway that nobody asks for anything calls no model', () => silenceOf(gateway));
});
