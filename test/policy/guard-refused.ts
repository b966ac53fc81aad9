import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Budget, ModelGuard, OpenClawDeploymentProps, Preset, Provider, ProviderSecret, SecretSource, SecretStore } from '../../src/index';
import { AUTHORITY } from '../support/authority';
import { GPT, keysOf, newChain, newChart, SONNET } from '../support/gateway';

const FACTS = { contextWindow: 32768, maxTokens: 4096 };
const IN_POD = Provider.custom('local', { baseUrl: 'http://localhost:8000/v1', requiresKey: false });
const VLLM = Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc:8000/v1', requiresKey: false });
const BY_ADDRESS = Provider.custom('corp', { baseUrl: 'https://203.0.113.7/v1', requiresKey: false });

/** What is wrong about a guard, and every line after the first of the error. */
export const GUARD_REFUSED: { [title: string]: [(chart: ReturnType<typeof newChart>) => Partial<OpenClawDeploymentProps>, string[]] } = {
  'providers that a guard cannot serve': [
    chart => ({
      guard: ModelGuard.pod(),
      chain: newChain(chart, [SONNET, IN_POD.model('a', FACTS), BY_ADDRESS.model('b', FACTS)]),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC),
    }),
    ["[guard-provider-unsupported] provider 'local' at 'http://localhost:8000/v1' is in the gateway's pod, the guard in another; use ModelGuard.sidecar() or a Service",
      "[guard-provider-unsupported] provider 'corp' is reached by an address, 'https://203.0.113.7/v1'; the guard checks certificates by name: use the server's name, or ModelGuard.none()"],
  ],
  'options of a guard without an effect': [
    chart => ({
      guard: ModelGuard.sidecar({ requestsPerMinute: { openaii: 60 }, certificateAuthorities: { vllm: AUTHORITY } }),
      chain: newChain(chart, [SONNET, GPT, VLLM.model('a', FACTS)]),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI),
    }),
    ["[guard-option-unused] requestsPerMinute['openaii'] of guard names no provider of this gateway; did you mean 'openai'?",
      "[guard-option-unused] certificateAuthorities['vllm'] of guard has no effect, since the provider is reached at 'http://vllm.models.svc:8000/v1'; leave it out, or reach the"
      + ' provider by https'],
  ],
  'budgets that cannot hold': [
    chart => ({
      guard: ModelGuard.sidecar({
        budgets: [Budget.perDay({ usd: 0.5 }), Budget.perMonth({ usd: 9, models: [Provider.OPENAI.model('gpt-5.4-mini')] })],
      }),
      chain: newChain(chart, [SONNET, VLLM.model('a', FACTS), Provider.OPENROUTER.model('a/b', { ...FACTS, cost: { input: 1, output: 1 }, params: { provider: { order: ['x'] } } }), VLLM.model('sizeless', { cost: { input: 1, output: 1 } })]),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENROUTER),
    }),
    ["[model-unknown] model 'vllm/sizeless' is not in OpenClaw's catalog, which has no models of custom providers; give model() its contextWindow and maxTokens",
      "[budget-model-unpriced] budget 'day' counts 'vllm/a', whose price is not known; give model() its cost, or take it out of models of the budget",
      "[budget-model-unpriced] budget 'day' counts 'vllm/sizeless', whose size is not known; give model() its contextWindow and maxTokens",
      "[budget-too-small] budget 'day' has $0.50, but one call of 'anthropic/claude-sonnet-5' may cost $3.78, so its longest requests would always be refused; raise usd to at least 3.79,"
      + ' or take the model out of models of the budget',
      "[budget-model-unknown] budget 'month' is for 'openai/gpt-5.4-mini', which this gateway cannot call; add it to the chain or the allowlist, or take it out of models of the budget",
      "[budget-param-refused] budget 'day' counts 'openrouter/a/b', whose params have 'provider', which may change the price of a call, so its guard would refuse every call;"
      + ' remove it, or take the model out of models of the budget'],
  ],
  'a guard with the user of its gateway': [
    () => ({ guard: ModelGuard.sidecar(), preset: Preset.PROD.customize({ name: 'openshift', clusterAssignsUser: true }) }),
    ["[guard-user-shared] the preset 'openshift' has the cluster assign one user to all containers of a pod (clusterAssignsUser), so a guard beside the gateway would have the gateway's"
      + ' user; use ModelGuard.pod()'],
  ],
  'a provider at a port of the guard': [
    chart => ({
      guard: ModelGuard.sidecar(),
      chain: newChain(chart, [SONNET, Provider.custom('local', { baseUrl: 'http://localhost:9402/v1', requiresKey: false }).model('a', FACTS)]),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC),
    }),
    ["[guard-provider-unsupported] provider 'local' is reached at 'http://localhost:9402/v1', a port of the guard; use another"],
  ],
  'a provider with a key in the pod that agents run in': [
    chart => {
      const local = (baseUrl: string) => Provider.OPENAI.customize({ baseUrl });
      return {
        guard: ModelGuard.sidecar(),
        chain: newChain(chart, [SONNET, local('http://127.0.0.1:18080/v1').model('gpt-5.4'), Provider.MISTRAL.customize({ baseUrl: 'https://localhost/v1' }).model('a', FACTS)]),
        providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.MISTRAL),
      };
    },
    ["[guard-provider-unsupported] provider 'openai' is reached at 'http://127.0.0.1:18080/v1', in the pod that the agents run in: whoever takes that port is sent the key;"
      + ' use a server that needs none (requiresKey: false), a Service, or ModelGuard.none()'],
  ],
  'a guard with little memory': [
    chart => ({
      guard: ModelGuard.sidecar({ resources: { memory: { limit: Size.mebibytes(64) } }, bodyLimit: Size.mebibytes(32) }),
      chain: newChain(chart, [SONNET, GPT]),
    }),
    ['[memory-too-small] resources.memory.limit of guard is 64 MiB; with bodies of 32 MiB it needs at least 175 MiB'],
  ],
  "a provider's key that the gateway gets under another name": [
    () => ({
      guard: ModelGuard.sidecar(),
      secrets: { ELEVENLABS_API_KEY: SecretSource.fromSecretName('openclaw-secrets', 'OPENAI_API_KEY') },
    }),
    ["[guard-key-exposed] secrets['ELEVENLABS_API_KEY'] holds the key of provider 'openai' (Secret openclaw-secrets, key OPENAI_API_KEY), which the guard keeps"
      + ' from the gateway; give it a secret of its own'],
  ],
  "a provider's key that the gateway gets in another way": [
    chart => {
      const store = SecretStore.cluster('vault');
      const key = (provider: Provider, source: SecretSource) => new ProviderSecret(chart, `Key-${provider.id}`, { provider, source });
      const anthropic = key(Provider.ANTHROPIC, SecretSource.fromStore({ store, remoteKey: 'llm', property: 'anthropic' }));
      return {
        guard: ModelGuard.sidecar(),
        chain: newChain(chart, [SONNET, GPT, Provider.MISTRAL.model('mistral-small-latest', FACTS)]),
        providerSecrets: [key(Provider.MISTRAL, SecretSource.fromStore({ store, remoteKey: 'nested', property: 'keys.mistral' })), anthropic, key(Provider.OPENAI, SecretSource.unsafePlainText('plain'))],
        preset: Preset.DEV,
        secrets: {
          READ_MORE_OFTEN: SecretSource.fromStore({ store, remoteKey: 'llm', property: 'anthropic', refreshInterval: Duration.minutes(5) }),
          WHOLE_ENTRY: SecretSource.fromStore({ store, remoteKey: 'llm' }),
          OTHER_FIELD: SecretSource.fromStore({ store, remoteKey: 'llm', property: 'slack' }),
          FETCHED: SecretSource.fromSecret(anthropic.secret, anthropic.secretKey),
          BY_NAME: SecretSource.fromSecretName(anthropic.secret.name, anthropic.secretKey),
          PLAIN: SecretSource.unsafePlainText('plain'),
          OTHER_PLAIN: SecretSource.unsafePlainText('other'),
          OUTER_FIELD: SecretSource.fromStore({ store, remoteKey: 'nested', property: 'keys' }),
          QUERY: SecretSource.fromStore({ store, remoteKey: 'nested', property: 'k*.mistral' }),
          OBJECT: SecretSource.fromStore({ store, remoteKey: 'nested', property: '{keys}' }),
          ARRAY: SecretSource.fromStore({ store, remoteKey: 'nested', property: '[keys.mistral]' }),
          LINES: SecretSource.fromStore({ store, remoteKey: 'nested', property: '..0' }),
        },
      };
    },
    [
      ...['READ_MORE_OFTEN', 'WHOLE_ENTRY', 'FETCHED', 'BY_NAME'].map(name => `[guard-key-exposed] secrets['${name}'] holds the key of provider 'anthropic'`
        + ' (ClusterSecretStore vault, llm field anthropic, read every 60 minutes), which the guard keeps from the gateway; give it a secret of its own'),
      "[guard-key-exposed] secrets['PLAIN'] holds the key of provider 'openai' (plain text in the manifests), which the guard keeps from the gateway;"
        + ' give it a secret of its own',
      ...['OUTER_FIELD', 'QUERY', 'OBJECT', 'ARRAY', 'LINES'].map(name => `[guard-key-exposed] secrets['${name}'] holds the key of provider 'mistral'`
        + ' (ClusterSecretStore vault, nested field keys.mistral, read every 60 minutes), which the guard keeps from the gateway; give it a secret of its own'),
    ],
  ],
  "a provider's key that is read by a query": [
    chart => {
      const source = (property: string) => SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'nested', property });
      return {
        guard: ModelGuard.sidecar(),
        chain: newChain(chart, [SONNET]),
        providerSecrets: [new ProviderSecret(chart, 'Query', { provider: Provider.ANTHROPIC, source: source('keys|anthropic') })],
        preset: Preset.DEV,
        secrets: { OUTER: source('keys'), INNER: source('keys.anthropic') },
      };
    },
    ['OUTER', 'INNER'].map(name => `[guard-key-exposed] secrets['${name}'] holds the key of provider 'anthropic' (ClusterSecretStore vault, nested field keys|anthropic,`
      + ' read every 60 minutes), which the guard keeps from the gateway; give it a secret of its own'),
  ],
  'variables that a guard does not use': [
    chart => ({
      guard: ModelGuard.sidecar(),
      chain: newChain(chart, [SONNET, GPT]),
      envVariables: {
        HTTPS_PROXY: kplus.EnvValue.fromValue('http://proxy.example.com:3128'),
        NODE_EXTRA_CA_CERTS: kplus.EnvValue.fromValue('/etc/company/ca.crt'),
        NO_PROXY: kplus.EnvValue.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'Proxy', 'proxy'), 'exceptions'),
      },
      extraConfig: { proxy: { enabled: true, proxyUrl: 'http://proxy.example.com:3128' } },
    }),
    ["[guard-environment-unused] envVariables['HTTPS_PROXY'] has no effect on calls of models, which the guard makes without a proxy; remove it, or use"
      + ' ModelGuard.none() if the providers can only be reached through the proxy',
    "[guard-environment-unused] envVariables['NODE_EXTRA_CA_CERTS'] has no effect on calls of models, which the guard makes; remove it, and put the authority of a"
      + ' provider into certificateAuthorities of the guard',
    '[guard-environment-unused] extraConfig.proxy has no effect on calls of models, which the guard makes, and may keep the gateway from its guard; remove it, or use'
      + ' ModelGuard.none() if the providers can only be reached through the proxy',
    "[environment-reserved] envVariables['NO_PROXY'] must be a text, since the library adds the guard to it; write for example '.svc'"],
  ],
  'a guard of a moving tag': [
    chart => ({ guard: ModelGuard.sidecar({ image: 'envoyproxy/envoy:latest' }), chain: newChain(chart, [SONNET, GPT]) }),
    ["[image-not-pinned] image of guard 'envoyproxy/envoy:latest' has the tag 'latest', which may move; name a version or a digest"],
  ],
  'a guard with a credential in plain text': [
    () => ({ guard: ModelGuard.pod({ caller: SecretSource.unsafePlainText('x'), bodyLimit: Size.mebibytes(8) }) }),
    ['[secret-plain-text] the caller of guard is plain text in the manifests; use SecretSource.fromStore(), fromSecret() or fromSecretName()'],
  ],
};
