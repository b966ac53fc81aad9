import { join } from 'path';
import { App, Chart, ChartProps, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  FallbackChain, GatewayAuth, ModelAllowlist, ModelReport, OpenClawDeployment, OpenClawVersion, Preset, Provider, ProviderKeys, SecretSource,
  SecretStore,
} from 'cdk8s-openclaw';

/** In the order in which they are tried; OpenRouter, which reaches every model with one key, comes last. */
const PROVIDERS = [Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE, Provider.OPENROUTER];

/** Developers have one Secret, made by hand, and cheap models. */
class DevGateway extends Chart {
  public readonly gateway: OpenClawDeployment;

  public constructor(scope: Construct, id: string, props: ChartProps) {
    super(scope, id, props);
    this.gateway = new OpenClawDeployment(this, 'Gateway', {
      version: OpenClawVersion.V2026_9_6,
      preset: Preset.DEV,
      chain: FallbackChain.fromProviders(this, 'Chain', { providers: PROVIDERS }),
      providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'),
      auth: GatewayAuth.token(SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')),
    });
  }
}

/** Production has the company's vault, premium models, and a few others that users may ask for with `/model`. */
class ProdGateway extends Chart {
  public readonly gateway: OpenClawDeployment;

  public constructor(scope: Construct, id: string, props: ChartProps) {
    super(scope, id, props);
    const chain = FallbackChain.fromProviders(this, 'Chain', { providers: PROVIDERS });
    this.gateway = new OpenClawDeployment(this, 'Gateway', {
      version: OpenClawVersion.V2026_9_6,
      preset: Preset.PROD,
      chain,
      allowlist: new ModelAllowlist(this, 'Allowlist', {
        chains: [chain],
        models: [Provider.ANTHROPIC.model('claude-haiku-4-5', { alias: 'haiku' }), Provider.OPENAI.model('gpt-5.4-mini', { alias: 'mini' })],
        patterns: [Provider.OPENROUTER.pattern('moonshotai/*')],
      }),
      providerKeys: ProviderKeys.fromStore({
        store: SecretStore.cluster('vault'),
        remoteKey: 'openclaw/{provider}',
        property: 'api-key',
        refreshInterval: Duration.minutes(15),
      }),
      auth: GatewayAuth.token(SecretSource.generated()),
    });
  }
}

const app = new App();
const dev = new DevGateway(app, 'openclaw-dev', { namespace: 'openclaw-dev' });
const prod = new ProdGateway(app, 'openclaw-prod', { namespace: 'openclaw-prod' });
app.synth();

// what a reviewer reads beside the manifests: dist/report/models.md
ModelReport.of(app, { load: { turnsPerDay: 500, inputTokens: 20_000, outputTokens: 500, cacheHitRatio: 0.7 } }).write(join(app.outdir, 'report'));

// the cdk8s command keeps standard output for itself
console.error([dev, prod].map(({ gateway }) => gateway.summary).join('\n\n'));
