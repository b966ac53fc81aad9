import { App, Chart, Testing } from 'cdk8s';
import {
  FallbackChain, GatewayAuth, Model, ModelGuard, OpenClawDeployment, OpenClawDeploymentProps, OpenClawVersion, Preset, Provider, ProviderSecret,
  SecretSource,
} from '../../src/index';

export const SONNET = Provider.ANTHROPIC.model('claude-sonnet-5');
export const GPT = Provider.OPENAI.model('gpt-5.4');

/** A chart in the namespace `gateways`, in another, or (null) in none. */
export function newChart(id = 'prod', namespace: string | null = 'gateways', app: App = Testing.app()): Chart {
  return new Chart(app, id, { namespace: namespace ?? undefined });
}

/** A key for each provider, from the Secret that the documents have users make. */
export function keysOf(chart: Chart, ...providers: Provider[]): ProviderSecret[] {
  return providers.map(provider =>
    new ProviderSecret(chart, provider.id, { provider, source: SecretSource.fromSecretName('openclaw-secrets', provider.keyName) }));
}

export const TOKEN = GatewayAuth.token(SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN'));

/** A gateway with Anthropic and OpenAI that has its keys itself, but for the props given. */
export function newGateway(chart: Chart, props: Partial<OpenClawDeploymentProps> = {}, id = 'Gateway'): OpenClawDeployment {
  return new OpenClawDeployment(chart, id, {
    version: OpenClawVersion.V2026_9_6,
    preset: Preset.PROD,
    guard: ModelGuard.none(),
    auth: TOKEN,
    ...props,
    chain: props.chain ?? newChain(chart, [SONNET, GPT]),
    providerSecrets: props.providerSecrets ?? keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI),
  });
}

export function newChain(chart: Chart, [primary, ...fallbacks]: Model[], id = 'Chain'): FallbackChain {
  return new FallbackChain(chart, id, { primary, fallbacks });
}

/** The objects of one kind that a chart synthesises. */
export function objects(chart: Chart, kind: string): any[] {
  return Testing.synth(chart).filter(object => object.kind === kind);
}

/** The `openclaw.json` of a gateway. */
export function configOf(gateway: OpenClawDeployment): any {
  return JSON.parse(gateway.configMap.data['openclaw.json']);
}

/** The message of what a function throws. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
