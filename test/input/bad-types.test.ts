import { Duration, Size } from 'cdk8s';
import {
  FallbackChain, GatewayAuth, ModelAllowlist, OpenClawDeployment, OpenClawVersion, Preset, Provider, ProviderSecret, SecretSource, SecretStore,
} from '../../src/index';
import { keysOf, messageOf, newChain, newChart, SONNET, TOKEN } from '../support/gateway';

/** As another copy of the package would bring it along. */
const TWIN = { Preset: class {} };

/** Calls that only a program without a compiler can make, and what they are answered. */
const ANSWERS: [string, (chart: any) => unknown, string][] = [
  ['gateway without props', chart => new OpenClawDeployment(chart, 'G', undefined as any), [
    "OpenClawDeployment 'prod/G' has 3 problems:",
    "  version must be an OpenClawVersion, got undefined; use OpenClawVersion.V2026_9_6 or OpenClawVersion.of('2026.9.6')",
    '  chain must be a FallbackChain, got undefined; use new FallbackChain(…) or FallbackChain.fromProviders(…)',
    '  auth must be a GatewayAuth, got undefined; use GatewayAuth.token(…) or GatewayAuth.trustedProxy(…)',
  ].join('\n')],
  ['gateway with wrong types', chart => new OpenClawDeployment(chart, 'G', {
    version: '2026.9.6',
    chain: newChain(chart, [SONNET]),
    auth: TOKEN,
    preset: 'prod',
    providerSecrets: keysOf(chart, Provider.ANTHROPIC)[0],
    plugins: [null],
    secrets: { 'a b': 'x' },
    acknowledge: { x: 1 },
    envVariables: { A: 8080 },
    httpApi: 'yes',
    state: '10Gi',
  } as any), [
    "OpenClawDeployment 'prod/G' has 10 problems:",
    "  version must be an OpenClawVersion, got the string '2026.9.6'; use OpenClawVersion.V2026_9_6 or OpenClawVersion.of('2026.9.6')",
    "  preset must be a Preset, got the string 'prod'; use Preset.PROD or Preset.DEV",
    "  state must be a GatewayState, got the string '10Gi'; use GatewayState.claim(…) or GatewayState.existing(…)",
    '  providerSecrets must be an array, each element a ProviderSecret, got a ProviderSecret',
    "  secrets['a b'] must be a SecretSource, got the string 'x'",
    "  names of secrets[0] must be letters, digits, underscores, dashes or dots, got the string 'a b'",
    '  plugins[0] must be the id of a bundled plugin, got null',
    "  httpApi must be a boolean, got the string 'yes'",
    "  acknowledge['x'] must be the reason, a string, got 1",
    "  envVariables['A'] must be a text or a kplus.EnvValue, got 8080; write '8080'",
  ].join('\n')],
  ['slots of wrong types', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6,
    chain: newChain(chart, [SONNET]),
    auth: TOKEN,
    modelSlots: { image: 'gpt-5.4', images: SONNET, heartbeat: { every: Duration.seconds(90), model: 'gpt-5.4' } },
  } as any), [
    "OpenClawDeployment 'prod/G' has 4 problems:",
    "  modelSlots.image must be a Model, got the string 'gpt-5.4'; use for example Provider.OPENAI.model('gpt-5.4-mini')",
    "  unknown slot 'images' of modelSlots; valid slots: image, pdf, utility, memoryEmbeddings, heartbeat",
    '  modelSlots.heartbeat.every must be a Duration of whole minutes, at least one, got a Duration of 1 minute 30 seconds; use Duration.minutes(30)',
    "  modelSlots.heartbeat.model must be a Model, got the string 'gpt-5.4'",
  ].join('\n')],
  ['exposure of wrong types', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6,
    chain: newChain(chart, [SONNET]),
    auth: TOKEN,
    exposure: {
      origins: ['https://Assistant.example.com:443/chat', 'assistant.example.com', 'https://*.example.com', '*', 7],
      trustedProxies: ['ingress-nginx', '0.0.0.0/0'],
      peers: ['ingress-nginx'],
    },
  } as any), [
    "OpenClawDeployment 'prod/G' has 8 problems:",
    "  exposure.origins[0] must be a scheme and a host as browsers send them, without a path, got the string 'https://Assistant.example.com:443/chat';"
      + " write 'https://assistant.example.com'",
    ...['assistant.example.com', 'https://*.example.com', '*'].map((origin, i) =>
      `  exposure.origins[${i + 1}] must be a scheme and a host as browsers send them, without a path, got the string '${origin}'; write 'https://assistant.example.com'`),
    "  exposure.origins[4] must be a scheme and a host as browsers send them, without a path, got 7; write 'https://assistant.example.com'",
    "  exposure.trustedProxies[0] must be an address or CIDR block, not the whole internet, got the string 'ingress-nginx'; for example '10.244.0.0/16'",
    "  exposure.trustedProxies[1] must be an address or CIDR block, not the whole internet, got the string '0.0.0.0/0'; for example '10.244.0.0/16'",
    "  exposure.peers[0] must be a kplus.INetworkPolicyPeer, for example kplus.Pods.select(…), or a CIDR block, got the string 'ingress-nginx'",
  ].join('\n')],
  ['hosts for Cilium of wrong types', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6,
    chain: newChain(chart, [SONNET]),
    auth: TOKEN,
    ciliumEgress: { hosts: ['https://api.telegram.org', 'api.telegram.org:443', '*', 'localhost', '203.0.114.7', 'API.telegram.org', undefined, 'redis.tools.svc', 'api.telegram.org'] },
  } as any), [
    "OpenClawDeployment 'prod/G' has 8 problems:",
    ...["the string 'https://api.telegram.org'", "the string 'api.telegram.org:443'", "the string '*'", "the string 'localhost'", "the string '203.0.114.7'",
      "the string 'API.telegram.org'", 'undefined', "the string 'redis.tools.svc'"].map((got, i) =>
      `  ciliumEgress.hosts[${i}] must be the name of a host outside the cluster, in lower case, perhaps with *, got ${got}; for example 'api.telegram.org'`),
  ].join('\n')],
  ['hosts for Cilium alone', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6, chain: newChain(chart, [SONNET]), auth: TOKEN, ciliumEgress: true,
  } as any), "OpenClawDeployment 'prod/G': ciliumEgress must be an object, perhaps with hosts, got true"],
  ['exposure by a name', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6, chain: newChain(chart, [SONNET]), auth: TOKEN, exposure: 'https://assistant.example.com',
  } as any), "OpenClawDeployment 'prod/G': exposure must be an object with origins, and perhaps trustedProxies and peers,"
    + " got the string 'https://assistant.example.com'"],
  ['exposure of nothing', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6, chain: newChain(chart, [SONNET]), auth: TOKEN, exposure: { origins: [], trustedProxies: [] },
  }), [
    "OpenClawDeployment 'prod/G' has 2 problems:",
    "  exposure.origins must be an array of at least one origin, got an empty array; for example ['https://assistant.example.com']",
    '  exposure.trustedProxies must be an array of at least one address or CIDR block, or left out, got an empty array',
  ].join('\n')],
  ['slots that are none', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6, chain: newChain(chart, [SONNET]), auth: TOKEN, modelSlots: [SONNET],
  } as any), "OpenClawDeployment 'prod/G': modelSlots must be an object with a Model for each slot, got an array"],
  ['heartbeat that is a number', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6, chain: newChain(chart, [SONNET]), auth: TOKEN, modelSlots: { heartbeat: 30 },
  } as any), "OpenClawDeployment 'prod/G': modelSlots.heartbeat must be an object with every and perhaps model, got 30"],
  ['allowlist with embeddings by name', chart => new ModelAllowlist(chart, 'A', { models: [SONNET], embeddings: ['text-embedding-3-small'] } as any),
    "ModelAllowlist 'prod/A': embeddings[0] must be a Model, got the string 'text-embedding-3-small'; use for example"
      + " Provider.OPENAI.model('text-embedding-3-small')"],
  ['gateway outside of a chart', chart => new OpenClawDeployment(chart.node.root, 'G', {
    version: OpenClawVersion.V2026_9_6, chain: newChain(chart, [SONNET]), auth: TOKEN,
  }), "OpenClawDeployment 'G': it must stand in a Chart, which gives it its namespace and writes its file"],
  ['chain of a bare id', chart => new FallbackChain(chart, 'C', { primary: 'claude-sonnet-5' } as any),
    "FallbackChain 'prod/C': primary must be a Model, got the string 'claude-sonnet-5'; use for example Provider.ANTHROPIC.model('claude-sonnet-5')"],
  ['chain with null fallbacks', chart => new FallbackChain(chart, 'C', { primary: SONNET, fallbacks: [null, undefined], retries: -1 } as any), [
    "FallbackChain 'prod/C' has 3 problems:",
    '  retries must be a whole number from 0, got -1',
    "  fallbacks[0] must be a Model, got null; use for example Provider.OPENAI.model('gpt-5.4')",
    "  fallbacks[1] must be a Model, got undefined; use for example Provider.OPENAI.model('gpt-5.4')",
  ].join('\n')],
  ['chain of no providers', chart => FallbackChain.fromProviders(chart, 'C', { providers: [] }),
    "FallbackChain 'prod/C': providers must be an array of at least one Provider, got an empty array"],
  ['override of another provider', chart => FallbackChain.fromProviders(chart, 'C', { providers: [Provider.OPENAI], overrides: [SONNET] }),
    "FallbackChain 'prod/C': overrides names 'anthropic/claude-sonnet-5', of providers that are not among openai"],
  ['two overrides for one provider', chart => FallbackChain.fromProviders(chart, 'C', {
    providers: [Provider.ANTHROPIC], overrides: [SONNET, Provider.ANTHROPIC.model('claude-opus-5')],
  }), "FallbackChain 'prod/C': overrides names 'anthropic/claude-opus-5', of providers that have an override already; keep one of each"],
  ['resources in the form of Kubernetes', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6,
    chain: newChain(chart, [SONNET]),
    auth: TOKEN,
    resources: { requests: { memory: '2Gi' }, cpu: '500m', memory: { request: '2Gi', limits: '1Gi' } },
  } as any), [
    "OpenClawDeployment 'prod/G' has 3 problems:",
    "  unknown option 'requests' of resources; valid options: cpu, memory, ephemeralStorage",
    "  resources.cpu must be an object with request, limit or both, got the string '500m'; use for example { cpu: { request: '500m' }, memory: {"
      + " request: '1Gi', limit: '2Gi' } }",
    "  unknown option 'limits' of resources.memory; did you mean 'limit'?",
  ].join('\n')],
  ['resources in units that are not written', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6,
    chain: newChain(chart, [SONNET]),
    auth: TOKEN,
    resources: { cpu: { request: '500 m', limit: -1 }, memory: { request: '2G', limit: 2048 }, ephemeralStorage: { limit: '1.5Gi' } },
  }), [
    "OpenClawDeployment 'prod/G' has 5 problems:",
    "  resources.cpu.request must be a number of cores, a text such as '500m' or a kplus.Cpu, got the string '500 m'; use for example '500m'",
    "  resources.cpu.limit must be a number of cores, a text such as '500m' or a kplus.Cpu, got -1; use for example '500m'",
    "  resources.memory.request must be whole mebibytes, as a text in Ki, Mi, Gi or Ti or as a Size, got the string '2G'; use for example '512Mi'",
    "  resources.memory.limit must be whole mebibytes, as a text in Ki, Mi, Gi or Ti or as a Size, got 2048; use for example '512Mi'",
    "  resources.ephemeralStorage.limit must be whole gibibytes, as a text in Gi or Ti or as a Size, got the string '1.5Gi'; use for example '1Gi'",
  ].join('\n')],
  ['requests above their limits', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6,
    chain: newChain(chart, [SONNET]),
    auth: TOKEN,
    resources: { cpu: { request: 1, limit: '900m' }, memory: { request: '4Gi', limit: Size.gibibytes(3) } },
  }), [
    "OpenClawDeployment 'prod/G' has 2 problems:",
    '  resources.cpu.request is more than resources.cpu.limit; lower it or raise the limit',
    '  resources.memory.request is more than resources.memory.limit; lower it or raise the limit',
  ].join('\n')],
  ['resources in parts of the units that are written', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6,
    chain: newChain(chart, [SONNET]),
    auth: TOKEN,
    resources: {
      memory: { request: Size.mebibytes(1), limit: Size.kibibytes(1500) },
      ephemeralStorage: { request: Size.mebibytes(512), limit: Size.mebibytes(1024) },
    },
  }), [
    "OpenClawDeployment 'prod/G' has 2 problems:",
    '  resources.memory.limit must be whole mebibytes, as a text in Ki, Mi, Gi or Ti or as a Size, got a Size of 1500 KiB; use for example \'512Mi\'',
    '  resources.ephemeralStorage.request must be whole gibibytes, as a text in Gi or Ti or as a Size, got a Size of 512 MiB; use for example \'1Gi\'',
  ].join('\n')],
  ['time-out below a second', () => Provider.OPENAI.customize({ timeout: Duration.millis(500) }),
    "Provider 'openai': timeout must be a Duration of whole seconds, at least one, got a Duration of 500 millis; use Duration.seconds(60)"],
  ['silence below a second', chart => new FallbackChain(chart, 'C', { primary: SONNET, idleTimeout: Duration.millis(1500) }),
    "FallbackChain 'prod/C': idleTimeout must be a Duration of whole seconds, at least one, got a Duration of 1 second 500 millis; use Duration.seconds(60)"],
  ['silence as a number', chart => FallbackChain.fromProviders(chart, 'C', { providers: [Provider.OPENAI], idleTimeout: 60 } as any),
    "FallbackChain 'prod/C': idleTimeout must be a Duration of whole seconds, at least one, got 60; use Duration.seconds(60)"],
  ['proxy by name', () => GatewayAuth.trustedProxy({ userHeader: 'x-user', trustedProxies: ['ingress', '10.0.0.0/33'] }), [
    'GatewayAuth.trustedProxy() has 2 problems:',
    "  trustedProxies[0] must be an address or CIDR block, not the whole internet, got the string 'ingress'; for example '10.244.0.0/16'",
    "  trustedProxies[1] must be an address or CIDR block, not the whole internet, got the string '10.0.0.0/33'; for example '10.244.0.0/16'",
  ].join('\n')],
  ['a class of another copy', chart => new OpenClawDeployment(chart, 'G', {
    version: OpenClawVersion.V2026_9_6, chain: newChain(chart, [SONNET]), auth: TOKEN, preset: new TWIN.Preset(),
  } as any), "OpenClawDeployment 'prod/G': preset must be a Preset, got a Preset of another copy of the package (npm dedupe makes them one); use Preset.PROD or"
    + ' Preset.DEV'],
  ['release of a thirteenth month', () => OpenClawVersion.of('2026.13.1'),
    "OpenClawVersion.of(): version must be an OpenClaw version such as '2026.9.6' or '2026.7.1-2' (no 'v', no 'latest', no beta), got the string '2026.13.1'"],
  ['empty allowlist', chart => new ModelAllowlist(chart, 'A', { models: [] }),
    "ModelAllowlist 'prod/A': it names no model; give at least one of chains, models, providers or patterns (OpenClaw takes an empty allowlist to mean that"
      + ' every model is allowed)'],
  ['allowlist of strings', chart => new ModelAllowlist(chart, 'A', { models: ['openai/gpt-5.4'], patterns: 'openai/*' } as any), [
    "ModelAllowlist 'prod/A' has 2 problems:",
    "  models[0] must be a Model, got the string 'openai/gpt-5.4'; use for example Provider.OPENAI.model('gpt-5.4')",
    "  patterns must be an array, each element a ModelPattern, got the string 'openai/*'; use for example Provider.OPENROUTER.pattern('anthropic/*')",
  ].join('\n')],
  ['key without source', chart => new ProviderSecret(chart, 'K', { provider: Provider.OPENAI } as any),
    "ProviderSecret 'prod/K': source must be a SecretSource, got undefined; use for example SecretSource.fromSecretName('openclaw-secrets',"
      + " 'ANTHROPIC_API_KEY')"],
  ['model without id', () => Provider.OPENAI.model(undefined as any), "Provider 'openai': model id must be a non-empty string, got undefined"],
  ['model with wrong facts', () => Provider.OPENAI.model('x', { contextWindow: '1M', maxTokens: 0, alias: 'a b', input: ['sound'], cost: 3 } as any), [
    "model 'openai/x' has 5 problems:",
    '  alias must be a letter, then letters, digits, dots, dashes or underscores, and none of status, list, default, off, reset, got the string'
      + " 'a b'",
    "  contextWindow must be a whole number of tokens, got the string '1M'",
    '  maxTokens must be a whole number of tokens, got 0',
    '  cost must be prices of input and output in US dollars, got 3',
    "  input[0] must be a ModelInput, got the string 'sound'",
  ].join('\n')],
  ['custom provider with a bad id', () => Provider.custom('My_LLM', { baseUrl: 'http://x/v1' }),
    "Provider.custom('My_LLM'): id must be lower-case letters and digits, with single dashes between, got the string 'My_LLM'"],
  ['custom provider without address', () => Provider.custom('llm', {} as any),
    "Provider.custom('llm'): baseUrl must be an absolute http or https URL such as http://vllm.models.svc:8000/v1, got undefined"],
  ['address with a key in it', () => Provider.custom('llm', { baseUrl: 'https://user:pw@llm.example.com/v1?key=1' }),
    "Provider.custom('llm'): baseUrl holds a user or password, which would be readable in the manifests; give the key with a ProviderSecret"],
  ['endpoint of Azure that is no web address', () => Provider.azureOpenAi({ endpoint: 'contoso:443' }),
    "Provider.azureOpenAi(): endpoint must be an absolute http or https URL such as https://<resource>.openai.azure.com, got the string 'contoso:443'"],
  ['header that carries a key', () => Provider.OPENAI.customize({ headers: { Authorization: 'Bearer x' } }),
    "Provider 'openai': headers['Authorization'] would show a secret in the manifests; give the provider its key with a ProviderSecret"],
  ['address that hides another', () => Provider.custom('llm', { baseUrl: 'http://${HOST}/v1' }),
    "Provider.custom('llm'): baseUrl must be a URL of letters, digits, dots, dashes and slashes, without query and fragment, got the string 'http://${HOST}/v1'"],
  ['header with a line break', () => Provider.OPENAI.customize({ headers: { 'x-team': 'a\r\nEvil: 1', 'a b': 'c' } }), [
    "Provider 'openai' has 2 problems:",
    "  names of headers[1] must be the name of an HTTP header, and none that the sender sets itself, got the string 'a b'",
    "  headers['x-team'] must be a string of at most 16,384 printable ASCII characters, got the string 'a\\r\\nEvil: 1'",
  ].join('\n')],
  ['headers that the sender sets itself', () => Provider.OPENAI.customize({ headers: { 'Host': 'llm.internal', 'x-guard-read': 'yes' } }), [
    "Provider 'openai' has 2 problems:",
    "  names of headers[0] must be the name of an HTTP header, and none that the sender sets itself, got the string 'Host'",
    "  names of headers[1] must be the name of an HTTP header, and none that the sender sets itself, got the string 'x-guard-read'",
  ].join('\n')],
  ['address with two slashes', () => Provider.custom('llm', { baseUrl: 'https://llm.example.com//v1' }),
    "Provider.custom('llm'): baseUrl must be a URL whose path has a name between each two slashes, without | and ^, got the string 'https://llm.example.com//v1'"],
  ['address of a call', () => Provider.custom('llm', { baseUrl: 'https://llm.example.com/v1/chat/completions' }),
    "Provider.custom('llm'): baseUrl is 'https://llm.example.com/v1/chat/completions', which ends in the path of a call; leave out '/chat/completions', which OpenClaw adds"],
  ['a key that was made up', chart => new ProviderSecret(chart, 'Key', { provider: Provider.OPENAI, source: SecretSource.generated() }),
    "ProviderSecret 'prod/Key': source makes a value up, and no provider knows a key that was made up; give the key that the provider has issued"],
  ['mistyped options', () => Provider.OPENAI.customize({ baseURL: 'https://proxy.example.com', retry: 3 } as any), [
    "Provider 'openai' has 2 problems:",
    "  unknown option 'baseURL'; did you mean 'baseUrl'?",
    "  unknown option 'retry'; valid options: baseUrl, podPort, podLabels, headers, secretHeaders, bearerHeaders, timeout",
  ].join('\n')],
  ['users under another name', () => GatewayAuth.trustedProxy({ userHeader: 'x-user', trustedProxies: ['10.0.0.0/8'], allowedUsers: ['bob'] } as any),
    "GatewayAuth.trustedProxy(): unknown option 'allowedUsers'; did you mean 'allowUsers'?"],
  ['a preset without a name', () => Preset.DEV.customize({ name: ' ' }), "Preset ' ': name must be a word or a few, on one line, got the string ' '"],
  ['a preset whose name breaks a line', () => Preset.DEV.customize({ name: 'a\nb' }),
    "Preset 'a\nb': name must be a word or a few, on one line, got the string 'a\\nb'"],
  ['a server that may need a key', () => Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc/v1', requiresKey: 'false' } as any),
    "Provider.custom('vllm'): requiresKey must be a boolean, got the string 'false'"],
  ['a network that stays open', () => Preset.DEV.customize({ isolatedNetwork: true } as any), "Preset 'dev': unknown option 'isolatedNetwork'; did you mean 'isolateNetwork'?"],
  ['mistyped props, beside those of a struct of your own', chart => new FallbackChain(chart, 'Other', { primary: SONNET, fallback: [], stage: 'a' } as any),
    "FallbackChain 'prod/Other': unknown prop 'fallback'; did you mean 'fallbacks'?"],
  ['key as the value of a harmless header', () => Provider.OPENAI.customize({ headers: { 'x-goog': 'sk-ant-api03-0123456789abcdef' } }),
    "Provider 'openai': headers['x-goog'] would show a secret in the manifests; use secretHeaders: { 'x-goog': SecretSource.fromSecretName('<secret>', '<key>') }"],
  ['names that Kubernetes refuses', () => SecretSource.fromSecretName('My Secret', '__proto__'), [
    'SecretSource.fromSecretName() has 2 problems:',
    "  name must be the name of a Secret: lower-case letters, digits, dashes and dots, got the string 'My Secret'",
    "  key must be a key of a Secret: letters, digits, dashes, underscores and dots, got the string '__proto__'",
  ].join('\n')],
  ['empty list of users', () => GatewayAuth.trustedProxy({ userHeader: 'x-user', trustedProxies: ['10.0.0.0/8'], allowUsers: [] }),
    'GatewayAuth.trustedProxy(): allowUsers must be an array of at least one user, or left out, got an empty array; OpenClaw takes an empty list to mean everyone'],
  ['pattern of nothing', () => Provider.OPENAI.pattern(''), "Provider 'openai': pattern must be a non-empty string, got an empty string"],
  ['release latest', () => OpenClawVersion.of('latest'),
    "OpenClawVersion.of(): version must be an OpenClaw version such as '2026.9.6' or '2026.7.1-2' (no 'v', no 'latest', no beta), got the string 'latest'"],
  ['release with v', () => OpenClawVersion.of('v2026.9.6'),
    "OpenClawVersion.of(): version must be an OpenClaw version such as '2026.9.6' or '2026.7.1-2' (no 'v', no 'latest', no beta), got the string 'v2026.9.6'"],
  ['release too old', () => OpenClawVersion.of('2026.5.18'),
    "OpenClawVersion.of(): version must be 2026.6.1 or newer, got the string '2026.5.18'; older versions take another configuration; upgrade OpenClaw"],
  ['token as a string', () => GatewayAuth.token('secret' as any),
    "GatewayAuth.token(): source must be a SecretSource, got the string 'secret'; use for example SecretSource.fromSecretName('openclaw-secrets',"
      + " 'OPENCLAW_GATEWAY_TOKEN')"],
  ['proxy without addresses', () => GatewayAuth.trustedProxy({ userHeader: 'x-user', trustedProxies: [] }),
    'GatewayAuth.trustedProxy(): trustedProxies must be an array of at least one address or CIDR block, got an empty array'],
  ['store as a string', () => SecretSource.fromStore({ store: 'vault', remoteKey: 'x' } as any),
    "SecretSource.fromStore(): store must be a SecretStore, got the string 'vault'; use SecretStore.cluster('…') or SecretStore.namespaced('…')"],
  ['nameless store', () => SecretStore.cluster(null as any), 'SecretStore.cluster(): name must be the name of the store: lower-case letters, digits, dashes and dots, got null'],
  ['name where a Secret belongs', () => SecretSource.fromSecret('keys' as any, 'k'),
    "SecretSource.fromSecret(): secret must be a kplus Secret, got the string 'keys'; for a name use SecretSource.fromSecretName()"],
  ['short token', () => SecretSource.generated({ length: 8 }), 'SecretSource.generated(): length must be a whole number from 24 to 512, got 8'],
  ['plain text that is no text, without showing it', () => SecretSource.unsafePlainText(12345 as any),
    'SecretSource.unsafePlainText(): value must be a non-empty string, got a value of type number'],
  ['limit of prices without one', () => Preset.PROD.customize({ maxPrice: {} }),
    "Preset 'prod': maxPrice must be prices of input, of output or of both, in US dollars per million tokens, got an object"],
  ['limit of prices below zero', () => Preset.PROD.customize({ maxPrice: { output: -1 } }), "Preset 'prod': maxPrice.output must be a number of US dollars from 0, got -1"],
  ['preset with a safety rule as notice', () => Preset.DEV.customize({ noticeRules: ['chain-outside-allowlist'], tier: 'cheap' } as any), [
    "Preset 'dev' has 2 problems:",
    "  tier must be a ModelTier, got the string 'cheap'",
    '  noticeRules[0] must be one of model-deprecated, context-window-tight, model-too-expensive, chain-single-provider, provider-url-unencrypted, provider-key-unused, provider-keys-unused, provider-key-shared, guard-environment-unused, secret-plain-text, secret-text-shown, exposure-insecure, exposure-proxy-unknown, exposure-closed, memory-too-small, image-not-pinned,'
      + " image-other-version, got the string 'chain-outside-allowlist'",
  ].join('\n')],
];

test.each(ANSWERS)('%s', (_, call, answer) => {
  expect(messageOf(() => call(newChart()))).toBe(answer);
});

test.each([null, 'x', [], 1, () => 1].map(props => [props]))('props of %p are answered in words', props => {
  const chart = newChart();
  for (const make of [
    () => new OpenClawDeployment(chart, 'a', props as any), () => new FallbackChain(chart, 'b', props as any),
    () => new ModelAllowlist(chart, 'c', props as any), () => new ProviderSecret(chart, 'd', props as any),
    () => FallbackChain.fromProviders(chart, 'e', props as any), () => SecretSource.fromStore(props as any), () => GatewayAuth.trustedProxy(props as any),
    () => Provider.azureOpenAi(props as any), () => Provider.bedrock(props as any), () => Provider.custom('x', props as any),
  ]) {
    expect(messageOf(make)).toMatch(/ must be .*got | names no model; give /);
  }
});
