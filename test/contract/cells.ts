import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ChannelPeerKind, Delivery, FallbackChain, GatewayAuth, Model, ModelAllowlist, ModelAllowlistProps, ModelGuard, ModelApi, OpenClawDeployment,
  OpenClawDeploymentProps, OpenClawVersion, Preset, Provider, ProviderSecret, SecretSource, SecretStore,
} from '../../src/index';
import { isAtLeast } from '../support/release';

/** One combination of what users choose, for every version. */
export interface Cell {
  readonly name: string;
  /** @param more props that the gateway has besides */
  build(version: OpenClawVersion, more?: Partial<OpenClawDeploymentProps>): (app: App) => Chart;
}

interface Choices {
  readonly preset: 'dev' | 'prod';
  readonly delivery: 'live' | 'restart';
  readonly keys: 'name' | 'store' | 'plain';
  readonly auth: 'token' | 'generated' | 'proxy';
  /** Left out: the preset's own. */
  readonly allowlist?: 'chain' | 'models' | 'providers' | 'patterns';
  /** Of the chain; only versions that can be told get them. */
  readonly retries?: number;
  /** Of the chain. */
  readonly idleSeconds?: number;
  readonly options?: (release: string, chart: Chart) => Partial<OpenClawDeploymentProps>;
}

const FACTS = { contextWindow: 128_000, maxTokens: 8_192 };
const VLLM = Provider.custom('company-vllm', { baseUrl: 'http://vllm.models.svc:8000/v1', requiresKey: false });
const LITELLM = Provider.custom('company-litellm', { baseUrl: 'https://litellm.example.com', api: ModelApi.ANTHROPIC_MESSAGES });
const AZURE = Provider.azureOpenAi({ endpoint: 'https://company.openai.azure.com' });
const PROXIED = Provider.ANTHROPIC.customize({ baseUrl: 'https://ai-proxy.example.com/anthropic', headers: { 'x-team': 'platform' } });

/** Its facts, which the oldest versions do not have. */
const HAIKU = { contextWindow: 200_000, maxTokens: 64_000 };
const CLAUDE = Provider.ANTHROPIC.model('claude-haiku-4-5', { ...HAIKU, alias: 'haiku' });
const GPT = Provider.OPENAI.model('gpt-5.4', { alias: 'gpt' });
const GEMINI = Provider.GOOGLE.model('gemini-2.5-flash', { alias: 'flash' });
const MISTRAL = Provider.MISTRAL.model('mistral-large-latest', FACTS);
const GROQ = Provider.GROQ.model('llama-3.3-70b-versatile', FACTS);
const DEEPSEEK = Provider.DEEPSEEK.model('deepseek-chat', FACTS);
const XAI = Provider.XAI.model('grok-4', FACTS);
const ROUTED = Provider.OPENROUTER.model('anthropic/claude-sonnet-4.5', FACTS);
const QWEN = VLLM.model('qwen3-32b', FACTS);
const TEAM_CLAUDE = LITELLM.model('team-claude', FACTS);

const HTTP = (_release: string, chart: Chart) => ({
  httpApi: true,
  exposure: { origins: ['https://openclaw.example.com'], trustedProxies: ['10.0.0.0/8'], peers: [kplus.Pods.all(chart, 'Proxy')] },
});

/** A channel is a plugin, and its token a further secret. */
const TELEGRAM = () => ({
  plugins: ['telegram'],
  secrets: { TELEGRAM_BOT_TOKEN: SecretSource.fromSecretName('telegram', 'token') },
  extraConfig: { channels: { telegram: { botToken: { source: 'file', provider: 'keys', id: '/TELEGRAM_BOT_TOKEN' } } } },
});

/** The library refuses this pair for earlier versions. */
const TELEGRAM_AND_HTTP = (release: string) => ({ ...TELEGRAM(), httpApi: isAtLeast(release, '2026.8.1') });

const CODER = { workspace: '/home/node/.openclaw/coder' };
const AGENTS = (release: string) => ({
  extraConfig: { agents: isAtLeast(release, '2026.8.1') ? { entries: { main: {}, coder: CODER } } : { list: [{ id: 'main' }, { id: 'coder', ...CODER }] } },
});

/** An agent with a chain, slots and a channel of its own; earlier versions have one allowlist for all agents. */
const OWN_CHAINS = (release: string, chart: Chart) => {
  const models = [GPT, Provider.ANTHROPIC.model('claude-opus-4-6', FACTS)];
  const allowlist = isAtLeast(release, '2026.8.1') ? undefined : new ModelAllowlist(chart, 'OfAgents', { models: [CLAUDE, ...models] });
  return {
    ...TELEGRAM(),
    allowlist,
    agents: {
      coder: {
        chain: new FallbackChain(chart, 'Coder', { primary: models[0], fallbacks: models.slice(1) }),
        allowlist,
        modelSlots: { heartbeat: { every: Duration.hours(1), model: GPT } },
        bindings: [
          { channel: 'telegram', peer: { kind: ChannelPeerKind.GROUP, id: '-1001234' } }, { channel: 'telegram', accountId: '*' },
          { channel: 'telegram', guildId: '1', roles: ['2'] }, { channel: 'telegram', teamId: 'T1' },
        ],
        default: true,
      },
    },
  };
};

/** Every slot that the version has, with the models of a chain and a server that only memory search knows. */
const SLOTS = (release: string) => ({
  modelSlots: {
    image: GPT,
    pdf: CLAUDE,
    utility: isAtLeast(release, '2026.7.1') ? CLAUDE : undefined,
    heartbeat: { every: Duration.minutes(30), model: CLAUDE },
    memoryEmbeddings: VLLM.model('bge-m3'),
  },
});

const MEMORY_AND_TELEGRAM = () => ({ ...TELEGRAM(), modelSlots: { memoryEmbeddings: Provider.OPENAI.model('text-embedding-3-small') } });

/** Every two values of two choices meet in some row, but for the plain text keys that production refuses. */
const ROWS: { chain: Model[]; choices: Choices }[] = [
  { chain: [CLAUDE, GPT, GEMINI, ROUTED], choices: { preset: 'prod', delivery: 'live', keys: 'name', auth: 'token', retries: 2, idleSeconds: 30 } },
  { chain: [PROXIED.model('claude-haiku-4-5', HAIKU), QWEN], choices: { preset: 'prod', delivery: 'restart', keys: 'store', auth: 'generated' } },
  { chain: [GPT, CLAUDE, GEMINI], choices: { preset: 'dev', delivery: 'restart', keys: 'plain', auth: 'proxy' } },
  { chain: [MISTRAL, GROQ], choices: { preset: 'prod', delivery: 'restart', keys: 'name', auth: 'generated', allowlist: 'chain' } },
  {
    chain: [GPT, CLAUDE],
    choices: { preset: 'prod', delivery: 'live', keys: 'store', auth: 'proxy', allowlist: 'chain', options: HTTP },
  },
  { chain: [CLAUDE], choices: { preset: 'dev', delivery: 'live', keys: 'plain', auth: 'token', allowlist: 'chain', options: AGENTS } },
  { chain: [GEMINI, ROUTED], choices: { preset: 'prod', delivery: 'live', keys: 'name', auth: 'proxy', allowlist: 'models' } },
  { chain: [XAI, GPT], choices: { preset: 'prod', delivery: 'restart', keys: 'store', auth: 'token', allowlist: 'models', options: TELEGRAM } },
  { chain: [DEEPSEEK, MISTRAL], choices: { preset: 'dev', delivery: 'restart', keys: 'plain', auth: 'generated', allowlist: 'models' } },
  { chain: [GEMINI], choices: { preset: 'dev', delivery: 'live', keys: 'name', auth: 'token', allowlist: 'providers', idleSeconds: 600 } },
  { chain: [AZURE.model('gpt-4o-prod', FACTS), GPT], choices: { preset: 'prod', delivery: 'restart', keys: 'store', auth: 'generated', allowlist: 'providers' } },
  { chain: [GPT, GEMINI], choices: { preset: 'dev', delivery: 'live', keys: 'plain', auth: 'proxy', allowlist: 'providers' } },
  { chain: [ROUTED, CLAUDE], choices: { preset: 'prod', delivery: 'live', keys: 'name', auth: 'generated', allowlist: 'patterns' } },
  {
    chain: [QWEN, TEAM_CLAUDE],
    choices: { preset: 'dev', delivery: 'live', keys: 'store', auth: 'proxy', allowlist: 'patterns', options: TELEGRAM_AND_HTTP },
  },
  { chain: [ROUTED], choices: { preset: 'dev', delivery: 'restart', keys: 'plain', auth: 'token', allowlist: 'patterns', retries: 1, options: AGENTS } },
  { chain: [CLAUDE, GPT], choices: { preset: 'prod', delivery: 'live', keys: 'name', auth: 'token', options: SLOTS } },
  { chain: [GPT, CLAUDE], choices: { preset: 'prod', delivery: 'restart', keys: 'name', auth: 'token', options: OWN_CHAINS } },
  { chain: [GPT, CLAUDE], choices: { preset: 'dev', delivery: 'restart', keys: 'store', auth: 'proxy', allowlist: 'providers', options: MEMORY_AND_TELEGRAM } },
];

function keySource(choice: Choices['keys'], key: string): SecretSource {
  switch (choice) {
    case 'name': return SecretSource.fromSecretName('openclaw-secrets', key);
    case 'store': return SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'openclaw/keys', property: key });
    case 'plain': return SecretSource.unsafePlainText(`plain-${key}-0123456789abcdef`);
  }
}

function gatewayAuth({ auth, keys }: Choices): GatewayAuth {
  switch (auth) {
    case 'token': return GatewayAuth.token(keySource(keys, 'OPENCLAW_GATEWAY_TOKEN'));
    case 'generated': return GatewayAuth.token(SecretSource.generated());
    case 'proxy': return GatewayAuth.trustedProxy({ userHeader: 'x-forwarded-user', trustedProxies: ['10.0.0.0/8'] });
  }
}

/** Only model ids with a vendor in front can be narrowed down, and only by versions with a model policy. */
function patternOf({ id }: Model, { version }: OpenClawVersion): string {
  return id.includes('/') && isAtLeast(version, '2026.8.1') ? `${id.split('/')[0]}/*` : '*';
}

function allowlistOf(choice: NonNullable<Choices['allowlist']>, chain: FallbackChain, models: Model[], version: OpenClawVersion): ModelAllowlistProps {
  switch (choice) {
    case 'chain': return { chains: [chain] };
    case 'models': return { models: [...models, Provider.ANTHROPIC.model('claude-opus-4-6', FACTS)] };
    case 'providers': return { providers: models.map(model => model.provider) };
    case 'patterns': return { patterns: models.map(model => model.provider.pattern(patternOf(model, version))) };
  }
}

/** Half of the gateways for production have no guard. */
function cell({ chain: models, choices }: typeof ROWS[number], index: number): Cell {
  const { preset, delivery, keys, auth, allowlist, retries, idleSeconds, options } = choices;
  const guard = preset === 'prod' && index % 2 === 1 ? ModelGuard.none() : undefined;
  const ids = models.map(model => model.provider.id).join('+');
  return {
    name: `${ids}, ${preset}, ${delivery}, keys by ${keys}, auth by ${auth}, allowlist ${allowlist ?? 'of the preset'}${guard ? ', no guard' : ''}`,
    build: (version, more) => app => {
      const chart = new Chart(app, 'assistant', { namespace: 'assistant' });
      const chain = new FallbackChain(chart, 'Chain', {
        primary: models[0],
        fallbacks: models.slice(1),
        retries: isAtLeast(version.version, '2026.9.1') ? retries : undefined,
        idleTimeout: idleSeconds === undefined ? undefined : Duration.seconds(idleSeconds),
      });
      const providers = [...new Set(models.map(model => model.provider))];
      const keyed = [...providers, ...allowlist === 'models' && !ids.includes('anthropic') ? [Provider.ANTHROPIC] : []].filter(({ requiresKey }) => requiresKey);
      new OpenClawDeployment(chart, 'Gateway', {
        version,
        preset: preset === 'dev' ? Preset.DEV : Preset.PROD,
        guard,
        delivery: delivery === 'live' ? Delivery.LIVE : Delivery.RESTART,
        chain,
        allowlist: allowlist && new ModelAllowlist(chart, 'Allowlist', allowlistOf(allowlist, chain, models, version)),
        providerSecrets: keyed.map(provider => new ProviderSecret(chart, provider.id, { provider, source: keySource(keys, provider.keyName) })),
        auth: gatewayAuth(choices),
        ...options?.(version.version, chart),
        ...more,
      });
      return chart;
    },
  };
}

export const CELLS: Cell[] = ROWS.map(cell);
