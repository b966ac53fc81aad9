/** The fleet of docs/fleet.md: the guard of Preset.PROD, keys from a store, a generated token, tenants from a file. */
const { FallbackChain, Fleet, FleetApp, GatewayAuth, OpenClawVersion, Provider, ProviderKeys, SecretSource, SecretStore, Tenants } = require('cdk8s-openclaw');
const measure = require('./measure');

measure(FleetApp, app => new Fleet(app, 'assistants', {
  tenants: Tenants.fromFile(process.env.BENCH_TENANTS),
  version: OpenClawVersion.V2026_9_6,
  chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
  providerKeys: ProviderKeys.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'teams/{tenant}/{provider}', property: 'api-key' }),
  auth: GatewayAuth.token(SecretSource.generated()),
}));
