import { ANSWER, CHAIN, closedWays, embeddingsOf, GEMINI, GPT, PRIMARY, silenceOf } from './closed-ways';
import { manifestsOf } from './gateways';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';

const OUTSIDE = 'openai/gpt-4o';
const REFUSED = `model not allowed: ${OUTSIDE}`;

const HTTP_TURNS: [string, object][] = [
  ['/v1/chat/completions', { messages: [{ role: 'user', content: 'hello' }] }],
  ['/v1/responses', { input: 'hello' }],
];

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
