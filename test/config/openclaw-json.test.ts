import { isDeepStrictEqual } from 'util';
import { configSchema } from '../../src/extra-config/schema';
import { checkSchema } from '../../src/extra-config/schema-check';
import {
  FallbackChain, GatewayAuth, ModelAllowlist, OpenClawDeploymentProps, OpenClawVersion, Preset, Provider, SecretSource,
} from '../../src/index';
import { Catalog } from '../../src/models/catalog';
import { OFFICIAL } from '../../src/models/provider';
import { RELEASES as ROWS, releasesFor } from '../../src/release/releases';
import { configOf, GPT, keysOf, newChain, newChart, newGateway, SONNET } from '../support/gateway';

/** Every version of the table, and one that is newer than all. */
const RELEASES = [...ROWS.map(({ release }) => release), '2026.12.1'];

/** The configuration of a gateway with the models of the tier. */
function render(release: string, props: Partial<OpenClawDeploymentProps> = {}): any {
  const chart = newChart();
  const providers = [Provider.ANTHROPIC, Provider.OPENAI];
  const chain = FallbackChain.fromProviders(chart, 'Chain', { providers });
  return configOf(newGateway(chart, { version: OpenClawVersion.of(release), chain, ...props }));
}

/** The first version on which each setting stands, and what it replaces. */
const SINCE: [string, (config: any) => unknown, string][] = [
  ['agents.defaults.utilityModel', config => config.agents.defaults.utilityModel, '2026.7.1'],
  ['agents.defaults.modelPolicy', config => config.agents.defaults.modelPolicy, '2026.8.1'],
  ['agents.defaults.modelSelectionScope', config => config.agents.defaults.modelSelectionScope, '2026.8.1'],
  ['memory.search', config => config.memory?.search, '2026.8.1'],
  ['models.catalogRefresh', config => config.models.catalogRefresh, '2026.8.1'],
  ['telemetry', config => config.telemetry, '2026.8.1'],
  ['gateway.controlUi.sessionObserver', config => config.gateway.controlUi, '2026.8.1'],
  ['agents.defaults.embeddedAgent.cyberFailover', config => config.agents.defaults.embeddedAgent, '2026.9.5'],
];

describe.each(RELEASES)('OpenClaw %s', release => {
  const position = RELEASES.indexOf(release);
  const config = render(release);

  test.each(SINCE)('%s stands where the version has it', (_, read, first) => {
    expect(read(config) !== undefined).toBe(position >= RELEASES.indexOf(first));
  });

  test('what a setting replaced stands only before', () => {
    const before = position < RELEASES.indexOf('2026.8.1');
    const only = (value: object) => (before ? value : undefined);
    expect(config.agents.defaults.memorySearch).toEqual(only({ enabled: true, provider: 'none' }));
    expect(config.models.pricing).toEqual(only({ enabled: false }));
    expect(config.auth).toEqual(only({ cooldowns: { rateLimitedProfileRotations: 0 } }));
  });

  test('the schema of the version accepts it', () => {
    expect(checkSchema(configSchema(release), config)).toEqual([]);
  });

  test('the allowlist is always there', () => {
    const { primary, fallbacks } = config.agents.defaults.model;
    const { modelPolicy, models } = config.agents.defaults;
    expect(modelPolicy?.allow ?? Object.keys(models)).toEqual([primary, ...fallbacks]);
  });

  test('every model of the route has a full row, under an explicit endpoint', () => {
    for (const ref of [config.agents.defaults.model.primary, ...config.agents.defaults.model.fallbacks]) {
      const [id, model] = ref.split('/');
      const provider = config.models.providers[id];
      expect(provider).toMatchObject({ api: expect.any(String), auth: 'api-key', baseUrl: expect.stringMatching(/^https:/) });
      expect(provider.apiKey).toMatchObject({ source: 'file', provider: 'keys' });
      expect(provider.models.find((row: any) => row.id === model)).toMatchObject({
        name: expect.any(String),
        contextWindow: expect.any(Number),
        maxTokens: expect.any(Number),
        reasoning: expect.any(Boolean),
        input: expect.arrayContaining(['text']),
        cost: { input: expect.any(Number), output: expect.any(Number) },
      });
    }
  });
});

test('the order of a chain is kept, with model ids that have slashes', () => {
  const chart = newChart();
  const llama = Provider.OPENROUTER.model('meta-llama/llama-3.3-70b-instruct', { contextWindow: 131072, maxTokens: 8192 });
  const providerSecrets = keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.OPENROUTER);
  const { agents, models } = configOf(newGateway(chart, { chain: newChain(chart, [SONNET, llama, GPT]), providerSecrets }));
  expect(agents.defaults.model).toEqual({
    primary: 'anthropic/claude-sonnet-5',
    fallbacks: ['openrouter/meta-llama/llama-3.3-70b-instruct', 'openai/gpt-5.4'],
  });
  expect(models.providers.openrouter.models.map((row: any) => row.id)).toEqual(['meta-llama/llama-3.3-70b-instruct']);
});

test('a pattern brings the rows of the catalog, without those that are deprecated', () => {
  const chart = newChart();
  const allowlist = new ModelAllowlist(chart, 'Allowlist', { providers: [Provider.ANTHROPIC], models: [GPT] });
  const { agents, models } = configOf(newGateway(chart, { allowlist }));
  expect(agents.defaults.modelPolicy.allow).toEqual(['openai/gpt-5.4', 'anthropic/*']);
  const ids = models.providers.anthropic.models.map((row: any) => row.id);
  expect(ids).toEqual(expect.arrayContaining(['claude-haiku-4-5', 'claude-opus-5', 'claude-sonnet-5']));
  expect(ids).not.toContain('claude-opus-4-8');
});

test('an allowlist follows the chains that it names, whatever the tier', () => {
  const chart = newChart();
  const chain = FallbackChain.fromProviders(chart, 'Tiers', { providers: [Provider.ANTHROPIC, Provider.OPENAI] });
  const allowlist = new ModelAllowlist(chart, 'Allowlist', { chains: [chain], models: [Provider.OPENAI.model('gpt-5.4-mini', { alias: 'mini' })] });
  const { agents } = configOf(newGateway(chart, { chain, allowlist, preset: Preset.DEV }));
  expect(agents.defaults.modelPolicy.allow).toEqual(['anthropic/claude-haiku-4-5', 'openai/gpt-6-luna', 'openai/gpt-5.4-mini']);
  expect(agents.defaults.models).toEqual({ 'openai/gpt-5.4-mini': { alias: 'mini' } });
});

test('before 2026.8.1 aliases and allowlist are one map', () => {
  const chart = newChart();
  const chain = newChain(chart, [Provider.ANTHROPIC.model('claude-sonnet-5', { alias: 'best' }), Provider.OPENAI.model('gpt-5.4')]);
  const { agents } = configOf(newGateway(chart, { chain, version: OpenClawVersion.V2026_7_1 }));
  expect(agents.defaults.models).toEqual({ 'anthropic/claude-sonnet-5': { alias: 'best' }, 'openai/gpt-5.4': {} });
});

test('what a caller knows of a model wins over the catalog', () => {
  const chart = newChart();
  const model = Provider.ANTHROPIC.model('claude-sonnet-5', { contextWindow: 200000, cost: { input: 1, output: 4 } });
  const [row] = configOf(newGateway(chart, { chain: newChain(chart, [model, GPT]) })).models.providers.anthropic.models;
  expect(row).toMatchObject({ contextWindow: 200000, maxTokens: 128000, cost: { input: 1, output: 4, cacheRead: 0, cacheWrite: 0 } });
});

test('OpenAI never takes its runtime from npm; where OpenClaw uses less than the window, the row says so', () => {
  const { openai } = render('2026.9.6').models.providers;
  expect(openai.agentRuntime).toEqual({ id: 'openclaw' });
  expect(openai.models).toHaveLength(1);
  expect(openai.models[0]).toMatchObject({ contextWindow: 1050000, contextTokens: 272000 });
});

test('Azure, a company proxy and servers without a key', () => {
  const chart = newChart();
  const azure = Provider.azureOpenAi({ endpoint: 'https://corp.openai.azure.com/' });
  const anthropic = Provider.ANTHROPIC.customize({ baseUrl: 'https://llm-proxy.example.com/anthropic', headers: { 'x-team': 'platform' } });
  const ollama = Provider.custom('ollama', { baseUrl: 'http://ollama.models.svc:11434/v1', requiresKey: false });
  const facts = { contextWindow: 128000, maxTokens: 16384 };
  const chain = newChain(chart, [anthropic.model('claude-sonnet-5'), azure.model('gpt-5-prod', facts), ollama.model('qwen3:32b', facts)]);
  const { providers } = configOf(newGateway(chart, { chain, providerSecrets: keysOf(chart, anthropic, azure) })).models;
  expect(providers.azure).toMatchObject({
    baseUrl: 'https://corp.openai.azure.com/openai/v1', api: 'azure-openai-responses', apiKey: { id: '/AZURE_OPENAI_API_KEY' },
  });
  expect(providers.anthropic).toMatchObject({ baseUrl: 'https://llm-proxy.example.com/anthropic', headers: { 'x-team': 'platform' } });
  expect(providers.ollama).toMatchObject({ apiKey: 'custom-local', api: 'openai-completions', models: [{ id: 'qwen3:32b' }] });
});

test('sign-in by token or by proxy', () => {
  expect(render('2026.9.6').gateway.auth).toEqual({ mode: 'token', token: { source: 'file', provider: 'keys', id: '/OPENCLAW_GATEWAY_TOKEN' } });
  const auth = GatewayAuth.trustedProxy({ userHeader: 'x-forwarded-user', trustedProxies: ['10.0.0.0/8'], allowUsers: ['ann'] });
  const { gateway } = render('2026.9.6', { auth });
  expect(gateway.trustedProxies).toEqual(expect.arrayContaining(['10.0.0.0/8']));
  expect(gateway.auth).toEqual({
    mode: 'trusted-proxy',
    trustedProxy: { userHeader: 'x-forwarded-user', allowUsers: ['ann'] },
    password: { source: 'file', provider: 'keys', id: '/LIVE_SYNC_PASSWORD' },
  });
});

describe('exposure', () => {
  const origins = ['http://localhost:8080', 'https://assistant.example.com', 'https://assistant.example.com', 'https://chat.example.com:8443'];

  test.each(RELEASES)('%s: browsers of its origins are let in, its proxies trusted, links lead to the first origin', release => {
    const { gateway } = render(release, { preset: Preset.DEV, exposure: { origins, trustedProxies: ['10.244.0.0/16', 'fd00::/8'] } });
    expect(gateway.controlUi.allowedOrigins).toEqual(['http://localhost:8080', 'https://assistant.example.com', 'https://chat.example.com:8443']);
    expect(gateway.trustedProxies).toEqual(['10.244.0.0/16', 'fd00::/8']);
    expect(gateway.publicOrigin).toBe(RELEASES.indexOf(release) < RELEASES.indexOf('2026.8.1') ? undefined : 'https://assistant.example.com');
    expect(gateway.auth.mode).toBe('token');
  });

  test('the proxy that signs users in is trusted without being named again', () => {
    const auth = GatewayAuth.trustedProxy({ userHeader: 'x-user', trustedProxies: ['10.0.0.0/8'] });
    const { gateway } = render('2026.9.6', { preset: Preset.DEV, auth, exposure: { origins: ['https://assistant.example.com'] } });
    expect(gateway.trustedProxies).toEqual(['10.0.0.0/8']);
    expect(gateway.controlUi.allowedOrigins).toEqual(['https://assistant.example.com']);
  });
});

test('plugins: all off, or only those named on and the installers of providers off', () => {
  expect(render('2026.9.6').plugins).toEqual({ enabled: false });
  const off = { enabled: false };
  expect(render('2026.9.6', { plugins: ['telegram'] }).plugins).toEqual({
    enabled: true,
    allow: ['telegram'],
    entries: { deepseek: off, groq: off, mistral: off, telegram: { enabled: true } },
    slots: { memory: 'none' },
  });
});

test('speech: every provider that can speak is sent where nobody listens; before 2026.8.1 a persona that no service speaks for', () => {
  expect(render('2026.9.6').tts.providers).toMatchObject({ google: { baseUrl: 'http://127.0.0.1:9' }, openrouter: { baseUrl: 'http://127.0.0.1:9' } });
  const canSpeak = Catalog.of('2026.9.6').served('tts.providers');
  expect(Object.keys(render('2026.9.6').tts.providers).sort()).toEqual(OFFICIAL.map(({ id }) => id).filter(id => canSpeak[id]?.plugin === id).sort());
  expect(render('2026.7.1').messages.tts).toMatchObject({ persona: 'none', personas: { none: { fallbackPolicy: 'fail' } } });
});

test.each(releasesFor('gateway'))('%s: another route changes nothing but agents and models, else the gateway would restart', release => {
  const routes = [[Provider.ANTHROPIC, Provider.OPENAI], [Provider.DEEPSEEK, Provider.GOOGLE]];
  const [before, after] = routes.map(providers => {
    const models = providers.map(provider => provider.model('a-model', { contextWindow: 128000, maxTokens: 8192 }));
    const chart = newChart();
    const providerSecrets = keysOf(chart, ...providers);
    return configOf(newGateway(chart, { version: OpenClawVersion.of(release), chain: newChain(chart, models), providerSecrets, plugins: ['telegram'] }));
  });
  expect(Object.keys(before).filter(section => !isDeepStrictEqual(before[section], after[section]))).toEqual(['agents', 'models']);
});

test('the HTTP API is off unless asked for', () => {
  expect(render('2026.9.6').gateway.http).toBeUndefined();
  expect(render('2026.9.6', { httpApi: true }).gateway.http.endpoints).toEqual({ chatCompletions: { enabled: true }, responses: { enabled: true } });
});

test('several agents own what is theirs, unless the caller says otherwise', () => {
  expect(render('2026.9.6', { extraConfig: { agents: { entries: { main: {}, coder: {} } } } }).agents.ownership).toBe('explicit');
  expect(render('2026.9.6').agents.ownership).toBeUndefined();
});

test('no secret is ever part of the configuration', () => {
  const chart = newChart();
  const gateway = newGateway(chart, { secrets: { BOT: SecretSource.fromSecretName('bot', 'token') } });
  expect(JSON.stringify(gateway.configMap.data)).not.toContain('openclaw-secrets');
});
