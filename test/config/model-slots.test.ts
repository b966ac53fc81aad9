import { Duration } from 'cdk8s';
import { ModelAllowlist, ModelInput, ModelSlots, OpenClawDeploymentProps, OpenClawVersion, Preset, Provider } from '../../src/index';
import { releasesFor } from '../../src/release/releases';
import { configOf, GPT, keysOf, newChain, newChart, newGateway, objects, SONNET } from '../support/gateway';

const FACTS = { contextWindow: 128_000, maxTokens: 8_192 };
const TEXT = Provider.DEEPSEEK.model('deepseek-chat', FACTS);
const VISION = Provider.OPENROUTER.model('qwen/qwen-vl', { ...FACTS, input: [ModelInput.TEXT, ModelInput.IMAGE] });
const EMBEDDINGS = Provider.OPENAI.model('text-embedding-3-small');
const RELEASES = releasesFor('gateway');
const off = { enabled: false };

function gatewayWith(modelSlots: ModelSlots | undefined, props: Partial<OpenClawDeploymentProps> = {}) {
  const chart = newChart();
  const named = [modelSlots?.image, modelSlots?.pdf, modelSlots?.utility, modelSlots?.heartbeat?.model, modelSlots?.memoryEmbeddings];
  const providers = new Set([TEXT.provider, GPT.provider, ...named.flatMap(model => model?.provider ?? [])]);
  return newGateway(chart, { chain: newChain(chart, [TEXT, GPT]), providerSecrets: keysOf(chart, ...providers), modelSlots, ...props });
}

/** What decides about slots in the configuration. */
function slotsOf(modelSlots?: ModelSlots, release = '2026.9.6', props: Partial<OpenClawDeploymentProps> = {}) {
  const { agents: { defaults }, memory, tools, plugins } = configOf(gatewayWith(modelSlots, { version: OpenClawVersion.of(release), ...props }));
  const { heartbeat, utilityModel, imageModel, pdfModel, memorySearch } = defaults;
  return { heartbeat, utilityModel, imageModel, pdfModel, search: memory?.search ?? memorySearch, describes: tools.media.image, plugins };
}

const CLOSED = {
  heartbeat: { every: '0m' },
  utilityModel: '',
  imageModel: { primary: GPT.modelRef, fallbacks: [] },
  pdfModel: { primary: GPT.modelRef, fallbacks: [] },
  search: { provider: 'none' },
  describes: off,
  plugins: off,
};

test.each([Preset.PROD, Preset.DEV])('closed unless named, under $name', preset => {
  expect(slotsOf(undefined, '2026.9.6', { preset })).toEqual(CLOSED);
  expect(slotsOf({}, '2026.9.6', { preset })).toEqual(CLOSED);
});

test('a slot opens itself and no other', () => {
  expect(slotsOf({ image: VISION })).toEqual({ ...CLOSED, imageModel: { primary: VISION.modelRef, fallbacks: [] }, describes: { enabled: true } });
  expect(slotsOf({ pdf: VISION })).toEqual({ ...CLOSED, pdfModel: { primary: VISION.modelRef, fallbacks: [] } });
  expect(slotsOf({ utility: VISION })).toEqual({ ...CLOSED, utilityModel: VISION.modelRef });
  expect(slotsOf({ heartbeat: { every: Duration.hours(2) } })).toEqual({ ...CLOSED, heartbeat: { every: '120m' } });
  expect(slotsOf({ heartbeat: { every: Duration.minutes(30), model: VISION } }))
    .toEqual({ ...CLOSED, heartbeat: { every: '30m', model: VISION.modelRef } });
});

describe.each(RELEASES)('memory search on %s', release => {
  const { search, plugins } = slotsOf({ memoryEmbeddings: EMBEDDINGS }, release);

  test('names its provider and its model, and no other to move on to', () => {
    expect(search).toEqual({ provider: 'openai', model: 'text-embedding-3-small', fallback: 'none' });
  });

  test('takes its plugin and no other, without turns at night', () => {
    expect(plugins).toMatchObject({ enabled: true, allow: ['memory-core'], slots: { memory: 'memory-core' } });
    expect(plugins.entries['memory-core']).toEqual({ enabled: true, config: { dreaming: off } });
  });
});

test('beside other plugins the one for memory is one more', () => {
  expect(slotsOf({ memoryEmbeddings: EMBEDDINGS }, '2026.9.6', { plugins: ['telegram'] }).plugins.allow).toEqual(['telegram', 'memory-core']);
});

test('a model of a slot gets its row, one for memory none, and neither can be asked for', () => {
  const embed = Provider.MISTRAL.model('mistral-embed');
  const { models, agents } = configOf(gatewayWith({ image: VISION, memoryEmbeddings: embed }));
  expect(models.providers.openrouter.models.map((row: any) => row.id)).toEqual(['qwen/qwen-vl']);
  expect(models.providers.mistral).toMatchObject({ apiKey: { id: '/MISTRAL_API_KEY' }, models: [] });
  expect(agents.defaults.modelPolicy.allow).toEqual([TEXT.modelRef, GPT.modelRef]);
});

test('the model of a heartbeat is permitted by default, as OpenClaw would not call it else', () => {
  const allowed = (preset: Preset) =>
    configOf(gatewayWith({ heartbeat: { every: Duration.minutes(30), model: VISION } }, { preset })).agents.defaults.modelPolicy.allow;
  expect(allowed(Preset.PROD)).toEqual([TEXT.modelRef, GPT.modelRef, VISION.modelRef]);
  expect(allowed(Preset.DEV)).toEqual([VISION.modelRef, 'deepseek/*', 'openai/*']);
});

test('before 2026.8.1 a model of a slot is not in the map that is the allowlist either', () => {
  const { agents } = configOf(gatewayWith({ image: VISION }, { version: OpenClawVersion.V2026_7_1 }));
  expect(Object.keys(agents.defaults.models)).toEqual([TEXT.modelRef, GPT.modelRef]);
});

test('an allowlist permits slots by model, by provider and, for memory, by its embeddings', () => {
  const chart = newChart();
  const allowlist = new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT], providers: [Provider.MISTRAL], embeddings: [EMBEDDINGS] });
  const gateway = newGateway(chart, {
    allowlist,
    modelSlots: { image: SONNET, pdf: Provider.MISTRAL.model('pixtral-large', FACTS), memoryEmbeddings: EMBEDDINGS },
    providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.MISTRAL),
  });
  expect(gateway.findings).toEqual([]);
  expect(configOf(gateway).agents.defaults.modelPolicy.allow).toEqual(['anthropic/claude-sonnet-5', 'openai/gpt-5.4', 'mistral/*']);
  expect([allowlist.permits(EMBEDDINGS), allowlist.embeddings]).toEqual([false, [EMBEDDINGS]]);
});

test('the summary shows which slots are open, with which model and price', () => {
  const { summary } = gatewayWith({ utility: GPT, heartbeat: { every: Duration.minutes(30) }, memoryEmbeddings: EMBEDDINGS });
  expect(summary.split('\n').map(line => line.trim().replace(/ {2,}/g, ' | ')).slice(4, 7)).toEqual([
    'slots | utility | openai/gpt-5.4 | $2.5 in, $15 out per million tokens',
    'memoryEmbeddings | openai/text-embedding-3-small | $0.02 in, $0 out per million tokens (litellm 1.110.2, 2026-11-30)',
    'heartbeat every 30 min | deepseek/deepseek-chat | $0.28 in, $0.42 out per million tokens (litellm 1.110.2, 2026-11-30)',
  ]);
});

test('the network lets the gateway out to the provider of a slot', () => {
  const chart = newChart();
  const server = Provider.custom('embedder', { baseUrl: 'http://embedder.models.svc:8080/v1', requiresKey: false });
  newGateway(chart, { modelSlots: { memoryEmbeddings: server.model('bge-m3') } });
  const [{ spec: { egress } }] = objects(chart, 'NetworkPolicy');
  expect(egress.flatMap(({ ports }: any) => ports.map(({ port }: any) => port))).toContain(8080);
});
