import { Testing } from 'cdk8s';
import { GUARDED, RELEASE } from './scenario';
import { CLUSTER_PORT } from './world';
import { Model, ModelApi, ModelGuard, OpenClawDeploymentProps, OpenClawVersion, Provider } from '../../src/index';
import { keysOf, newChain, newChart, newGateway } from '../support/gateway';
import { OpenClawClient } from '../support/openclaw-client';

export const GATEWAY_TOKEN = 'token-0123456789abcdef0123456789abcdef';
/** Host and port of a gateway that runs, seen from its own pod. */
export const GATEWAY = '127.0.0.1:18789';

export async function connect(token = GATEWAY_TOKEN): Promise<OpenClawClient> {
  return OpenClawClient.connect(`ws://${GATEWAY}`, { token });
}

const FACTS = { contextWindow: 128_000, maxTokens: 8192 };
const AZURE = Provider.azureOpenAi({ endpoint: 'https://contoso.openai.azure.com' });
const BEDROCK = Provider.bedrock({ region: 'eu-central-1' });
const VLLM = Provider.custom('vllm', { baseUrl: `http://vllm.models.svc:${CLUSTER_PORT}/v1` });

/** OpenClaw calls `/v1/messages` below it, not `/v1/v1/messages`. */
const CLAUDE_PROXY = Provider.custom('claude-proxy', { baseUrl: `http://claude.models.svc:${CLUSTER_PORT}/anthropic/v1`, api: ModelApi.ANTHROPIC_MESSAGES });

/** One model of each provider that the library names, and of one of each other kind. */
export const MODELS = {
  anthropic: Provider.ANTHROPIC.model('claude-haiku-4-5', { alias: 'haiku', contextWindow: 200_000, maxTokens: 64_000 }),
  openai: Provider.OPENAI.model('gpt-5.4'),
  google: Provider.GOOGLE.model('gemini-2.5-flash-lite'),
  openrouter: Provider.OPENROUTER.model('moonshotai/kimi-k2.5', FACTS),
  mistral: Provider.MISTRAL.model('mistral-small-latest', FACTS),
  groq: Provider.GROQ.model('openai/gpt-oss-20b', FACTS),
  deepseek: Provider.DEEPSEEK.model('deepseek-flash', FACTS),
  xai: Provider.XAI.model('grok-4.3', FACTS),
  azure: AZURE.model('our-deployment', FACTS),
  bedrock: BEDROCK.model('eu.anthropic.claude-sonnet-4-5-20250929-v1:0', FACTS),
  bedrockProfile: BEDROCK.model('arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3d4e5f6', { ...FACTS, api: ModelApi.ANTHROPIC_MESSAGES }),
  bedrockCompletions: BEDROCK.model('openai.gpt-oss-120b-1:0', FACTS),
  vllm: VLLM.model('llama-3.3-70b', FACTS),
  anthropicProxy: CLAUDE_PROXY.model('claude-haiku-4-5', FACTS),
};

export type GatewayProps = Partial<OpenClawDeploymentProps> & {
  /** Values of keys, by name. @default - `key-of-<name>` each */
  readonly keys?: { readonly [name: string]: string };
};

/** The objects of a gateway of this run's version whose models are tried in the order given, and of the Secret that it takes its keys from. */
export function manifestsOf(models: Model[], { keys = {}, ...props }: GatewayProps = {}): any[] {
  const chart = newChart();
  const { heartbeat, ...slots } = props.modelSlots ?? {};
  const called = [...models, ...Object.values<Model>(slots), ...heartbeat?.model ? [heartbeat.model] : []];
  const providers = [...new Set(called.map(model => model.provider))];
  newGateway(chart, {
    version: OpenClawVersion.of(RELEASE),
    guard: GUARDED ? ModelGuard.sidecar() : ModelGuard.none(),
    acknowledge: { 'chain-single-provider': 'one provider at a time is what is tried', 'model-deprecated': 'only its wire format matters' },
    chain: newChain(chart, models),
    providerSecrets: keysOf(chart, ...providers),
    ...props,
  });
  const keyNames = [...providers, ...(props.providerSecrets ?? []).map(({ provider }) => provider)].map(({ keyName }) => keyName);
  const values = Object.fromEntries(keyNames.map(name => [name, `key-of-${name}`]));
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'openclaw-secrets', namespace: chart.namespace },
    stringData: { OPENCLAW_GATEWAY_TOKEN: GATEWAY_TOKEN, ...values, ...keys },
  };
  return [...Testing.synth(chart), secret];
}
