import { App, Chart } from 'cdk8s';
import {
  FallbackChain, GatewayAuth, OpenClawDeployment, OpenClawVersion, Preset, Provider, ProviderKeys, SecretSource,
} from 'cdk8s-openclaw';

const providers = [Provider.ANTHROPIC, Provider.OPENAI];

const app = new App();
for (const preset of [Preset.DEV, Preset.PROD]) {
  const chart = new Chart(app, preset.name, { namespace: 'assistant' });
  new OpenClawDeployment(chart, 'Gateway', {
    version: OpenClawVersion.V2026_9_6,
    preset,
    chain: FallbackChain.fromProviders(chart, 'Chain', { providers }),
    providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'),
    auth: GatewayAuth.token(SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')),
  });
}
app.synth();
