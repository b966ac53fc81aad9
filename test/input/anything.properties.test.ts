import * as fc from 'fast-check';
import {
  FallbackChain, GatewayAuth, GatewayState, ModelAllowlist, OpenClawDeployment, OpenClawVersion, Preset, Provider, ProviderSecret, SecretSource,
  SecretStore,
} from '../../src/index';
import { keysOf, newChain, newChart, SONNET, TOKEN } from '../support/gateway';

const value = fc.oneof(fc.anything(), fc.constantFrom(undefined, null, Symbol('s'), () => 1, class {}, Object.create(null), new Proxy({}, {}), '${X}', '__proto__'));
const structOf = (...names: string[]) => fc.oneof(value, fc.record(Object.fromEntries(names.map(name => [name, value])), { requiredKeys: [] }));

/** What a program without a compiler may call, each with anything. */
const CALLS: { [name: string]: [fc.Arbitrary<any>, (given: any) => unknown] } = {
  'Provider.model': [structOf('alias', 'contextWindow', 'maxTokens', 'input', 'reasoning', 'cost', 'params'), given => Provider.OPENAI.model('x', given)],
  'Provider.model id': [value, given => Provider.OPENAI.model(given)],
  'Provider.pattern': [value, given => Provider.OPENAI.pattern(given)],
  'Provider.customize': [structOf('baseUrl', 'headers', 'timeout', 'podPort', 'podLabels'), given => Provider.OPENAI.customize(given)],
  'Provider.custom': [structOf('baseUrl', 'api', 'headers', 'timeout', 'podPort', 'podLabels'), given => Provider.custom('x', given)],
  'Provider.custom id': [value, given => Provider.custom(given, { baseUrl: 'http://x/v1' })],
  'Provider.bedrock': [structOf('region', 'id', 'endpoint'), given => Provider.bedrock(given)],
  'Provider.bedrock.model': [structOf('api', 'contextWindow'), given => Provider.bedrock({ region: 'us-east-1' }).model('x', given)],
  'Provider.bedrock.model id': [value, given => Provider.bedrock({ region: 'us-east-1' }).model(given)],
  'Provider.bedrock.customize': [structOf('baseUrl'), given => Provider.bedrock({ region: 'us-east-1' }).customize(given)],
  'Provider.azureOpenAi': [structOf('endpoint', 'id'), given => Provider.azureOpenAi(given)],
  'SecretSource.fromStore': [structOf('store', 'remoteKey', 'property', 'refreshInterval'), given => SecretSource.fromStore(given)],
  'SecretSource.fromSecret': [value, given => SecretSource.fromSecret(given, 'k')],
  'SecretSource.fromSecretName': [value, given => SecretSource.fromSecretName(given, given)],
  'SecretSource.generated': [structOf('length'), given => SecretSource.generated(given)],
  'SecretSource.unsafePlainText': [value, given => SecretSource.unsafePlainText(given)],
  'SecretStore.cluster': [value, given => SecretStore.cluster(given)],
  'GatewayAuth.token': [value, given => GatewayAuth.token(given)],
  'GatewayAuth.trustedProxy': [structOf('userHeader', 'trustedProxies', 'allowUsers', 'requiredHeaders'), given => GatewayAuth.trustedProxy(given)],
  'OpenClawVersion.of': [value, given => OpenClawVersion.of(given)],
  'Preset.of': [structOf('name', 'tier', 'resources', 'noticeRules', 'delivery', 'storageSize'), given => Preset.of(given)],
  'FallbackChain': [structOf('primary', 'fallbacks', 'retries', 'idleTimeout'), given => new FallbackChain(newChart(), 'C', given)],
  'FallbackChain.fromProviders': [structOf('providers', 'overrides', 'tier', 'retries', 'idleTimeout'), given => FallbackChain.fromProviders(newChart(), 'C', given)],
  'ModelAllowlist': [structOf('models', 'chains', 'providers', 'patterns', 'embeddings'), given => new ModelAllowlist(newChart(), 'A', given)],
  'ModelSlots': [structOf('image', 'pdf', 'utility', 'heartbeat', 'memoryEmbeddings', 'x'), modelSlots => gatewayWith({ modelSlots })],
  'AgentOptions': [structOf('chain', 'allowlist', 'modelSlots', 'bindings', 'default', 'x'), coder => gatewayWith({ agents: { coder } })],
  'ChannelBinding': [structOf('channel', 'accountId', 'peer', 'guildId', 'roles', 'teamId', 'x'), binding => gatewayWith({ agents: { coder: { bindings: [binding] } } })],
  'HeartbeatOptions': [structOf('every', 'model'), heartbeat => gatewayWith({ modelSlots: { heartbeat } })],
  'GatewayExposure': [structOf('origins', 'trustedProxies', 'peers'), exposure => gatewayWith({ exposure })],
  'CiliumEgress': [structOf('hosts'), ciliumEgress => gatewayWith({ preset: Preset.PROD, ciliumEgress })],
  'ProviderSecret': [structOf('provider', 'source'), given => new ProviderSecret(newChart(), 'K', given)],
  'GatewayState.claim': [structOf('size', 'storageClassName'), given => GatewayState.claim(given)],
  'GatewayState.existing': [
    fc.tuple(value, structOf('path')), ([claim, options]) => GatewayState.existing(claim, options),
  ],
  'OpenClawDeployment': [
    fc.record(Object.fromEntries(
      ['secrets', 'plugins', 'acknowledge', 'extraConfig', 'image', 'envVariables', 'resources', 'state'].map(name => [name, value]),
    ), { requiredKeys: [] }),
    gatewayWith,
  ],
};

function gatewayWith(given: object) {
  const chart = newChart();
  const providerSecrets = keysOf(chart, Provider.ANTHROPIC);
  return new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6, preset: Preset.DEV, auth: TOKEN, chain: newChain(chart, [SONNET]), providerSecrets, ...given,
  });
}

test.each(Object.entries(CALLS))('%s takes what it is given, or says in words what it wants', (_, [given, call]) => {
  fc.assert(fc.property(given, each => {
    try {
      call(each);
    } catch (error) {
      expect((error as Error).constructor).toBe(Error);
      expect((error as Error).message).toMatch(/ must | has \d+ problems?:|unknown slot|names no model|holds a user|would show|unknown option|unknown prop|was made up/);
    }
  }), { numRuns: 150 });
});
