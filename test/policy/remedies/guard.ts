import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { allowing, besides, FACTS, LOCAL, Make, matching, RuleRemedies, secret } from './remedy';
import {
  AwsCredentials, Backup, Budget, BudgetOptions, ModelGuard, OpenClawDeploymentProps, PluginPackage, PluginSource, Preset, Provider, ProviderSecret,
  ProviderSecretProps,
} from '../../../src/index';
import { AUTHORITY } from '../../support/authority';
import { GPT, keysOf, newChain, SONNET } from '../../support/gateway';

const { ANTHROPIC, OPENAI, OPENROUTER } = Provider;

/** A gateway behind a guard. */
const behind = (guard: ModelGuard, props: Make = () => ({})): Make => chart => ({ ...props(chart), guard });
const beside = (options: Parameters<typeof ModelGuard.sidecar>[0], props?: Make) => behind(ModelGuard.sidecar(options), props);
const budgeted = (options: BudgetOptions, props?: Make) => beside({ budgets: [Budget.perDay(options)] }, props);
const routed = (params: { [name: string]: unknown }) => besides(OPENROUTER.model('anthropic/claude-sonnet-4.5', { ...FACTS, cost: { input: 3, output: 15 }, params }));
const at = (baseUrl: string, requiresKey = false) => besides(Provider.custom('corp', { baseUrl, requiresKey }).model('x', FACTS));
const openaiAt = (baseUrl: string) => besides(OPENAI.customize({ baseUrl }).model('gpt-5.4'));
const variables = (envVariables: OpenClawDeploymentProps['envVariables']): Make => () => ({ envVariables });
const withBedrock = (chart: Chart, keys: Partial<ProviderSecretProps>) => {
  const bedrock = Provider.bedrock({ region: 'us-east-1' });
  return {
    ...besides(bedrock.model('us.anthropic.claude-sonnet-4-5-20250929-v1:0', FACTS))(chart),
    guard: ModelGuard.sidecar(),
    providerSecrets: [new ProviderSecret(chart, 'Claude', { provider: ANTHROPIC, source: secret() }), new ProviderSecret(chart, 'Aws', { provider: bedrock, ...keys })],
  };
};
const ASSIGNING = Preset.PROD.customize({ clusterAssignsUser: true });
const HTTPS_PROXY = 'http://proxy.example.com:3128';

const uploading = (image: string) => ({ backup: Backup.schedule({ schedule: '@daily', upload: { image, command: ['rclone'] } }) });
const packagesOf = (image: string) => ({ pluginPackages: [PluginPackage.official('slack', { source: PluginSource.image(image, { path: '/packages' }) })] });

export const GUARD: RuleRemedies = {
  'guard-provider-unsupported': [
    { wrong: beside({}, at('http://localhost:9402/v1')), remedies: { 'use another': beside({}, at('http://localhost:8000/v1')) } },
    {
      wrong: beside({}, openaiAt('http://localhost:8000/v1')),
      remedies: {
        'use a server that needs none (requiresKey: false)': beside({}, at('http://localhost:8000/v1')),
        'a Service': beside({}, openaiAt('http://vllm.models.svc:8000/v1')),
        'ModelGuard.none()': behind(ModelGuard.none(), openaiAt('http://localhost:8000/v1')),
      },
    },
    {
      wrong: beside({}, at('https://203.0.113.7/v1')),
      remedies: {
        "the guard checks certificates by name: use the server's name": beside({}, at('https://llm.example.com/v1')),
        'ModelGuard.none()': behind(ModelGuard.none(), at('https://203.0.113.7/v1')),
      },
    },
    {
      wrong: behind(ModelGuard.pod(), at('http://localhost:8000/v1')),
      remedies: { 'use ModelGuard.sidecar()': beside({}, at('http://localhost:8000/v1')), 'a Service': behind(ModelGuard.pod(), at('http://vllm.models.svc:8000/v1')) },
    },
  ],
  'guard-option-unused': [
    { wrong: beside({ requestsPerMinute: { openaii: 60 } }), remedies: { "did you mean 'openai'?": beside({ requestsPerMinute: { openai: 60 } }) } },
    {
      wrong: beside({ certificateAuthorities: { local: AUTHORITY } }, besides(LOCAL.model('x', FACTS))),
      remedies: { 'leave it out': beside({}, besides(LOCAL.model('x', FACTS))), 'reach the provider by https': beside({ certificateAuthorities: { corp: AUTHORITY } }, at('https://llm.example.com/v1')) },
    },
  ],
  'budget-model-unpriced': [
    {
      wrong: budgeted({ usd: 50 }, besides(OPENAI.model('unpriced', FACTS))),
      remedies: {
        'give model() its cost': budgeted({ usd: 50 }, besides(OPENAI.model('unpriced', { ...FACTS, cost: { input: 1, output: 4 } }))),
        'take it out of models of the budget': budgeted({ usd: 50, models: [SONNET] }, besides(OPENAI.model('unpriced', FACTS))),
      },
    },
  ],
  'budget-too-small': [{
    wrong: budgeted({ usd: 0.1, models: [SONNET] }),
    remedies: { 'raise usd to at least 3.79': budgeted({ usd: 3.79, models: [SONNET] }), 'take the model out of models of the budget': budgeted({ usd: 4.6, models: [GPT] }) },
  }],
  'budget-model-unknown': [{
    wrong: budgeted({ usd: 50, models: [OPENAI.model('gpt-5.4-mini')] }),
    remedies: {
      'add it to the chain': budgeted({ usd: 50, models: [OPENAI.model('gpt-5.4-mini')] }, besides(OPENAI.model('gpt-5.4-mini'))),
      'take it out of models of the budget': budgeted({ usd: 50, models: [SONNET] }),
    },
  }],
  'budget-param-refused': [{
    wrong: budgeted({ usd: 50 }, routed({ provider: { order: ['anthropic'] } })),
    remedies: {
      'remove it': budgeted({ usd: 50 }, routed({})),
      'take the model out of models of the budget': budgeted({ usd: 50, models: [SONNET] }, routed({ provider: { order: ['anthropic'] } })),
    },
  }],
  'guard-option-spare': [{ wrong: beside({ requestsPerMinute: { mistral: 60 } }), remedies: {} }],
  'guard-user-shared': [{
    wrong: behind(ModelGuard.sidecar(), () => ({ preset: ASSIGNING })), remedies: { 'use ModelGuard.pod()': behind(ModelGuard.pod(), () => ({ preset: ASSIGNING })) },
  }],
  'guard-key-exposed': [{
    wrong: beside({}, () => ({ secrets: { ELEVENLABS_API_KEY: secret('openclaw-secrets', 'OPENAI_API_KEY') } })),
    remedies: { 'give it a secret of its own': beside({}, () => ({ secrets: { ELEVENLABS_API_KEY: secret('elevenlabs', 'key') } })) },
  }],
  'guard-environment-unused': [
    { wrong: beside({}, variables({ HTTPS_PROXY })), remedies: { 'remove it': beside({}), 'use ModelGuard.none()': behind(ModelGuard.none(), variables({ HTTPS_PROXY })) } },
    {
      wrong: beside({}, variables({ NODE_EXTRA_CA_CERTS: '/etc/company/ca.crt' })),
      remedies: { 'remove it, and put the authority of a provider into certificateAuthorities of the guard': beside({ certificateAuthorities: { openai: AUTHORITY } }) },
    },
    {
      wrong: beside({}, () => ({ extraConfig: { proxy: { enabled: true, proxyUrl: HTTPS_PROXY } } })),
      remedies: { 'remove it': beside({}), 'use ModelGuard.none()': behind(ModelGuard.none(), () => ({ extraConfig: { proxy: { enabled: true, proxyUrl: HTTPS_PROXY } } })) },
    },
  ],
  'guard-pattern-empty': [{ wrong: beside({}, matching(OPENROUTER, 'no-one/*')), remedies: { 'name the models': beside({}, allowing(OPENROUTER.model('no-one/x', FACTS))) } }],
  'environment-reserved': [
    { wrong: variables({ OPENCLAW_STATE_DIR: '/x' }), remedies: { 'remove it': variables({}) } },
    {
      wrong: chart => ({
        ...beside({})(chart),
        envVariables: { NO_PROXY: kplus.EnvValue.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'Proxy', 'proxy'), 'exceptions') },
      }),
      remedies: { "write for example '.svc'": beside({}, variables({ NO_PROXY: '.svc' })) },
    },
  ],
  'key-in-environment': [
    {
      wrong: variables({ GROQ_API_KEY: 'x' }),
      remedies: { 'use providerSecrets': chart => ({ providerSecrets: keysOf(chart, ANTHROPIC, OPENAI, Provider.GROQ), ...newGroq(chart) }) },
    },
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_BEARER_TOKEN_BEDROCK'].map(name => ({
      wrong: variables({ [name]: 'x' }),
      remedies: {
        'use Provider.bedrock() and a ProviderSecret with credentials: AwsCredentials.accessKeys(…)': (chart: Chart) => withBedrock(chart, {
          credentials: AwsCredentials.accessKeys({ accessKeyId: secret('aws', 'id'), secretAccessKey: secret('aws', 'secret') }),
        }),
        'or with a Bedrock API key as its source': (chart: Chart) => withBedrock(chart, { source: secret('aws', 'bearer') }),
        'for a tool use secrets and toolSecrets': () => ({ secrets: { AWS_TOOL: secret('aws', 'key') }, toolSecrets: ['AWS_TOOL'] }),
      },
    })),
    {
      wrong: variables({ TELEGRAM_BOT_TOKEN: '123:abc' }),
      remedies: {
        'use secrets and refer to it in extraConfig': () => ({
          plugins: ['telegram'],
          secrets: { TELEGRAM_BOT_TOKEN: secret('telegram', 'token') },
          extraConfig: { channels: { telegram: { botToken: { source: 'file', provider: 'keys', id: '/TELEGRAM_BOT_TOKEN' } } } },
        }),
      },
    },
  ],
  'memory-too-small': [
    { wrong: () => ({ resources: { memory: { request: '512Mi', limit: '1Gi' } } }), remedies: { 'at least 1024 MiB': () => ({ resources: { memory: { request: '1024Mi', limit: '2048Mi' } } }), 'at least 2048 MiB': undefined } },
    {
      wrong: beside({ resources: { memory: { limit: Size.mebibytes(64) } }, bodyLimit: Size.mebibytes(32) }),
      remedies: { 'at least 175 MiB': beside({ resources: { memory: { limit: Size.mebibytes(175) } }, bodyLimit: Size.mebibytes(32) }) },
    },
  ],
  'image-not-pinned': [
    {
      wrong: () => uploading('rclone/rclone:latest'),
      remedies: { 'name a version or a digest': () => uploading('rclone/rclone:1.71.2') },
    },
    { wrong: () => packagesOf('packages'), remedies: { 'name a version or a digest': () => packagesOf('packages:1.0') } },
    {
      wrong: () => ({ image: 'registry.example.com/openclaw' }),
      remedies: {
        "name a version ('…:2026.9.6-slim')": () => ({ image: 'registry.example.com/openclaw:2026.9.6-slim' }),
        'a digest': () => ({ image: `registry.example.com/openclaw@sha256:${'0'.repeat(64)}` }),
      },
    },
    {
      wrong: beside({ image: 'envoyproxy/envoy:latest' }),
      remedies: { 'name a version': beside({ image: 'envoyproxy/envoy:v1.40.0' }), 'a digest': beside({ image: `envoyproxy/envoy@sha256:${'0'.repeat(64)}` }) },
    },
  ],
};

function newGroq(chart: Parameters<Make>[0]): Partial<OpenClawDeploymentProps> {
  return { chain: newChain(chart, [SONNET, GPT, Provider.GROQ.model('openai/gpt-oss-20b', FACTS)]) };
}
