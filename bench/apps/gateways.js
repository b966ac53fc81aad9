const { Chart } = require('cdk8s');
const {
  FallbackChain, FleetApp, GatewayAuth, ModelGuard, OpenClawDeployment, OpenClawVersion, Provider, ProviderSecret, SecretSource,
} = require('cdk8s-openclaw');
const measure = require('./measure');

const providers = [Provider.ANTHROPIC, Provider.OPENAI];

measure(FleetApp, (app, count) => {
  for (let i = 0; i < count; i++) {
    const chart = new Chart(app, `tenant-${i}`, { namespace: `tenant-${i}` });
    new OpenClawDeployment(chart, 'Gateway', {
      version: OpenClawVersion.V2026_9_6,
      guard: ModelGuard.none(),
      chain: FallbackChain.fromProviders(chart, 'Chain', { providers }),
      providerSecrets: providers.map(provider =>
        new ProviderSecret(chart, provider.id, { provider, source: SecretSource.fromSecretName('openclaw-secrets', provider.keyName) })),
      auth: GatewayAuth.token(SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')),
    });
  }
});
