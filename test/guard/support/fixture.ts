import { Testing } from 'cdk8s';
import { ModelApi, ModelGuard, ModelGuardOptions, OpenClawDeploymentProps, Model, Preset, Provider, SecretSource } from '../../../src/index';
import { keysOf, newChain, newChart, newGateway } from '../../support/gateway';

const FACTS = { contextWindow: 128_000, maxTokens: 8192, cost: { input: 3, output: 15 } };
/** An inference profile of Bedrock: only AWS knows which model it is for. */
export const PROFILE = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
/** Stands for every provider's host. */
export const HOST = 'providers.test.svc';
export const CALLER = 'caller-0123456789abcdef';

/** A gateway's models, one for each wire format, all at one stand-in. */
export function modelsAt(origin = `http://${HOST}:8000`): { [format: string]: Model } {
  const bedrock = Provider.bedrock({ region: 'eu-central-1' }).customize({ baseUrl: origin });
  const at = (base: string) => ({ baseUrl: `${origin}${base}` });
  return {
    anthropic: Provider.ANTHROPIC.customize(at('')).model('claude-sonnet-5'),
    openai: Provider.OPENAI.customize(at('/v1')).model('gpt-5.4'),
    openrouter: Provider.OPENROUTER.customize(at('/api/v1')).model('anthropic/claude-sonnet-4.5', FACTS),
    google: Provider.GOOGLE.customize(at('/v1beta')).model('gemini-2.5-flash'),
    bedrock: bedrock.model(PROFILE, { ...FACTS, api: ModelApi.ANTHROPIC_MESSAGES }),
    bedrockCompletions: bedrock.model('openai.gpt-oss-120b-1:0', FACTS),
    azure: Provider.azureOpenAi({ endpoint: origin }).model('our-deployment', FACTS),
  };
}

export type Placement = 'sidecar' | 'pod';

export function guardOf(placement: Placement, options: ModelGuardOptions = {}): ModelGuard {
  return placement === 'pod' ? ModelGuard.pod({ ...options, caller: SecretSource.unsafePlainText(CALLER) }) : ModelGuard.sidecar(options);
}

/** The objects of a guarded gateway, and of the Secret with its keys: `key-of-<provider>` each. */
export function manifestsOf(
  models: Model[], guard: ModelGuard, props: Partial<OpenClawDeploymentProps> = {}, keys: { [name: string]: string } = {},
): any[] {
  const chart = newChart();
  const providers = [...new Set(models.map(({ provider }) => provider))];
  newGateway(chart, {
    guard,
    preset: Preset.DEV.customize({ permitAllModels: false }),
    chain: newChain(chart, models),
    providerSecrets: keysOf(chart, ...providers),
    acknowledge: { 'model-deprecated': 'only the wire format matters', 'chain-single-provider': 'one provider at a time' },
    ...props,
  });
  const stringData = { OPENCLAW_GATEWAY_TOKEN: 'token', ...Object.fromEntries(providers.map(({ keyName, id }) => [keyName, `key-of-${id}`])), ...keys };
  return [...Testing.synth(chart), { kind: 'Secret', metadata: { name: 'openclaw-secrets', namespace: chart.namespace }, stringData }];
}
