import { Duration } from 'cdk8s';
import { ATTACHMENTS } from './attachments';
import { manifestsOf, MODELS } from './gateways';
import { scenario, since } from './scenario';
import { SharedGateway } from './shared-gateway';
import { Model, ModelInput, Provider } from '../../src/index';

const FACTS = { contextWindow: 128_000, maxTokens: 8192 };
const PRIMARY = MODELS.deepseek;
const CHAIN = [PRIMARY, MODELS.xai];
const IMAGE = Provider.OPENAI.model('gpt-5.4-mini', { ...FACTS, input: [ModelInput.TEXT, ModelInput.IMAGE] });
const PDF = MODELS.anthropic;
const UTILITY = MODELS.groq;
const HEARTBEAT = MODELS.openrouter;
const EMBEDDINGS = Provider.OPENAI.model('text-embedding-3-large');
const ANSWER = { text: `answer of ${PRIMARY.id}` };
const WORKSPACE = '/home/node/.openclaw/workspace';
const utilityExists = since('2026.7.1');

describe('model slots', () => {
  const gateway = new SharedGateway(() => manifestsOf(CHAIN, {
    modelSlots: {
      image: IMAGE,
      pdf: PDF,
      ...utilityExists && { utility: UTILITY },
      heartbeat: { every: Duration.hours(1), model: HEARTBEAT },
      memoryEmbeddings: EMBEDDINGS,
    },
    extraConfig: { agents: { defaults: { heartbeat: { target: 'none' } } } }, // newer versions skip one that has nowhere to go
  })).allowOnly([...CHAIN, IMAGE, PDF, HEARTBEAT, EMBEDDINGS, ...utilityExists ? [UTILITY] : []]);

  beforeAll(() => {
    gateway.keep('MEMORY.md', 'The launch code is 4711.\n');
    gateway.keep('HEARTBEAT.md', '- look after the plants\n'); // older versions skip a heartbeat that has nothing to do
    gateway.keep('a.pdf', ATTACHMENTS.PDF.content);
  });

  /** Calls of a slot's model so far. */
  const callsOf = (slot: Model) => gateway.world.providers.calls.filter(({ model }) => model === slot.id);

  /** The models that were called, but for those of recaps and of the memory's index, which may come at any time. */
  const modelsOfTurns = () => gateway.models().filter(id => ![UTILITY.id, EMBEDDINGS.id].includes(id));

  scenario('a turn calls the primary; beside it no slot but those for recaps and memory', async () => {
    expect(await gateway.paths.turn()).toMatchObject(ANSWER);
    expect(modelsOfTurns()).toEqual([PRIMARY.id]);
  });

  scenario('image: describes an attached image to a primary that takes text only', async () => {
    gateway.world.providers.when({ model: IMAGE.id }, { text: 'a red square' });
    expect(await gateway.paths.turn('what is this', { attachments: [ATTACHMENTS.image] })).toMatchObject(ANSWER);
    expect(callsOf(IMAGE).map(({ images, key }) => ({ images, key }))).toEqual([{ images: 1, key: 'key-of-OPENAI_API_KEY' }]);
    expect(callsOf(PRIMARY).map(({ images }) => images)).toEqual([0]);
    expect(JSON.stringify(callsOf(PRIMARY)[0].body)).toContain('a red square');
    expect(modelsOfTurns()).toEqual([PRIMARY.id, IMAGE.id].sort());
  });

  scenario('image: when its model fails, no other one sees the image', async () => {
    gateway.world.providers.when({ model: IMAGE.id }, { status: 500 });
    expect(await gateway.paths.turn('what is this', { attachments: [ATTACHMENTS.image] })).toMatchObject(ANSWER);
    expect(callsOf(IMAGE)[0]).toMatchObject({ images: 1, status: 500 });
    expect(gateway.world.providers.calls.filter(({ images, model }) => images > 0 && model !== IMAGE.id)).toEqual([]);
    expect(modelsOfTurns()).toEqual([PRIMARY.id, IMAGE.id].sort());
  });

  scenario('pdf: reads a PDF file for the PDF tool', async () => {
    await gateway.paths.tool('pdf', { pdf: `${WORKSPACE}/a.pdf`, prompt: 'summarise' });
    expect(callsOf(PDF)[0]).toMatchObject({ key: 'key-of-ANTHROPIC_API_KEY', tools: [] });
    expect(JSON.stringify(callsOf(PDF)[0].body)).toContain('application/pdf');
    expect(modelsOfTurns()).toEqual([PDF.id, PRIMARY.id].sort());
  });

  scenario('utility: writes the titles of sessions', async () => {
    expect(await gateway.paths.dashboardChat()).toMatchObject(ANSWER);
    await gateway.world.providers.waitForCall(({ model, text }) => model === UTILITY.id && text.includes('Berlin'), 60_000);
    expect(modelsOfTurns()).toEqual([PRIMARY.id]);
  }, {
    limit: {
      since: '2026.7.1',
      before: 'there is no such slot',
      body: async () => expect(() => manifestsOf(CHAIN, { modelSlots: { utility: UTILITY } })).toThrow('[version-unsupported]'),
    },
  });

  scenario('heartbeat: takes the turns that the gateway takes by itself', async () => {
    await gateway.client.request('wake', { mode: 'now', text: 'wake up' });
    const { tools } = await gateway.world.providers.waitForCall(({ model, outcome }) => model === HEARTBEAT.id && outcome === 'answered', 90_000);
    expect(tools.length).toBeGreaterThan(0);
    expect(modelsOfTurns()).toEqual([HEARTBEAT.id]);
  });

  scenario('memoryEmbeddings: makes the vectors of a memory search', async () => {
    await gateway.paths.tool('memory_search', { query: 'launch code' });
    const { key } = await gateway.world.providers.waitForCall(({ api, model }) => api === 'openai-embeddings' && model === EMBEDDINGS.id, 60_000);
    expect(key).toBe('key-of-OPENAI_API_KEY');
    expect(callsOf(EMBEDDINGS).filter(({ api }) => api !== 'openai-embeddings')).toEqual([]);
    expect(modelsOfTurns()).toEqual([PRIMARY.id]);
  });

  scenario('/model takes no model of a slot', async () => {
    const session = gateway.paths.session();
    await gateway.paths.turn('first', { session });
    for (const { modelRef } of [IMAGE, PDF, EMBEDDINGS]) {
      expect((await gateway.paths.turn(`/model ${modelRef}`, { session })).text).toMatch(`Model "${modelRef}" is not allowed.`);
    }
    expect(await gateway.paths.turn('second', { session })).toMatchObject(ANSWER);
    expect(modelsOfTurns()).toEqual([PRIMARY.id]);
  });
});
