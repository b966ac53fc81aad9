import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { besides, FACTS, Make, Props, RuleRemedies, secret } from './remedy';
import { AwsCredentials, ModelGuard, Provider, ProviderKeys, ProviderSecret, ProviderSecretProps, SecretSource, SecretStore } from '../../../src/index';
import { GPT, keysOf, newChain, newChart } from '../../support/gateway';

const { ANTHROPIC, GROQ, OPENAI } = Provider;
const store = SecretStore.cluster('vault');
const PROXY = { baseUrl: 'https://proxy.example.com' };

/** A chain of Anthropic's model and one of another provider. */
const at = (provider: Provider) => besides(provider.model('x', FACTS));
const custom = (id: string, baseUrl: string, requiresKey = true) => Provider.custom(id, { baseUrl, requiresKey });

/** Keys that are given one by one. */
const keyed = (...sources: [Provider, SecretSource][]): Make => chart => ({
  providerSecrets: sources.map(([provider, source], i) => new ProviderSecret(chart, `Key-${i}`, { provider, source })),
});
const several: Make = chart => ({
  providerSecrets: [
    new ProviderSecret(chart, 'Anthropic', { provider: ANTHROPIC, source: secret('a'), additional: [secret('b')] }),
    new ProviderSecret(chart, 'OpenAi', { provider: OPENAI, source: secret('c') }),
  ],
});
const BEDROCK = Provider.bedrock({ region: 'us-east-1' });
const ACCESS_KEYS = { credentials: AwsCredentials.accessKeys({ accessKeyId: secret('aws', 'id'), secretAccessKey: secret('aws', 'secret') }) };
const bedrock = (keys: Partial<ProviderSecretProps>, guard = ModelGuard.none()): Make => chart => ({
  ...besides(BEDROCK.model('us.anthropic.claude-sonnet-4-5-20250929-v1:0', FACTS))(chart),
  guard,
  providerSecrets: [new ProviderSecret(chart, 'Claude', { provider: ANTHROPIC, source: secret() }), new ProviderSecret(chart, 'Aws', { provider: BEDROCK, ...keys })],
});
const inManifest = keyed([ANTHROPIC, secret()], [OPENAI, SecretSource.unsafePlainText('sk-1')]);

/** A Secret that a chart of another or of the same namespace defines. */
const definedIn = (namespace: string): Make => chart => {
  const other = newChart('other', namespace, chart.node.root as any);
  return keyed([ANTHROPIC, secret()], [OPENAI, SecretSource.fromSecret(new kplus.Secret(other, 'Keys'), 'key')])(chart);
};

/** Whether the policy of a gateway has a rule for an address. */
const egressOf = (chart: Chart) => ApiObject.of(chart).toJson().spec.egress;

export const PROVIDERS: RuleRemedies = {
  'provider-conflict': [{
    wrong: chart => ({ ...besides(GPT, ANTHROPIC.customize(PROXY).model('claude-haiku-4-5'))(chart) }),
    remedies: { 'keep one Provider object and use it everywhere': besides(GPT, ANTHROPIC.model('claude-haiku-4-5')) },
  }],
  'provider-id-taken': [
    { wrong: at(custom('gemini', 'https://llm.example.com/v1')), remedies: { 'use Provider.GOOGLE': besides(Provider.GOOGLE.model('gemini-2.5-pro')) } },
    { wrong: at(custom('cohere', 'https://llm.example.com/v1')), remedies: { "choose another id, for example 'my-cohere'": at(custom('my-cohere', 'https://llm.example.com/v1')) } },
  ],
  'provider-url-insecure': [{ wrong: at(custom('corp', 'http://192.168.1.140:8000/v1')), remedies: { 'use https': at(custom('corp', 'https://192.168.1.140:8000/v1')) } }],
  'provider-url-unencrypted': [{
    wrong: at(custom('ollama', 'http://192.168.1.140:11434/v1', false)),
    remedies: {
      'use https': at(custom('ollama', 'https://192.168.1.140:11434/v1', false)),
      'a Service without a selector in front of the server (docs/providers.md)': at(custom('ollama', 'http://ollama:11434/v1', false)),
    },
  }],
  'url-unreachable': [
    {
      wrong: () => ({ extraConfig: { mcp: { servers: { crm: { url: 'http://10.1.2.3:8080' } } } } }),
      remedies: {
        "add gateway.networkPolicy?.addEgressRule(kplus.NetworkPolicyIpBlock.ipv4(chart, 'crm', '10.1.2.3/32'), [kplus.NetworkPolicyPort.tcp(8080)])": {
          then: ({ networkPolicy }) => {
            networkPolicy?.addEgressRule(kplus.NetworkPolicyIpBlock.ipv4(networkPolicy!, 'crm', '10.1.2.3/32'), [kplus.NetworkPolicyPort.tcp(8080)]);
            expect(egressOf(networkPolicy as any)).toContainEqual({ to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [{ port: 8080, protocol: 'TCP' }] });
          },
        },
      },
    },
    {
      wrong: () => ({ extraConfig: { mcp: { servers: { crm: { url: 'https://crm.example.com' } } } }, ciliumEgress: {} }),
      remedies: {
        "add 'crm.example.com' to ciliumEgress.hosts": () => ({
          extraConfig: { mcp: { servers: { crm: { url: 'https://crm.example.com' } } } }, ciliumEgress: { hosts: ['crm.example.com'] },
        }),
      },
    },
  ],
  'provider-unreachable': [
    {
      wrong: at(custom('corp', 'https://10.1.2.3/v1')),
      remedies: {
        'add its address with gateway.networkPolicy.addEgressRule()': {
          then: ({ networkPolicy }) => {
            networkPolicy!.addEgressRule(kplus.NetworkPolicyIpBlock.ipv4(networkPolicy!, 'Corp', '10.1.2.3/32'), [kplus.NetworkPolicyPort.tcp(443)]);
            expect(egressOf(networkPolicy as any)).toContainEqual({ to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [{ port: 443, protocol: 'TCP' }] });
          },
        },
      },
    },
    {
      wrong: chart => ({ ...at(custom('corp', 'https://llm.corp.local/v1'))(chart), guard: ModelGuard.pod() }),
      remedies: {
        'add its address with gateway.guard.networkPolicy.addEgressRule()': {
          then: ({ guard }) => {
            const policy = guard!.networkPolicy!;
            policy.addEgressRule(kplus.NetworkPolicyIpBlock.ipv4(policy, 'Corp', '10.1.2.3/32'), [kplus.NetworkPolicyPort.tcp(443)]);
            expect(egressOf(policy as any)).toContainEqual({ to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [{ port: 443, protocol: 'TCP' }] });
          },
        },
      },
    },
  ],
  'provider-key-missing': [{
    wrong: chart => ({ providerSecrets: keysOf(chart, ANTHROPIC) }),
    remedies: {
      "use providerKeys: ProviderKeys.fromSecretName('openclaw-secrets')": chart =>
        ({ providerSecrets: keysOf(chart, ANTHROPIC), providerKeys: ProviderKeys.fromSecretName('openclaw-secrets') }),
      'add new ProviderSecret(…, { provider: Provider.OPENAI, source: … })': keyed([ANTHROPIC, secret('a')], [OPENAI, secret('b')]),
    },
  }],
  'provider-key-unused': [{
    wrong: chart => ({ providerSecrets: keysOf(chart, ANTHROPIC, OPENAI, GROQ) }),
    remedies: { 'remove it from providerSecrets': chart => ({ providerSecrets: keysOf(chart, ANTHROPIC, OPENAI) }) },
  }],
  'provider-key-duplicate': [{
    wrong: keyed([ANTHROPIC, secret('a')], [OPENAI, secret('b')], [OPENAI, secret('c')]),
    remedies: { 'keep one': keyed([ANTHROPIC, secret('a')], [OPENAI, secret('b')]) },
  }],
  'aws-credentials-need-guard': [{
    wrong: bedrock(ACCESS_KEYS),
    remedies: {
      'use ModelGuard.sidecar()': bedrock(ACCESS_KEYS, ModelGuard.sidecar()),
      'ModelGuard.pod()': bedrock(ACCESS_KEYS, ModelGuard.pod()),
      'give a Bedrock API key as source': bedrock({ source: secret('aws', 'key') }),
    },
  }],
  'provider-keys-unused': [{
    wrong: several,
    remedies: {
      'use ModelGuard.sidecar()': chart => ({ ...several(chart), guard: ModelGuard.sidecar() }),
      'ModelGuard.pod()': chart => ({ ...several(chart), guard: ModelGuard.pod() }),
      'remove additional': keyed([ANTHROPIC, secret('a')], [OPENAI, secret('b')]),
    },
  }],
  'provider-key-shared': [{
    wrong: () => ({ providerSecrets: [], providerKeys: ProviderKeys.fromStore({ store, remoteKey: 'llm', property: 'key' }) }),
    remedies: {
      "give each its own: write '{provider}' into providerKeys": () => ({ providerSecrets: [], providerKeys: ProviderKeys.fromStore({ store, remoteKey: 'llm', property: '{provider}' }) }),
      'use a ProviderSecret for each': keyed([ANTHROPIC, secret('a')], [OPENAI, secret('b')]),
    },
  }],
  'secret-plain-text': [{
    wrong: inManifest,
    remedies: {
      'use SecretSource.fromStore()': keyed([ANTHROPIC, secret()], [OPENAI, SecretSource.fromStore({ store, remoteKey: 'openai' })]),
      'fromSecret()': definedIn('gateways'),
      'fromSecretName()': keyed([ANTHROPIC, secret('a')], [OPENAI, secret('b')]),
    },
  }],
  'secret-other-namespace': [{ wrong: definedIn('elsewhere'), remedies: { 'define the secret in a chart of that namespace': definedIn('gateways') } }],
  'secret-name-taken': [
    {
      wrong: () => ({ secrets: { OPENAI_API_KEY: secret() } }),
      remedies: { 'give the secret or the provider another name': () => ({ secrets: { OTHER: secret() } }) },
    },
    {
      wrong: chart => azures(chart, 'azure-openai'),
      remedies: { 'give the secret or the provider another name': chart => azures(chart, 'azure-west') },
    },
  ],
};

function azures(chart: Chart, id: string): Props {
  const models = ['https://east.openai.azure.com', 'https://west.openai.azure.com']
    .map((endpoint, i) => Provider.azureOpenAi({ endpoint, id: i === 0 ? undefined : id }).model('a', FACTS));
  const keyOf = (provider: Provider) => new ProviderSecret(chart, provider.id, { provider, source: secret(provider.id) });
  return { chain: newChain(chart, models), providerSecrets: models.map(({ provider }) => keyOf(provider)) };
}
