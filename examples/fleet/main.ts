import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FallbackChain, Fleet, FleetApp, GatewayAuth, OpenClawVersion, Preset, Provider, ProviderKeys, SecretSource, SecretStore, Tenants,
} from 'cdk8s-openclaw';

/** What every team's gateway is; tenants.yaml says who has one, and what is different there. */
const app = new FleetApp();
const vllm = Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc:8000/v1', requiresKey: false });
const fleet = new Fleet(app, 'assistants', {
  tenants: Tenants.fromFile('tenants.yaml'),
  version: OpenClawVersion.V2026_8_2,
  waves: { canary: { version: OpenClawVersion.V2026_9_6 } }, // the next version, on a few first
  chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
  providerKeys: ProviderKeys.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'teams/{tenant}/{provider}', property: 'api-key' }),
  auth: GatewayAuth.token(SecretSource.generated()),
  presets: [Preset.PROD.customize({ name: 'large', resources: { memory: { request: Size.gibibytes(4), limit: Size.gibibytes(6) } } })],
  models: [vllm.model('llama-3.3-70b', { contextWindow: 128_000, maxTokens: 8192 })],
});

/** What only some teams have is added to what the fleet made. */
for (const { tenant, chart, gateway } of fleet.members) {
  if (!tenant.values?.host) continue;
  new kplus.Ingress(chart, 'Ingress').addHostRule(tenant.values.host, '/', kplus.IngressBackend.fromService(gateway.service));
  const controller = kplus.Pods.all(chart, 'Controller', { namespaces: kplus.Namespaces.select(chart, 'ControllerNamespace', { names: ['ingress-nginx'] }) });
  gateway.networkPolicy?.addIngressRule(controller, [kplus.NetworkPolicyPort.tcp(18789)]);
}
app.synth();

// the cdk8s command keeps standard output for itself
console.error(fleet.summary);
