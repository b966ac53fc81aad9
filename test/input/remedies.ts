import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AwsCredentials, Backup, BedrockEndpoint, Budget, FallbackChain, Fleet, FleetProps, GatewayAuth, GatewayState, ModelAllowlist, ModelApi,
  ModelGuard, ModelReport, Monitoring, OpenClawDeployment, OpenClawDeploymentProps, OpenClawVersion, PluginPackage, PluginSource, Preset,
  Provider, ProviderKeys, ProviderSecret, SecretSource, SecretStore, Tenants, Workspace,
} from '../../src/index';
import { GPT, keysOf, newChain, newChart, newGateway, SONNET, TOKEN } from '../support/gateway';

type Try = (chart: Chart) => unknown;
/** A call that is refused, and the call after somebody has done what the message says. */
type Remedy = readonly [wrong: Try, right: Try];

/** A prop of a gateway: what is refused, and what the message tells to write. */
function prop<K extends keyof OpenClawDeploymentProps>(name: K, wrong: unknown, right: (chart: Chart) => OpenClawDeploymentProps[K]): Remedy {
  return [chart => newGateway(chart, { [name]: wrong }), chart => newGateway(chart, { [name]: right(chart) })];
}
const use = (wrong: (value: any) => Try, bad: unknown, good: unknown): Remedy => [wrong(bad), wrong(good)];

const guard = (options: object) => () => ModelGuard.sidecar(options);
const fleet = (props: Partial<FleetProps>, scope?: Chart) => {
  const app = new App();
  const chain = new FallbackChain(app, 'Chain', { primary: SONNET, fallbacks: [GPT] });
  const providerKeys = ProviderKeys.fromSecretName('keys');
  const tenants = Tenants.of([{ name: 'a' }]);
  return new Fleet(scope ?? app, 'Fleet', { version: OpenClawVersion.V2026_9_6, chain, auth: TOKEN, providerKeys, tenants, ...props });
};
const store = SecretStore.cluster('vault');
const claim = (chart: Chart) => kplus.PersistentVolumeClaim.fromClaimName(chart, 'State', 'assistant-state');
const tiers = (overrides: any[]): Try => chart => FallbackChain.fromProviders(chart, 'Tiers', { providers: [Provider.ANTHROPIC], overrides });
const chain = (props: object): Try => chart => new FallbackChain(chart, 'New', { primary: SONNET, ...props });
const allowlist = (props: object): Try => chart => new ModelAllowlist(chart, 'New', props);
const BEDROCK = Provider.bedrock({ region: 'us-east-1' });
const aws = (id: string, key: string) => AwsCredentials.accessKeys({ accessKeyId: SecretSource.fromSecretName('aws', id), secretAccessKey: SecretSource.fromSecretName('aws', key) });
const credentialsOf = (credentials: any, provider = BEDROCK, source?: SecretSource): Try => chart => new ProviderSecret(chart, 'New', { provider, credentials, source });
const keysFrom = (additional: SecretSource[]): Try => chart =>
  new ProviderSecret(chart, 'New', { provider: Provider.ANTHROPIC, source: SecretSource.fromSecretName('a', 'b'), additional });
const additionalKeys = (count: number) => keysFrom(Array.from({ length: count }, (_, i) => SecretSource.fromSecretName('a', `key-${i}`)));
const keyFrom = (source: any): Try => chart => new ProviderSecret(chart, 'New', { provider: Provider.ANTHROPIC, source });
const tuned = (params: object): Try => () => Provider.OPENROUTER.model('moonshotai/kimi-k2.5', { params });
const bedrock = (options: object = {}) => Provider.bedrock({ region: 'us-east-1', ...options });
const custom = (baseUrl: string, options = {}): Try => () => Provider.custom('mine', { baseUrl, ...options });
const secretHeader = (bad: any, good: SecretSource) => use(value => custom('https://a.example.com/v1', { secretHeaders: { 'x-a': value } }), bad, good);
const beside = (options: object, id = 'tools', props?: object): Try => chart =>
  newGateway(chart, props).addSidecar(id, { image: 'registry.example.com/tools:1.4.0', ...options });
/** A sidecar with a mount of the gateway that it joins. */
const mounting = (mount: (gateway: OpenClawDeployment) => unknown): Try => chart => {
  const gateway = newGateway(chart);
  gateway.addSidecar('tools', { image: 'registry.example.com/tools:1.4.0', volumeMounts: [mount(gateway)] as any });
};
const folder = (files: { [name: string]: string }): string => {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'remedies-'));
  for (const [name, link] of Object.entries(files)) link ? fs.symlinkSync(link, path.join(made, name)) : fs.writeFileSync(path.join(made, name), 'x');
  return made;
};
const files = (given: object): Try => () => Workspace.fromFiles(given as any);
const stateOf = (gateway: OpenClawDeployment, name: string) => kplus.Volume.fromPersistentVolumeClaim(gateway, name, gateway.stateClaim, { name });
const HASH = `sha512-${'A'.repeat(86)}==`;
const npmPackage = (options: object, name: any = '@example/jira') => () => PluginPackage.npm(name, { version: '1.0.0', integrity: HASH, ...options });
const backup = (options: object): Try => chart => newGateway(chart, { backup: Backup.schedule({ schedule: '@daily', ...options }) });
const UPLOAD = { image: 'rclone/rclone:1.71.2', command: ['rclone', 'copy', '/backups', ':s3:my-bucket/openclaw'] };
const sidecar = { peers: ['10.0.0.0/8'], trustedProxies: ['10.0.0.0/8'] };

/** By the words of the message. */
export const REMEDIES: { readonly [words: string]: Remedy } = {
  'use PluginPackage.official(…) or PluginPackage.npm(…)': prop('pluginPackages', ['discord'], () => [PluginPackage.official('discord'), npmPackage({})()]),
  "pluginPackages has plugin 'slack' twice; remove one of them":
    prop('pluginPackages', [PluginPackage.official('slack'), PluginPackage.official('slack', { version: '2026.9.5' })], () => [PluginPackage.official('slack')]),
  'use PluginPackage.official() or PluginPackage.npm()': [() => new (PluginPackage as any)(), () => PluginPackage.official('slack')],
  "for example 'discord'": use(id => () => PluginPackage.official(id), '@openclaw/discord', 'discord'),
  'give version too': [() => PluginPackage.official('slack', { integrity: HASH }), () => PluginPackage.official('slack', { version: '2026.9.6', integrity: HASH })],
  "for example '@example/openclaw-jira'": use(name => npmPackage({}, name), '@example/openclaw-jira@1.0.0', '@example/openclaw-jira'),
  "no range and no tag: for example '2026.9.6'": use(version => npmPackage({ version }), '^1.0.0', '1.0.0'),
  "'npm view <name>@<version> dist.integrity' prints it": use(integrity => npmPackage({ integrity }), 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', HASH),
  'use PluginSource.registry(…), .image(…) or .folder(…)': use(source => npmPackage({ source }), 'https://npm.example.com', PluginSource.registry('https://npm.example.com')),
  'use PluginSource.NPM, .registry(), .image() or .folder()': [() => new (PluginSource as any)(), () => PluginSource.NPM],
  "for example 'https://npm.corp.example.com'": use(url => () => PluginSource.registry(url), 'npm.example.com', 'https://npm.example.com'),
  'use a registry that lets the pod read without one, or PluginSource.image(…)': use(url => () => PluginSource.registry(url), 'https://a:b@npm.example.com', 'https://npm.example.com'),
  'url has a query or a fragment; remove it': use(url => () => PluginSource.registry(url), 'https://npm.example.com/?a', 'https://npm.example.com/'),
  "for example '/packages'": use(place => () => PluginSource.image('a:1', { path: place }), 'packages', '/packages'),
  "for example '/opt/packages'": use(place => () => PluginSource.folder(place), '/opt/../etc', '/opt/packages'),
  'use Backup.schedule(…)': prop('backup', '@daily', () => Backup.schedule({ schedule: '@daily' })),
  'use Backup.schedule()': [() => new (Backup as any)(), () => Backup.schedule({ schedule: '@daily' })],
  'give another one, or leave it out': [
    chart => { const state = claim(chart); return newGateway(chart, { state: GatewayState.existing(state, { path: '' }), backup: Backup.schedule({ schedule: '@daily', claim: state }) }); },
    chart => newGateway(chart, { state: GatewayState.existing(claim(chart), { path: '' }), backup: Backup.schedule({ schedule: '@daily' }) }),
  ],
  "for example '30 3 * * *'": use(schedule => backup({ schedule }), 'daily', '30 3 * * *'),
  "for example 'Europe/Berlin'": use(timeZone => backup({ timeZone }), '+01:00', 'Europe/Berlin'),
  "use for example kplus.PersistentVolumeClaim.fromClaimName(chart, 'Backups', 'backups')": [
    backup({ claim: 'backups' }), chart => backup({ claim: kplus.PersistentVolumeClaim.fromClaimName(chart, 'Backups', 'backups') })(chart),
  ],
  'leave them out, or claim': [
    chart => backup({ size: '5Gi', claim: claim(chart) })(chart), backup({ size: '5Gi' }),
  ],
  'leave out keep, claim, size and storageClassName, and let the store remove old archives': [backup({ keep: 3, upload: UPLOAD }), backup({ upload: UPLOAD })],
  "for example ['rclone', 'copy', '/backups', ':s3:my-bucket/openclaw']": [backup({ upload: { ...UPLOAD, command: 'rclone' } }), backup({ upload: UPLOAD })],
  "use for example kplus.Secret.fromSecretName(chart, 'Bucket', 'bucket')": [
    backup({ upload: { ...UPLOAD, secret: 'bucket' } }), chart => backup({ upload: { ...UPLOAD, secret: kplus.Secret.fromSecretName(chart, 'Bucket', 'bucket') } })(chart),
  ],
  'name at least one tenant': [() => fleet({ tenants: Tenants.of([]) }), () => fleet({})],
  "use Tenants.fromFile('tenants.yaml') or Tenants.of([…])": [() => fleet({ tenants: [] as any }), () => fleet({})],
  'give it the app, or a Construct in it, as its scope': [chart => fleet({}, chart), () => fleet({})],
  'use GatewayState.claim(…)': [chart => fleet({ state: GatewayState.existing(claim(chart), { path: '' }) }), () => fleet({ state: GatewayState.claim() })],
  "give one another name: customize({ name: 'prod-…' })": [
    () => fleet({ presets: [Preset.PROD.customize({ isolateNetwork: false }), Preset.PROD] }),
    () => fleet({ presets: [Preset.PROD.customize({ name: 'prod-open', isolateNetwork: false }), Preset.PROD] }),
  ],
  'the name of a Service has at most 63 lower-case letters, digits and dashes, a letter first: give the chart and the gateway such ids': [
    chart => newGateway(newChart('1prod', 'gateways', chart.node.root as App)), chart => newGateway(newChart('prod1', 'gateways', chart.node.root as App)),
  ],
  'use for example gateway.liveSyncContainer': [
    chart => newGateway(chart).containerPath({} as any),
    chart => { const gateway = newGateway(chart); return gateway.containerPath(gateway.liveSyncContainer!); },
  ],
  'use Duration.seconds(2)': use(connectTimeout => guard({ connectTimeout }), 5, Duration.seconds(2)),
  'use Duration.seconds(120)': use(idleTimeout => guard({ idleTimeout }), 5, Duration.seconds(120)),
  'use Size.mebibytes(16)': use(bodyLimit => guard({ bodyLimit }), 16, Size.mebibytes(16)),
  'use for example Budget.perDay({ usd: 20 })': use(budget => guard({ budgets: [budget] }), 20, Budget.perDay({ usd: 20 })),
  'give one of them another name': use(name => guard({ budgets: [Budget.perDay({ usd: 5, models: [SONNET], name }), Budget.perDay({ usd: 20 })] }), 'day', 'premium'),
  'use for example Duration.hours(1)': use(duration => () => Budget.of(duration, { usd: 1 }), Duration.seconds(1), Duration.hours(1)),
  'name models, or leave it out for all': use(models => () => Budget.perDay({ usd: 1, models }), [], [SONNET]),
  'use for example SecretSource.generated()': use(caller => () => ModelGuard.pod({ caller }), 'x', SecretSource.generated()),
  'lower it or raise the limit': [
    chart => newGateway(chart, { resources: { memory: { request: '3Gi', limit: '2Gi' } } }), chart => newGateway(chart, { resources: { memory: { request: '3Gi', limit: '4Gi' } } }),
  ],
  'use ProviderKeys.fromSecretName() or .fromStore()': [() => new (ProviderKeys as any)(), () => ProviderKeys.fromSecretName('keys')],
  "use for example '10Gi'": use(size => () => GatewayState.claim({ size }), 10, '10Gi'),
  'keep one of each': [tiers([SONNET, SONNET]), tiers([SONNET])],
  'use Duration.seconds(60)': use(idleTimeout => chain({ idleTimeout }), 60, Duration.seconds(60)),
  "use for example Provider.OPENAI.model('gpt-5.4')": use(fallbacks => chain({ fallbacks }), ['gpt-5.4'], [GPT]),
  "use for example Provider.ANTHROPIC.model('claude-sonnet-5')": use(primary => chain({ primary }), 'claude-sonnet-5', SONNET),
  "use for example Provider.OPENAI.model('text-embedding-3-small')":
    use(embeddings => allowlist({ models: [GPT], embeddings }), ['x'], [Provider.OPENAI.model('text-embedding-3-small')]),
  "use for example Provider.OPENROUTER.pattern('anthropic/*')": use(patterns => allowlist({ patterns }), ['x'], [Provider.OPENROUTER.pattern('anthropic/*')]),
  'use for example Provider.OPENAI': use(providers => allowlist({ providers }), ['openai'], [Provider.OPENAI]),
  'give at least one of chains, models, providers or patterns (OpenClaw takes an empty allowlist to mean that every model is allowed)':
    use(allowlist, {}, { models: [GPT] }),
  "leave out '/chat/completions', which OpenClaw adds": use(custom, 'https://a.example.com/v1/chat/completions', 'https://a.example.com/v1'),
  'give the key with a ProviderSecret': use(custom, 'https://u:p@a.example.com/v1', 'https://a.example.com/v1'),
  "write 'https://a.openai.azure.com', to which OpenClaw adds the path; for a gateway that serves Azure's API at another path use Provider.azureOpenAi({ endpoint: 'https://a.openai.azure.com' }).customize({ baseUrl: '<the URL up to and with /openai/v1>' })": [
    () => Provider.azureOpenAi({ endpoint: 'https://a.openai.azure.com/x' }),
    () => Provider.azureOpenAi({ endpoint: 'https://a.openai.azure.com' }).customize({ baseUrl: 'https://a.openai.azure.com/x/openai/v1' }),
  ],
  "write 'us-east-1'": [() => Provider.bedrock({ region: 'us-east-1a' }), () => Provider.bedrock({ region: 'us-east-1' })],
  "leave id out, or write for example 'bedrock-eu'": [() => bedrock({ id: 'amazon-bedrock' }), () => [bedrock(), bedrock({ id: 'bedrock-eu' })]],
  'write BedrockEndpoint.MANTLE': [() => bedrock({ endpoint: 'https://bedrock-mantle.us-east-1.api.aws' }), () => bedrock({ endpoint: BedrockEndpoint.MANTLE })],
  "for an endpoint of your VPC or a proxy write Provider.bedrock({ region: 'us-east-1' }).customize({ baseUrl: 'https://aws.example.com' })": [
    () => bedrock({ endpoint: 'https://aws.example.com' }), () => Provider.bedrock({ region: 'us-east-1' }).customize({ baseUrl: 'https://aws.example.com' }),
  ],
  "write 'https://bedrock-runtime.us-east-1.amazonaws.com'": use(baseUrl => () => bedrock().customize({ baseUrl }), 'https://bedrock.us-east-1.amazonaws.com', 'https://bedrock-runtime.us-east-1.amazonaws.com'),
  "write 'https://bedrock-runtime.us-east-1.amazonaws.com', or use Provider.bedrock({ region: 'eu-west-1' })": [
    () => bedrock().customize({ baseUrl: 'https://bedrock-runtime.eu-west-1.amazonaws.com' }),
    () => [bedrock().customize({ baseUrl: 'https://bedrock-runtime.us-east-1.amazonaws.com' }), Provider.bedrock({ region: 'eu-west-1' })],
  ],
  "write 'https://aws.example.com', to which the library adds '/anthropic' and '/openai/v1'":
    use(baseUrl => () => bedrock().customize({ baseUrl }), 'https://aws.example.com/openai/v1', 'https://aws.example.com'),
  'for a Claude model by another name give api: ModelApi.ANTHROPIC_MESSAGES, for others api: ModelApi.OPENAI_COMPLETIONS': [
    () => bedrock().model('mine'), () => [ModelApi.ANTHROPIC_MESSAGES, ModelApi.OPENAI_COMPLETIONS].map(api => bedrock().model('mine', { api })),
  ],
  "leave it out, which is that of provider 'openai'": [() => Provider.OPENAI.model('gpt-5.4', { api: ModelApi.OPENAI_COMPLETIONS }), () => Provider.OPENAI.model('gpt-5.4')],
  "write model('anthropic.claude-opus-5')": use(id => () => bedrock().model(id), 'bedrock/anthropic.claude-opus-5', 'anthropic.claude-opus-5'),
  'write the id as AWS does': use(id => () => bedrock().model(id), 'anthropic/claude-opus-5', 'anthropic.claude-opus-5'),
  'write arn:aws:bedrock:<region>:<account>:inference-profile/<id>':
    use(id => () => bedrock().model(id), 'arn:aws:s3:::bucket', 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5'),
  'which chooses the model of each call; name one model':
    use(id => () => bedrock().model(id), 'arn:aws:bedrock:us-east-1:1:prompt-router/x', 'arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-pro-v1:0'),
  "use Provider.bedrock({ region: 'eu-west-1' })": [
    () => bedrock().model('arn:aws:bedrock:eu-west-1:1:inference-profile/eu.amazon.nova-pro-v1:0'),
    () => Provider.bedrock({ region: 'eu-west-1' }).model('arn:aws:bedrock:eu-west-1:1:inference-profile/eu.amazon.nova-pro-v1:0'),
  ],
  "write 'http://ollama:11434/v1'": use(custom, 'http://ollama:11434/api', 'http://ollama:11434/v1'),
  'leave it out': use(podLabels => custom('http://a:1/v1', { podLabels }), {}, undefined),
  'remove one of them': use(params => tuned(params), { maxTokens: 1, max_tokens: 1 }, { maxTokens: 1 }),
  'a field of the request goes into extra_body': use(params => tuned(params), { top_k: 20 }, { extra_body: { top_k: 20 } }),
  'give the provider its key with a ProviderSecret': use(headers => custom('https://a.example.com/v1', { headers }), { Authorization: 'Bearer x' }, undefined),
  "use secretHeaders: { 'x-portkey-api-key': SecretSource.fromSecretName('<secret>', '<key>') }": [
    custom('https://a.example.com/v1', { headers: { 'x-portkey-api-key': 'pk-1' } }),
    custom('https://a.example.com/v1', { secretHeaders: { 'x-portkey-api-key': SecretSource.fromSecretName('portkey', 'key') } }),
  ],
  "use bearerHeaders: { 'helicone-auth': SecretSource.fromSecretName('<secret>', '<key>') }": [
    custom('https://a.example.com/v1', { headers: { 'helicone-auth': 'Bearer hk-1' } }),
    custom('https://a.example.com/v1', { bearerHeaders: { 'helicone-auth': SecretSource.fromSecretName('helicone', 'key') } }),
  ],
  "use for example SecretSource.fromSecretName('openclaw-secrets', 'PORTKEY')": secretHeader('pk-1', SecretSource.fromSecretName('openclaw-secrets', 'PORTKEY')),
  'leave out optional': use(optional => () => GatewayAuth.token(SecretSource.fromSecretName('a', 'b', { optional })), true, undefined),
  'and only keys and secret headers of providers may be missing; leave out optional':
    use(optional => chart => newGateway(chart, { secrets: { A: SecretSource.fromSecretName('a', 'b', { optional }) } }), true, undefined),
  'caller is optional, and a guard does not start without it; leave out optional':
    use(optional => () => ModelGuard.pod({ caller: SecretSource.fromSecretName('a', 'b', { optional }) }), true, undefined),
  'give the value that the server has issued': secretHeader(SecretSource.generated(), SecretSource.fromSecretName('openclaw-secrets', 'PORTKEY')),
  'remove it from headers': use(headers => custom('https://a.example.com/v1', { headers, secretHeaders: { 'x-a': SecretSource.fromSecretName('a', 'b') } }), { 'x-a': '1' }, {}),
  'is twice in secretHeaders and bearerHeaders; keep one': [
    custom('https://a.example.com/v1', { secretHeaders: { 'x-a': SecretSource.fromSecretName('a', 'b') }, bearerHeaders: { 'x-a': SecretSource.fromSecretName('a', 'b') } }),
    custom('https://a.example.com/v1', { bearerHeaders: { 'x-a': SecretSource.fromSecretName('a', 'b') } }),
  ],
  "use for example Provider.OPENAI.model('gpt-5.4-mini')": prop('modelSlots', { image: 'x' }, () => ({ image: Provider.OPENAI.model('gpt-5.4-mini') })),
  'valid slots: ': prop('modelSlots', { images: GPT }, () => ({ image: GPT })),
  'use Duration.minutes(30)': prop('modelSlots', { heartbeat: { every: 30 } }, () => ({ heartbeat: { every: Duration.minutes(30) } })),
  "for example 'api.telegram.org'": prop('ciliumEgress', { hosts: ['Telegram'] }, () => ({ hosts: ['api.telegram.org'] })),
  "for example ['https://assistant.example.com']":
    prop('exposure', { ...sidecar, origins: [] }, () => ({ ...sidecar, origins: ['https://assistant.example.com'] })),
  'older versions take another configuration; upgrade OpenClaw': use(version => () => OpenClawVersion.of(version), '2026.5.1', '2026.9.6'),
  "use for example SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')":
    use(source => () => GatewayAuth.token(source), 'x', SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')),
  'OpenClaw takes an empty list to mean everyone':
    use(allowUsers => () => GatewayAuth.trustedProxy({ userHeader: 'x-user', trustedProxies: ['10.0.0.1'], allowUsers }), [], ['ada']),
  'give the key that the provider has issued': use(keyFrom, SecretSource.generated(), SecretSource.fromSecretName('a', 'b')),
  'use AwsCredentials.accessKeys(…)': use(credentialsOf, 'AKIA', aws('a', 'b')),
  "use for example SecretSource.fromSecretName('aws', 'AWS_SECRET_ACCESS_KEY')": use(
    accessKeyId => () => AwsCredentials.accessKeys({ accessKeyId, secretAccessKey: SecretSource.fromSecretName('aws', 'b') }), 'AKIA', SecretSource.fromSecretName('aws', 'a'),
  ),
  'give the one that AWS has issued': use(
    accessKeyId => () => AwsCredentials.accessKeys({ accessKeyId, secretAccessKey: SecretSource.fromSecretName('aws', 'b') }), SecretSource.generated(), SecretSource.fromSecretName('aws', 'a'),
  ),
  'give each value its own place': use(credentialsOf, aws('a', 'a'), aws('a', 'b')),
  'remove them or credentials': use(source => credentialsOf(aws('a', 'b'), BEDROCK, source), SecretSource.fromSecretName('a', 'b'), undefined),
  'for another provider give its key as source': [credentialsOf(aws('a', 'b'), Provider.ANTHROPIC), keyFrom(SecretSource.fromSecretName('a', 'b'))],
  'at most 15 are allowed; remove some': use(additionalKeys, 16, 15),
  'give each key once': use(additional => keysFrom(additional), [SecretSource.fromSecretName('a', 'b')], [SecretSource.fromSecretName('a', 'c')]),
  "use for example SecretSource.fromSecretName('openclaw-secrets', 'ANTHROPIC_API_KEY')":
    use(keyFrom, 'x', SecretSource.fromSecretName('openclaw-secrets', 'ANTHROPIC_API_KEY')),
  'use for example Provider.ANTHROPIC': [
    chart => new ProviderSecret(chart, 'New', { provider: 'anthropic' as any, source: SecretSource.fromSecretName('a', 'b') }), chart => keysOf(chart, Provider.ANTHROPIC),
  ],
  'for a name use SecretSource.fromSecretName()': [() => SecretSource.fromSecret('a' as any, 'b'), () => SecretSource.fromSecretName('a', 'b')],
  'use Duration.minutes(5)': use(refreshInterval => () => SecretSource.fromStore({ store, remoteKey: 'a', refreshInterval }), 5, Duration.minutes(5)),
  "use SecretStore.cluster('…') or SecretStore.namespaced('…')": [
    () => SecretSource.fromStore({ store: 'vault' as any, remoteKey: 'a' }), () => SecretSource.fromStore({ store: SecretStore.namespaced('vault'), remoteKey: 'a' }),
  ],
  'use GatewayState.claim(…) or GatewayState.existing(…)': prop('state', '10Gi', chart => GatewayState.existing(claim(chart), { path: '' })),
  'keep default: true for one': prop('agents', { a: { default: true }, b: { default: true } }, () => ({ a: { default: true }, b: {} })),
  'set default: true for one': prop('agents', { main: { default: false }, a: {} }, () => ({ main: { default: false }, a: { default: true } })),
  "agents.main.chain is given, but the chain of the gateway is that of 'main'; move it to the prop 'chain'": [
    chart => newGateway(chart, { agents: { main: { chain: newChain(chart, [GPT, SONNET], 'Other') } } }),
    chart => newGateway(chart, { chain: newChain(chart, [GPT, SONNET]) }),
  ],
  'keep one of them': [
    chart => newGateway(chart, { modelSlots: { utility: GPT }, agents: { main: { modelSlots: { utility: GPT } } } }),
    chart => newGateway(chart, { agents: { main: { modelSlots: { utility: GPT } } } }),
  ],
  "name a channel, for example 'telegram'": [
    chart => newGateway(chart, { agents: { main: { bindings: [{ channel: '' }] } } }),
    chart => newGateway(chart, { plugins: ['telegram'], agents: { main: { bindings: [{ channel: 'telegram' }] } } }),
  ],
  'name it in the modelSlots of the gateway': [
    chart => newGateway(chart, { agents: { main: { modelSlots: { pdf: GPT } as any } } }),
    chart => newGateway(chart, { modelSlots: { pdf: GPT }, agents: { main: {} } }),
  ],
  'use Preset.PROD or Preset.DEV': prop('preset', 'prod', () => Preset.PROD),
  'use new ModelAllowlist(…)': prop('allowlist', 'x', chart => new ModelAllowlist(chart, 'New', { models: [SONNET, GPT] })),
  'use ProviderKeys.fromSecretName(…) or ProviderKeys.fromStore(…)': prop('providerKeys', 'x', () => ProviderKeys.fromSecretName('keys')),
  'use GatewayAuth.token(…) or GatewayAuth.trustedProxy(…)': prop('auth', 'x', () => TOKEN),
  'use new FallbackChain(…) or FallbackChain.fromProviders(…)': prop('chain', 'x', chart => newChain(chart, [SONNET, GPT])),
  'use Monitoring.prometheusOperator()': [
    chart => newGateway(chart, { monitoring: {} as any }),
    chart => newGateway(chart, { guard: ModelGuard.sidecar(), monitoring: Monitoring.prometheusOperator() }),
  ],
  'give guard: ModelGuard.sidecar()': [
    chart => newGateway(chart, { guard: ModelGuard.none(), monitoring: Monitoring.prometheusOperator() }),
    chart => newGateway(chart, { guard: ModelGuard.sidecar(), monitoring: Monitoring.prometheusOperator() }),
  ],
  'use Duration.seconds(30)': use(interval => () => Monitoring.prometheusOperator({ interval }), 30, Duration.seconds(30)),
  'use for example 5': use(dollarsPerHour => () => Monitoring.prometheusOperator({ dollarsPerHour }), -5, 5),
  'use ModelGuard.sidecar(), ModelGuard.pod() or ModelGuard.none()': prop('guard', 'x', () => ModelGuard.pod()),
  "use for example kplus.Secret.fromSecretName(chart, 'Registry', 'registry')":
    prop('dockerRegistryAuth', 'registry', chart => kplus.Secret.fromSecretName(chart, 'Registry', 'registry')),
  "use kplus.DockerConfigSecret or a Secret of type 'kubernetes.io/dockerconfigjson'": [
    chart => newGateway(chart, { dockerRegistryAuth: new kplus.Secret(chart, 'Registry') }),
    chart => newGateway(chart, { dockerRegistryAuth: new kplus.DockerConfigSecret(chart, 'Registry', { data: { auths: {} } }) }),
  ],
  "use '' for the claim's root, '.openclaw' for a claim that was a home folder, 'openclaw' for one of this library": [
    chart => GatewayState.existing(claim(chart), { path: '/' }), chart => GatewayState.existing(claim(chart), { path: '.openclaw' }),
  ],
  "use for example kplus.PersistentVolumeClaim.fromClaimName(chart, 'State', 'assistant-state')": [
    () => GatewayState.existing('state' as any, { path: '' }), chart => GatewayState.existing(claim(chart), { path: '' }),
  ],
  "use for example { number: 8080, name: 'http' }": use(port => beside({ ports: [port] }), 8080, { number: 8080, name: 'http' }),
  'use for example kplus.Env.fromConfigMap(…)': [
    beside({ envFrom: ['x'] }), chart => beside({ envFrom: [kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'Variables', 'variables'))] })(chart),
  ],
  "use for example gateway.stateMount('/state')": [mounting(() => '/state'), mounting(gateway => gateway.stateMount('/state'))],
  "use for example kplus.Probe.fromHttpGet('/health', { port: 8080 })":
    use(readiness => beside({ readiness }), '/health', kplus.Probe.fromHttpGet('/health', { port: 8080 })),
  "the pod has a container 'openclaw' already; choose another id": [beside({}, 'openclaw'), beside({}, 'tools')],
  'and the containers of a pod share their ports; choose another port': use(port => beside({ ports: [port] }), { number: 18789 }, { number: 8080 }),
  'is assigned by the cluster, as the preset says (clusterAssignsUser); remove it': [
    beside({ user: 1 }, 'tools', { preset: Preset.PROD.customize({ clusterAssignsUser: true }) }), beside({}, 'tools', { preset: Preset.PROD.customize({ clusterAssignsUser: true }) }),
  ],
  'twice; give each volume a path of its own': [
    chart => { const gateway = newGateway(chart); gateway.addSidecar('tools', { image: 'tools:1.0', volumeMounts: [gateway.stateMount(), gateway.stateMount()] }); },
    chart => { const gateway = newGateway(chart); gateway.addSidecar('tools', { image: 'tools:1.0', volumeMounts: [gateway.stateMount(), gateway.stateMount('/b')] }); },
  ],
  "mount that one (the gateway's state is gateway.stateMount()), or give the new one another name": [
    mounting(gateway => ({ volume: stateOf(gateway, 'state'), path: '/state' })),
    chart => {
      mounting(gateway => gateway.stateMount('/state'))(chart);
      mounting(gateway => ({ volume: stateOf(gateway, 'mine'), path: '/state' }))(newChart('other', 'gateways', chart.node.root as App));
    },
  ],
  'use Workspace.fromFiles(…), .fromFolder(…) or .fromConfigMap(…)': prop('workspace', 'x', () => Workspace.fromFiles({ 'AGENTS.md': 'x' })),
  "give for example { 'AGENTS.md': '…' }": [files({}), files({ 'AGENTS.md': 'x' })],
  'let it begin with the lines ---, name: …, description: … and ---': [
    files({ 'skills/x/SKILL.md': 'x' }), files({ 'skills/x/SKILL.md': '---\nname: x\ndescription: Does x.\n---\n' }),
  ],
  "use for example kplus.ConfigMap.fromConfigMapName(chart, 'Skill', 'weather-skill')": [
    () => Workspace.fromConfigMap('x' as any), chart => Workspace.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'Skill', 'weather-skill')),
  ],
  'has no file; put one into it': [() => Workspace.fromFolder(folder({})), () => Workspace.fromFolder(folder({ a: '' }))],
  'is a link; put a file there, or remove it': [() => Workspace.fromFolder(folder({ a: '', b: '/dev/null' })), () => Workspace.fromFolder(folder({ a: '' }))],
  "is no folder; give one, absolute or relative to '": [() => Workspace.fromFolder('not-there'), () => Workspace.fromFolder('docs')],
  'is empty; give at least one': [() => Workspace.combine(), () => Workspace.combine(Workspace.fromFiles({ a: 'x' }))],
  "'a' is given twice; keep one of them": [
    () => Workspace.combine(Workspace.fromFiles({ a: 'x' }), Workspace.fromFiles({ a: 'x' })), () => Workspace.combine(Workspace.fromFiles({ a: 'x' })),
  ],
  "'a' is a file and a folder; rename one of them": [files({ 'a': 'x', 'a/b': 'x' }), files({ 'a': 'x', 'b/b': 'x' })],
  'make the report after the gateways, of a scope that they are in': [
    chart => ModelReport.of(chart),
    chart => {
      newGateway(chart);
      return ModelReport.of(chart);
    },
  ],
};
