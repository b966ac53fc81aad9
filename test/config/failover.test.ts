import { Duration } from 'cdk8s';
import { FallbackChain, ModelAllowlist, OpenClawVersion, Preset, Provider } from '../../src/index';
import { OLDEST_RELEASE, releasesFor } from '../../src/release/releases';
import { configOf, GPT, keysOf, messageOf, newChart, newGateway, SONNET } from '../support/gateway';

const RELEASES = [OLDEST_RELEASE, ...releasesFor('gateway')];

test('retries are written for each agent, on versions that take them', () => {
  const settings = (release: string, retries?: number) => {
    const chart = newChart();
    const chain = new FallbackChain(chart, 'Chain', { primary: SONNET, fallbacks: [GPT], retries });
    const extraConfig = release > '2026.8' ? { agents: { ownership: 'explicit', entries: { coder: {} } } } : undefined;
    const { data } = newGateway(chart, { version: OpenClawVersion.of(release), chain, extraConfig }).configMap;
    return data['agent-settings.json'] && JSON.parse(data['agent-settings.json']);
  };
  expect(settings('2026.9.6')).toEqual({ coder: { retry: { provider: { maxRetries: 0 } } }, main: { retry: { provider: { maxRetries: 0 } } } });
  expect(settings('2026.9.3', 2).main).toEqual({ retry: { provider: { maxRetries: 2 } } });
  expect(settings('2026.8.2')).toBeUndefined();
});

test('extraConfig adds to the cooldowns of old versions, but does not bring the retries back', () => {
  const config = (cooldowns: object) => {
    const chart = newChart();
    const chain = FallbackChain.fromProviders(chart, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] });
    return configOf(newGateway(chart, { version: OpenClawVersion.V2026_7_1, chain, extraConfig: { auth: { cooldowns } } }));
  };
  expect(config({ billingBackoffHours: 1 }).auth).toEqual({ cooldowns: { billingBackoffHours: 1, rateLimitedProfileRotations: 0 } });
  expect(messageOf(() => config({ rateLimitedProfileRotations: 1 })))
    .toContain("[governed-path] extraConfig 'auth.cooldowns.rateLimitedProfileRotations' is always rendered as 0; remove it");
});

test.each(RELEASES)('OpenClaw %s: a chain bounds the silence of its own providers, and a provider its own', release => {
  const limits = (idleTimeout?: Duration) => {
    const chart = newChart();
    const slow = Provider.custom('slow', { baseUrl: 'http://slow.models.svc/v1', requiresKey: false, timeout: Duration.minutes(10) });
    const facts = { contextWindow: 131_072, maxTokens: 4_096 };
    const chain = new FallbackChain(chart, 'Chain', { primary: Provider.ANTHROPIC.model('claude', facts), fallbacks: [slow.model('large', facts)], idleTimeout });
    const allowlist = new ModelAllowlist(chart, 'Allowlist', { chains: [chain], models: [Provider.GROQ.model('llama', facts)] });
    const { providers } = configOf(newGateway(chart, {
      version: OpenClawVersion.of(release), chain, allowlist, providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.GROQ),
    })).models;
    return Object.fromEntries(Object.entries<any>(providers).map(([id, { timeoutSeconds }]) => [id, timeoutSeconds]));
  };
  expect(limits()).toEqual({ anthropic: undefined, slow: 600, groq: undefined });
  expect(limits(Duration.seconds(45))).toEqual({ anthropic: 45, slow: 600, groq: undefined });
});

test.each([
  ['https://10.20.30.40:8000/v1', 300],
  ['https://[fd00::1]:8000/v1', 300],
  ['http://localhost:8000/v1', 300],
  ['http://vllm.models.svc.cluster.local/v1', 300],
  ['http://vllm.models.svc/v1', undefined],
  ['https://llm.example.com/v1', undefined],
])('%s is not waited for for ever', (baseUrl, seconds) => {
  const chart = newChart();
  const server = Provider.custom('server', { baseUrl, requiresKey: false });
  const chain = (id: string, idleTimeout?: Duration) =>
    new FallbackChain(chart, id, { primary: SONNET, fallbacks: [server.model('m', { contextWindow: 32_768, maxTokens: 4_096 })], idleTimeout });
  const gateway = (id: string, idleTimeout?: Duration) =>
    configOf(newGateway(chart, { preset: Preset.DEV, chain: chain(`${id}Chain`, idleTimeout), providerSecrets: keysOf(newChart(id), Provider.ANTHROPIC) }, id));
  expect(gateway('A').models.providers.server.timeoutSeconds).toBe(seconds);
  expect(gateway('B', Duration.seconds(30)).models.providers.server.timeoutSeconds).toBe(30);
});
