const { FallbackChain, Fleet, FleetApp, GatewayAuth, ModelGuard, OpenClawVersion, Preset, Provider, ProviderKeys, SecretSource, Tenants } = require('cdk8s-openclaw');
const measure = require('./measure');

measure(FleetApp, (app, count) => new Fleet(app, 'fleet', {
  tenants: Tenants.of(Array.from({ length: count }, (_, i) => ({ name: `tenant-${i}` }))),
  version: OpenClawVersion.V2026_9_6,
  preset: Preset.PROD.customize({ guard: ModelGuard.none() }),
  chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
  providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'),
  auth: GatewayAuth.token(SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')),
}));
