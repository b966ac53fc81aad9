import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { newChain, newGateway } from './gateway';
import { GatewayAuth, OpenClawVersion, Provider, ProviderSecret, SecretSource } from '../../src/index';

/** What the oldest versions do not know of the model. */
const FACTS = { contextWindow: 200_000, maxTokens: 64_000 };

/** What the tests spoil to make the judges refuse: the objects of a gateway, and of the Secret with its keys; fresh at each call. */
export function gatewayManifests(release: string): any[] {
  const chart = new Chart(Testing.app(), 'assistant', { namespace: 'assistant', disableResourceNameHashes: true });
  const providers = [Provider.ANTHROPIC, Provider.OPENAI];
  const keys = new kplus.Secret(chart, 'Keys', { stringData: Object.fromEntries(providers.map(({ keyName }) => [keyName, `key-of-${keyName}`])) });
  newGateway(chart, {
    version: OpenClawVersion.of(release),
    chain: newChain(chart, [Provider.ANTHROPIC.model('claude-haiku-4-5', FACTS), Provider.OPENAI.model('gpt-5.4')]),
    providerSecrets: providers.map(provider =>
      new ProviderSecret(chart, provider.id, { provider, source: SecretSource.fromSecret(keys, provider.keyName) })),
    auth: GatewayAuth.token(SecretSource.generated()),
  });
  // unlike structuredClone, it also parts what two objects share
  return JSON.parse(JSON.stringify(Testing.synth(chart)));
}

/** One object among manifests, to look at or to spoil. */
export function find(manifests: any[], kind: string, name?: string): any {
  const found = manifests.filter(manifest => manifest.kind === kind && (name === undefined || manifest.metadata.name === name));
  if (found.length !== 1) throw new Error(`${found.length} objects are a ${kind}${name ? ` '${name}'` : ''}`);
  return found[0];
}

/** The same gateway with another openclaw.json. */
export function withConfig(release: string, change: (config: any) => any): any[] {
  const manifests = gatewayManifests(release);
  const { data } = find(manifests, 'ConfigMap', 'assistant-gateway-config');
  const config = JSON.parse(data['openclaw.json']);
  data['openclaw.json'] = JSON.stringify(change(config) ?? config);
  return manifests;
}
