import { ATTACHMENTS } from './attachments';
import { MODELS } from './gateways';
import { scenario, since } from './scenario';
import { SharedGateway } from './shared-gateway';
import { ModelInput, Provider } from '../../src/index';
import { eventually } from '../support/eventually';

export const PRIMARY = Provider.ANTHROPIC.model('claude-sonnet-5', { contextWindow: 200_000, maxTokens: 8192, input: [ModelInput.TEXT] });
export const GPT = Provider.OPENAI.model('gpt-5.4', { alias: 'gpt' });
export const GEMINI = MODELS.google;
export const CHAIN = [PRIMARY, GPT, GEMINI, MODELS.openrouter, MODELS.azure];
export const ANSWER = { text: 'answer of claude-sonnet-5' };
/** Tools that call models of their own choice. */
const MODEL_TOOLS = ['tts', 'web_search', 'x_search', 'image_generate', 'video_generate', 'music_generate', 'node_inference', 'memory_search'];

const QUIET_MS = 3000;

/** What is promised with and without plugins. */
export function closedWays(gateway: SharedGateway): void {
  beforeAll(() => gateway.keep('MEMORY.md', 'The launch code is 4711.\n')); // which a search would embed

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

/** `/v1/embeddings` calls no model. */
export async function embeddingsOf({ paths, world }: SharedGateway): Promise<void> {
  const answers: string[] = [];
  for (const model of [undefined, 'openai/text-embedding-3-large', GPT.modelRef, 'google/gemini-embedding-001', 'text-embedding-3-small']) {
    const { status } = await paths.post('/v1/embeddings', { model: 'openclaw', input: 'hello' }, model);
    answers.push(`${model ?? 'no model'}: ${status >= 400 ? 'refused' : status}`);
  }
  expect(answers.filter(answer => !answer.endsWith('refused'))).toEqual([]);
  expect(world.providers.calls.filter(({ path }) => /embed/i.test(path))).toEqual([]);
}

/** After a while no model is called any more. */
export async function silenceOf({ world }: SharedGateway): Promise<void> {
  const start = performance.now();
  const last = () => Math.max(start, ...world.providers.calls.map(({ at }) => at));
  await eventually(`no call for ${QUIET_MS} ms`, () => performance.now() - last() > QUIET_MS);
}
