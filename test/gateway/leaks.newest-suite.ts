import { ATTACHMENTS } from './attachments';
import { PRIMARY } from './closed-ways';
import { foreign } from './foreign';
import { manifestsOf, MODELS } from './gateways';
import { opened } from './opened';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { ModelGuard } from '../../src/index';
import { describeCall } from '../support/providers/call';

const CHAIN = [PRIMARY, MODELS.openai, MODELS.google];

// shows that the suite of the allowlist can see a leak
describe('without what closes other ways to a model', () => {
  const gateway = new SharedGateway(() => opened(manifestsOf(CHAIN, { httpApi: true, guard: ModelGuard.none() })));

  const see = (kind: string) => gateway.paths.turn(`see this ${kind}`, { attachments: [ATTACHMENTS[kind]] });
  const embed = (model?: string) => gateway.paths.post('/v1/embeddings', { model: 'openclaw', input: 'hello' }, model);
  const ways: { [way: string]: [() => Promise<unknown>, string, RegExp] } = {
    'a title': [() => gateway.paths.dashboardChat(), 'claude-haiku-4-5', /^what is the weather/],
    'a recap': [() => gateway.paths.turn(), 'claude-haiku-4-5', /previousRecap/],
    'an attached image': [() => see('image'), 'claude-opus-5', /^/],
    'an attached recording': [() => see('recording'), 'gemini-3-flash-preview', /^/],
    'a memory search': [() => gateway.paths.tool('memory_search', { query: 'berlin' }), 'text-embedding-3-small', /^berlin$/],
    'speech': [() => gateway.paths.tool('tts', { text: 'hello' }), 'gemini-3.1-flash-tts-preview', /^hello$/],
    '/v1/embeddings': [() => embed(), 'text-embedding-3-small', /^hello$/],
    '/v1/embeddings with a model': [() => embed('openai/text-embedding-3-large'), 'text-embedding-3-large', /^hello$/],
  };

  scenario('the suite sees the calls outside the allowlist', async () => {
    for (const [way, [take, model, text]] of Object.entries(ways)) {
      gateway.world.providers.reset();
      await take();
      const call = await gateway.world.providers.waitForCall(each => each.model === model && text.test(each.text), 60_000);
      expect({ way, found: foreign(gateway.world, CHAIN) }).toEqual({ way, found: expect.arrayContaining([describeCall(call)]) });
    }
  }, { timeoutMs: 300_000 });
});
