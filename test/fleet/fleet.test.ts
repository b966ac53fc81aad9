import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  FallbackChain, Fleet, FleetApp, FleetProps, GatewayAuth, ModelAllowlist, ModelGuard, OpenClawDeployment, OpenClawVersion, Preset, Provider,
  ProviderKeys, ProviderSecret, SecretSource, SecretStore, Tenant, Tenants,
} from '../../src/index';
import { configOf, messageOf, TOKEN } from '../support/gateway';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-fleet-'));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

const AROUND: { [key: string]: unknown } = {};
AROUND.around = AROUND;

const newApp = () => new App({ outdir: fs.mkdtempSync(path.join(scratch, 'app-')) });

function newFleet(tenants: Tenant[] | Tenants, props: Partial<FleetProps> = {}, app: Construct = newApp()): Fleet {
  return new Fleet(app, 'fleet', {
    tenants: tenants instanceof Tenants ? tenants : Tenants.of(tenants),
    version: OpenClawVersion.V2026_9_6,
    chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
    providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'),
    auth: TOKEN,
    ...props,
  });
}

const gatewayOf = (fleet: Fleet, name: string) => fleet.member(name)!.gateway;
const refsOf = (fleet: Fleet, name: string) => gatewayOf(fleet, name).models.map(model => model.modelRef);
const keysOf = (fleet: Fleet, name: string) => Object.fromEntries(Testing.synth(fleet.member(name)!.chart)
  .filter(object => object.kind === 'ExternalSecret')
  .map(object => [object.spec.data[0].secretKey, object.spec.data[0].remoteRef.key]));

function filesOf(tenants: Tenant[]): { [file: string]: string } {
  const app = newApp();
  newFleet(tenants, {}, app);
  app.synth();
  return Object.fromEntries(fs.readdirSync(app.outdir).map(file => [file, fs.readFileSync(path.join(app.outdir, file), 'utf8')]));
}

describe('a tenant', () => {
  test('has what a chart written by hand has, byte by byte', () => {
    const app = newApp();
    newFleet([{ name: 'payments', namespace: 'pay', labels: { team: 'payments' }, preset: 'dev', chain: ['openai/gpt-5.4', 'anthropic'] }], {}, app);

    const byHand = newApp();
    const chart = new Chart(byHand, 'payments', { namespace: 'pay', labels: { team: 'payments' } });
    const providers = [Provider.OPENAI, Provider.ANTHROPIC];
    new OpenClawDeployment(chart, 'Gateway', {
      version: OpenClawVersion.V2026_9_6,
      preset: Preset.DEV,
      chain: FallbackChain.fromProviders(chart, 'Chain', { providers, overrides: [Provider.OPENAI.model('gpt-5.4')] }),
      providerSecrets: providers.map(provider =>
        new ProviderSecret(chart, provider.id, { provider, source: SecretSource.fromSecretName('openclaw-secrets', provider.keyName) })),
      auth: TOKEN,
    });
    expect(app.synthYaml()).toBe(byHand.synthYaml());
  });

  test('has its own file, which only its own row changes', () => {
    const [a, b, c]: Tenant[] = ['a', 'b', 'c'].map(name => ({ name }));
    const before = filesOf([a, c]);
    expect(Object.keys(before)).toEqual(['a.k8s.yaml', 'c.k8s.yaml']);
    const inserted = filesOf([a, b, c]);
    expect(Object.keys(inserted)).toEqual(['a.k8s.yaml', 'b.k8s.yaml', 'c.k8s.yaml']);
    expect(inserted).toMatchObject(before);
    const changed = filesOf([a, { ...b, version: '2026.8.2' }, c]);
    expect(Object.keys(changed).filter(file => changed[file] !== inserted[file])).toEqual(['b.k8s.yaml']);
  });

  test('is in the namespace of its name, unless it names another', () => {
    const fleet = newFleet([{ name: 'a' }, { name: 'b', namespace: 'shared' }]);
    expect(fleet.members.map(({ chart }) => chart.namespace)).toEqual(['a', 'shared']);
    expect(fleet.members.map(({ tenant }) => tenant.name)).toEqual(['a', 'b']);
    expect(fleet.member('nobody')).toBeUndefined();
  });

  test('is on its own version and preset, else those of its wave, else those of the fleet', () => {
    const fleet = newFleet([
      { name: 'rest' }, { name: 'canary', wave: 'canary' }, { name: 'behind', wave: 'canary', version: '2026.7.1' }, { name: 'small', wave: 'canary', preset: 'dev' },
      { name: 'own', preset: 'own' },
    ], {
      version: OpenClawVersion.V2026_8_2,
      waves: { canary: { version: OpenClawVersion.V2026_9_6, preset: Preset.PROD.customize({ name: 'canary' }) } },
      presets: [Preset.DEV.customize({ name: 'own' })],
    });
    expect(fleet.members.map(({ gateway }) => gateway.summary.split('\n')[0].split(/: |,[ a-z]* model guard/)[1])).toEqual([
      'OpenClaw 2026.8.2, preset prod, live delivery', 'OpenClaw 2026.9.6, preset canary, live delivery', 'OpenClaw 2026.7.1, preset canary, live delivery',
      'OpenClaw 2026.9.6, preset dev, live delivery', 'OpenClaw 2026.8.2, preset own, live delivery',
    ]);
    expect(fleet.summary).toBe([
      'fleet: 5 tenants',
      '  versions  2026.7.1 (1), 2026.8.2 (2), 2026.9.6 (2)',
      '  presets   canary (2), dev (1), own (1), prod (1)',
    ].join('\n'));
  });

  test('is one of many, and the summary says whether another app would be faster', () => {
    const namesOf = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `t${i}` }));
    const summaryOf = (app: App, count: number) => newFleet(namesOf(count), { preset: Preset.DEV }, app).summary.split('\n').slice(1);
    const [versions, presets, synthesis] = summaryOf(newApp(), 100);
    expect([versions, presets]).toEqual(['  versions  2026.9.6 (100)', '  presets   dev (100)']);
    expect(synthesis).toBe('  synthesis App validates the whole app again for every chart; FleetApp writes the same files and is faster: use new FleetApp() instead of new App()');
    expect(summaryOf(newApp(), 99)).toHaveLength(2);
    expect(summaryOf(new FleetApp({ outdir: scratch }), 100)).toHaveLength(2);
  });

  test('that says prod means the customized prod of its fleet', () => {
    const fleet = newFleet([{ name: 'a', preset: 'prod' }], { preset: Preset.PROD.customize({ isolateNetwork: false }) });
    expect(gatewayOf(fleet, 'a').networkPolicy).toBeUndefined();
  });

  test('may have a chain of its own, as patient as the chain of the fleet', () => {
    const app = newApp();
    const chain = FallbackChain.fromProviders(app, 'Patient', { providers: [Provider.ANTHROPIC, Provider.OPENAI], retries: 3 });
    const fleet = newFleet([
      { name: 'a', chain: ['anthropic', 'anthropic/claude-haiku-4-5', 'openai'] }, { name: 'b', chain: ['openai/gpt-5.4', 'google'], preset: 'dev' },
    ], { chain }, app);
    expect(refsOf(fleet, 'a')).toEqual(['anthropic/claude-sonnet-5', 'anthropic/claude-haiku-4-5', 'openai/gpt-6-astra']);
    expect(refsOf(fleet, 'b')[0]).toBe('openai/gpt-5.4');
    expect(gatewayOf(fleet, 'b').configMap.data['agent-settings.json']).toContain('"maxRetries": 3');
  });

  test('may have an allowlist of its own', () => {
    const fleet = newFleet([{ name: 'a', allowlist: ['anthropic/*', 'openai/gpt-5.4', 'openai/*'] }, { name: 'b' }]);
    expect(configOf(gatewayOf(fleet, 'a')).agents.defaults.modelPolicy.allow).toEqual(['openai/gpt-5.4', 'anthropic/*', 'openai/*']);
    expect(configOf(gatewayOf(fleet, 'b')).agents.defaults.modelPolicy.allow).toEqual(refsOf(fleet, 'b'));
  });

  test('with an allowlist of its own keeps what memory search of its fleet may use', () => {
    const app = newApp();
    const memoryEmbeddings = Provider.MISTRAL.model('mistral-embed');
    const allowlist = new ModelAllowlist(app, 'Allowlist', { providers: [Provider.ANTHROPIC, Provider.OPENAI], embeddings: [memoryEmbeddings] });
    const fleet = newFleet([{ name: 'a', allowlist: ['anthropic/*', 'openai/*'] }], { allowlist, modelSlots: { memoryEmbeddings } }, app);
    expect(JSON.stringify(configOf(gatewayOf(fleet, 'a')).memory.search)).toContain('mistral-embed');
  });

  test('has the agents of its fleet, with the keys of their providers; a chain of its own is that of main', () => {
    const app = newApp();
    const coder = { chain: new FallbackChain(app, 'Coder', { primary: Provider.GOOGLE.model('gemini-2.5-pro'), fallbacks: [Provider.OPENAI.model('gpt-5.4')] }) };
    const fleet = newFleet([{ name: 'a' }, { name: 'b', chain: ['openai/gpt-5.4', 'anthropic'] }], { agents: { coder } }, app);
    const primaries = ['a', 'b'].map(name => configOf(gatewayOf(fleet, name)).agents.entries).map(({ main, coder: { model } }) => [main.model.primary, model.primary]);
    expect(primaries).toEqual([[refsOf(fleet, 'a')[0], 'google/gemini-2.5-pro'], ['openai/gpt-5.4', 'google/gemini-2.5-pro']]);
    expect(gatewayOf(fleet, 'b').providerSecrets.map(({ provider }) => provider.id).sort()).toEqual(['anthropic', 'google', 'openai']);
  });

  test('has an origin of its own', () => {
    const exposure = { origins: ['https://{tenant}.example.com', 'https://{namespace}.internal.example.com'], trustedProxies: ['10.244.0.0/16'] };
    const fleet = newFleet([{ name: 'a', namespace: 'team-a' }, { name: 'b' }], { preset: Preset.DEV, exposure });
    expect(['a', 'b'].map(name => configOf(gatewayOf(fleet, name)).gateway.controlUi.allowedOrigins)).toEqual([
      ['https://a.example.com', 'https://team-a.internal.example.com'], ['https://b.example.com', 'https://b.internal.example.com'],
    ]);
  });

  test('lets in the peers of its fleet', () => {
    const app = newApp();
    const namespaces = kplus.Namespaces.select(app, 'Edge', { names: ['edge'] });
    const exposure = { origins: ['https://{tenant}.example.com'], trustedProxies: ['10.244.0.0/16'], peers: [kplus.Pods.all(app, 'Proxy', { namespaces })] };
    const fleet = newFleet([{ name: 'a' }, { name: 'b' }], { exposure }, app);
    const from = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } }, podSelector: {} }];
    for (const { chart } of fleet.members) {
      const [policy] = Testing.synth(chart).filter(({ kind }) => kind === 'NetworkPolicy');
      expect(policy.spec.ingress).toEqual([{ from, ports: [{ port: 18789, protocol: 'TCP' }] }]);
    }
  });

  test('means the providers and the models of its fleet', () => {
    const app = newApp();
    const proxied = Provider.OPENAI.customize({ baseUrl: 'https://proxy.example.com/openai' });
    const vllm = Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc:8000/v1', requiresKey: false });
    const fleet = newFleet([{ name: 'a', chain: ['openai/gpt-5.4', 'vllm/llama', 'anthropic'] }], {
      chain: new FallbackChain(app, 'Proxied', { primary: proxied.model('gpt-5.4', { alias: 'gpt' }), fallbacks: [Provider.ANTHROPIC.model('claude-sonnet-5')] }),
      models: [vllm.model('llama', { contextWindow: 128_000, maxTokens: 8_000, params: { temperature: 0.2 } })],
    }, app);
    const [gpt, llama] = gatewayOf(fleet, 'a').models;
    expect([gpt.provider.baseUrl, gpt.alias, llama.contextWindow, llama.params]).toEqual(['https://proxy.example.com/openai', 'gpt', 128_000, { temperature: 0.2 }]);
  });
});

describe('keys', () => {
  const store = SecretStore.cluster('vault');

  test('come from paths in the vault', () => {
    const fleet = newFleet([{ name: 'a', namespace: 'n' }, { name: 'b', keys: { openai: 'shared/openai' } }], {
      providerKeys: ProviderKeys.fromStore({ store, remoteKey: '{namespace}/{tenant}/{provider}' }),
    });
    expect(keysOf(fleet, 'a')).toEqual({ ANTHROPIC_API_KEY: 'n/a/anthropic', OPENAI_API_KEY: 'n/a/openai' });
    expect(keysOf(fleet, 'b')).toEqual({ ANTHROPIC_API_KEY: 'b/b/anthropic', OPENAI_API_KEY: 'shared/openai' });
  });

  test('come from Secrets', () => {
    const fleet = newFleet([{ name: 'a' }, { name: 'b', keys: { openai: 'other', anthropic: 'third/claude' } }], {
      providerKeys: ProviderKeys.fromSecretName('{tenant}-keys'), preset: Preset.PROD.customize({ guard: ModelGuard.none() }),
    });
    const volumes = (name: string) => Testing.synth(fleet.member(name)!.chart).find(object => object.kind === 'Deployment').spec.template.spec.volumes
      .filter((volume: any) => volume.secret).map((volume: any) => [volume.secret.secretName, volume.secret.items.map((item: any) => item.key)]);
    expect(volumes('a')).toEqual([['a-keys', ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY']], ['openclaw-secrets', ['OPENCLAW_GATEWAY_TOKEN']]]);
    expect(volumes('b')).toEqual([['third', ['claude']], ['other', ['OPENAI_API_KEY']], ['openclaw-secrets', ['OPENCLAW_GATEWAY_TOKEN']]]);
  });

  test('are had for every provider of an allowlist', () => {
    const app = newApp();
    const chain = FallbackChain.fromProviders(app, 'Two', { providers: [Provider.ANTHROPIC, Provider.OPENAI] });
    const allowlist = new ModelAllowlist(app, 'Allowlist', { chains: [chain], patterns: [Provider.GOOGLE.pattern('*')], models: [Provider.XAI.model('grok-4.3')] });
    const fleet = newFleet([{ name: 'a' }], { chain, allowlist, providerKeys: ProviderKeys.fromStore({ store, remoteKey: '{provider}' }) }, app);
    expect(Object.keys(keysOf(fleet, 'a')).sort()).toEqual(['ANTHROPIC_API_KEY', 'GEMINI_API_KEY', 'OPENAI_API_KEY', 'XAI_API_KEY']);
  });

  test('are missing where the fleet has no providerKeys, and those of a row have no meaning then', () => {
    const tenants = [{ name: 'a' }, { name: 'b', keys: { openai: 'other' } }];
    expect(messageOf(() => newFleet(tenants, { providerKeys: undefined })).split('\n').map(line => line.split(';')[0])).toEqual([
      "Fleet 'fleet' has 3 problems in 2 of 2 tenants:",
      "  tenants[0] a/Gateway: [provider-key-missing] 'anthropic' is in the chain but has no key",
      "  tenants[0] a/Gateway: [provider-key-missing] 'openai' is in the chain but has no key",
      "  tenants[1] 'b': keys has no meaning, because the fleet has no providerKeys",
    ]);
    const local = Provider.custom('vllm', { baseUrl: 'http://vllm.models.svc/v1', requiresKey: false });
    const chain = (app: App) => new FallbackChain(app, 'Local', { primary: local.model('llama', { contextWindow: 32_768, maxTokens: 4096 }) });
    const app = newApp();
    expect(newFleet([{ name: 'a' }], { providerKeys: undefined, chain: chain(app), preset: Preset.DEV }, app).members).toHaveLength(1);
  });

  test('are had for the models of slots', () => {
    const modelSlots = { image: Provider.GOOGLE.model('gemini-2.5-pro'), memoryEmbeddings: Provider.MISTRAL.model('mistral-embed') };
    const fleet = newFleet([{ name: 'a' }], { modelSlots, providerKeys: ProviderKeys.fromStore({ store, remoteKey: '{provider}' }) });
    expect(Object.keys(keysOf(fleet, 'a')).sort()).toEqual(['ANTHROPIC_API_KEY', 'GEMINI_API_KEY', 'MISTRAL_API_KEY', 'OPENAI_API_KEY']);
  });

  test('and the token are in the tenant\'s field of a vault', () => {
    const token = SecretSource.fromStore({ store, remoteKey: 'tokens', property: '{namespace}-{tenant}' });
    const fleet = newFleet([{ name: 'a', namespace: 'n', keys: { openai: 'special/{tenant}' } }], {
      providerKeys: ProviderKeys.fromStore({ store, remoteKey: 'llm', property: '{tenant}-{provider}' }), auth: GatewayAuth.token(token), secrets: { SLACK: token },
    });
    const refs = Testing.synth(fleet.member('a')!.chart).filter(({ kind }) => kind === 'ExternalSecret').map(({ spec }) => spec.data[0]);
    expect(Object.fromEntries(refs.map(({ secretKey, remoteRef: { key, property } }) => [secretKey, [key, property]]))).toEqual({
      ANTHROPIC_API_KEY: ['llm', 'a-anthropic'], OPENAI_API_KEY: ['special/a', 'a-openai'], OPENCLAW_GATEWAY_TOKEN: ['tokens', 'n-a'], SLACK: ['tokens', 'n-a'],
    });
  });

  test('with what looks like a placeholder and is none are refused', () => {
    const keys = { openai: 'teams/{team}/x', anthropic: '{tenant}/{provider}', google: 7 } as any;
    expect(messageOf(() => newFleet([{ name: 'a', keys }], { providerKeys: ProviderKeys.fromStore({ store, remoteKey: '{provider}' }) })).split('\n')).toEqual([
      "Fleet 'fleet' has 2 problems in 1 of 1 tenants:",
      "  tenants[0] 'a': keys.google is 7; it must be a path",
      "  tenants[0] 'a': keys.openai holds {team}; allowed are {tenant}, {namespace}, {provider}",
    ]);
  });

  test('of a Secret that cannot be are refused', () => {
    expect(messageOf(() => newFleet([{ name: 'a', keys: { openai: 'Bad_Secret' } }]))).toContain('tenants[0] a/Gateway: SecretSource.fromSecretName(): name must be the name of a Secret');
  });

  test('of a path with too many parts are refused', () => {
    expect(messageOf(() => newFleet([{ name: 'a', keys: { openai: 'a/b/c' } }]))).toBe(
      "Fleet 'fleet' has 1 problem in 1 of 1 tenants:\n  tenants[0] a/Gateway: keys: 'a/b/c' must be <secret> or <secret>/<key>");
  });

  test.each<[string, () => unknown]>([
    ['ProviderKeys.fromSecretName(): name holds {team}, {; allowed are {tenant}, {namespace}, {provider}', () => ProviderKeys.fromSecretName('{team}-{')],
    ['ProviderKeys.fromStore(): remoteKey must be a non-empty string, got undefined', () => ProviderKeys.fromStore({ store } as any)],
    ["SecretSource.fromStore(): store must be a SecretStore, got undefined; use SecretStore.cluster('…') or SecretStore.namespaced('…')",
      () => ProviderKeys.fromStore({ remoteKey: 'a' } as any)],
  ])('%s', (message, action) => {
    expect(messageOf(action)).toBe(message);
  });
});

describe('in one error', () => {
  test('stands what is wrong with every tenant, where it stands and what to change', () => {
    const app = newApp();
    new Construct(app, 'taken');
    expect(messageOf(() => newFleet([
      { name: 'good' },
      { name: 'Bad Name', preset: 7, modle: 'x' } as any,
      { name: 'good' },
      { name: 'taken' },
      { name: 'words', wave: 'canry', version: 'latest', preset: 'pord', chain: ['antropic', 'openai/gpt 5'], allowlist: ['opnai/*', 'openai/gpt-5.4'] },
      { name: 'model', chain: ['anthropic/claude-sonet-5', 'openai'] },
      { name: 'keys', keys: { openapi: 'x' } },
      { name: 'allowed', allowlist: ['openai/*'] },
      'nothing' as any,
    ], { waves: { canary: { version: OpenClawVersion.V2026_9_6 } } }, app))).toBe([
      "Fleet 'fleet' has 15 problems in 8 of 9 tenants:",
      "  tenants[1] 'Bad Name': name is the string 'Bad Name'; it must be a DNS label: lower-case letters, digits and dashes, a letter first, at most 63",
      "  tenants[1] 'Bad Name': preset is 7; it must be the name of a preset",
      "  tenants[1] 'Bad Name': modle is not a key of a tenant; allowed are name, namespace, wave, version, preset, chain, allowlist, keys, labels, values",
      "  tenants[2] 'good': name is taken by tenants[0]; give each tenant a name of its own",
      "  tenants[3] 'taken': name is taken by something else in the app; give each tenant a name of its own",
      "  tenants[4] 'words': version is the string 'latest'; it must be an OpenClaw version such as '2026.9.6' or '2026.7.1-2' (no 'v', no 'latest', no beta)",
      "  tenants[4] 'words': chain[1] is the string 'openai/gpt 5'; it must be a model such as anthropic/claude-sonnet-5, or a provider such as anthropic",
      "  tenants[4] 'words': wave is 'canry'; did you mean 'canary'?",
      "  tenants[4] 'words': chain 'antropic' is of provider 'antropic'; did you mean 'anthropic'?",
      "  tenants[4] 'words': allowlist 'opnai/*' is of provider 'opnai'; did you mean 'openai'?",
      "  tenants[4] 'words': preset is 'pord'; did you mean 'prod'?",
      "  tenants[5] model/Gateway: [model-unknown] model 'anthropic/claude-sonet-5' is not in the catalog of OpenClaw 2026.9.6; did you mean"
        + " 'anthropic/claude-sonnet-5', 'anthropic/claude-opus-5'? else give model() its contextWindow and maxTokens",
      "  tenants[6] 'keys': keys.openapi: neither the chain nor the allowlist has 'openapi'; did you mean 'openai'?",
      "  tenants[7] allowed/Gateway: [chain-outside-allowlist] primary 'anthropic/claude-sonnet-5' is not permitted by allowlist 'allowed/Allowlist';"
        + ' add it there or remove it from the chain (OpenClaw does not filter fallbacks by the allowlist)',
      "  tenants[8] a tenant without a name: the row is the string 'nothing'; it must be an object with the keys of a tenant",
    ].join('\n'));
  });

  test('stands who has a name that a tenant cannot have', () => {
    expect(messageOf(() => newFleet([{ name: 'fleet' }, { name: 'constructor' }])).split('\n').slice(1)).toEqual([
      "  tenants[0] 'fleet': name is taken by the fleet itself, whose id it is; give each tenant a name of its own",
      "  tenants[1] 'constructor': name is taken by JavaScript, so that no construct can have it; give each tenant a name of its own",
    ]);
  });

  test('stands what JSON cannot hold', () => {
    class Team { public constructor(public readonly name: string) {} }
    const since = new Date(0);
    const rows = [{ name: 'a', version: OpenClawVersion.V2026_8_2 }, { name: 'b', chain: ['anthropic', undefined, 'openai'] }, new Team('c'), { name: 'd', values: { since } }];
    expect(messageOf(() => newFleet(rows as any)).split('\n')).toEqual([
      "Fleet 'fleet' has 3 problems in 3 of 4 tenants:",
      "  tenants[0] 'a': version is an instance of OpenClawVersion; it must be an OpenClaw version such as '2026.9.6' or '2026.7.1-2' (no 'v', no 'latest', no beta)",
      "  tenants[1] 'b': chain[1] is undefined; it must be a model such as anthropic/claude-sonnet-5, or a provider such as anthropic",
      '  tenants[2] a tenant without a name: the row is an instance of Team; it must be an object with the keys of a tenant',
    ]);
    expect(newFleet([rows[3] as any]).members[0].tenant.values).toEqual({ since });
  });

  test('stands a secret of the fleet that is none, as it was given', () => {
    expect(messageOf(() => newFleet([{ name: 'a' }], { secrets: { SLACK: 'xoxb' } } as any))).toContain("secrets['SLACK'] must be a SecretSource, got the string 'xoxb'");
  });

  test('stands what of the fleet no tenant can be told apart by', () => {
    const open = Preset.PROD.customize({ isolateNetwork: false });
    const token = SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: '{team}/token' });
    expect(messageOf(() => newFleet([{ name: 'a' }], {
      preset: Preset.DEV,
      waves: { canary: { preset: open, verison: OpenClawVersion.V2026_8_2 } as any },
      auth: GatewayAuth.token(token),
      allowList: [],
      exposure: { origins: ['https://{team}.example.com'] },
      guard: ModelGuard.pod({ caller: SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: '{tenant}' }) }),
    } as any)).split('\n')).toEqual([
      "Fleet 'fleet' has 6 problems:",
      "  unknown prop 'allowList'; did you mean 'allowlist'?",
      "  unknown option 'verison'; did you mean 'version'?",
      "  two presets are called 'prod', and a tenant may mean either; give one another name: customize({ name: 'prod-…' })",
      '  auth holds {team}; allowed are {tenant}, {namespace}',
      '  exposure.origins[0] holds {team}; allowed are {tenant}, {namespace}',
      '  caller of guard holds {tenant}; no placeholder is known there',
    ]);
  });

  test('stand the first twenty, and the number of the rest', () => {
    const message = messageOf(() => newFleet(Array.from({ length: 30 }, (_, i) => ({ name: `t${i}`, preset: i % 2 ? 'pord' : undefined, chain: i % 2 ? ['opnai'] : undefined }))));
    const lines = message.split('\n');
    expect(lines[0]).toBe("Fleet 'fleet' has 30 problems in 15 of 30 tenants; the first 20:");
    expect(lines).toHaveLength(22);
    expect(lines[21]).toBe('  … and 10 more');
  });

  test('stands what is wrong with the definition, once', () => {
    expect(messageOf(() => new Fleet(newApp(), 'fleet', { tenants: Tenants.of([]), providerKeys: 1, waves: { canary: 1 }, presets: [Preset.DEV.customize({})] } as any))).toBe([
      "Fleet 'fleet' has 7 problems:",
      '  tenants is empty; name at least one tenant',
      "  version must be an OpenClawVersion, got undefined; use OpenClawVersion.V2026_9_6 or OpenClawVersion.of('2026.9.6')",
      '  chain must be a FallbackChain, got undefined; use new FallbackChain(…) or FallbackChain.fromProviders(…)',
      '  auth must be a GatewayAuth, got undefined; use GatewayAuth.token(…) or GatewayAuth.trustedProxy(…)',
      '  providerKeys must be ProviderKeys, got 1; use ProviderKeys.fromSecretName(…) or ProviderKeys.fromStore(…)',
      "  waves['canary'] must be a FleetWave: { version, preset }, got 1",
      "  two presets are called 'dev', and a tenant may mean either; give one another name: customize({ name: 'dev-…' })",
    ].join('\n'));
    expect(messageOf(() => newFleet(undefined as any))).toBe('Tenants.of(): tenants must be an array, each element a Tenant, got undefined');
  });
});

test('what is wrong with every gateway is said once, and hides no other mistake', () => {
  const tenants = [...Array.from({ length: 30 }, (_, i) => ({ name: `t${i}` })), { name: 'canary', wave: 'nope' }];
  expect(messageOf(() => newFleet(tenants, { extraConfig: { foo: 1 }, exposure: { origins: ['https://{tenant}.example.com', undefined as any] } })).split('\n')).toEqual([
    "Fleet 'fleet' has 2 problems in 31 of 31 tenants:",
    "  each gateway: exposure.origins[1] must be a scheme and a host as browsers send them, without a path, got undefined; write 'https://assistant.example.com'",
    "  tenants[30] 'canary': wave is 'nope', but the fleet has none",
  ]);
  const [, ...lines] = messageOf(() => newFleet([{ name: 'a' }, { name: 'b', chain: ['openai'] }], { extraConfig: { foo: 1 } })).split('\n');
  expect(lines.map(line => /^  (.*?: \[[a-z-]+\])/.exec(line)?.[1])).toEqual(['each gateway: [config-unknown-key]', 'tenants[1] b/Gateway: [chain-single-provider]']);
  expect(messageOf(() => newFleet([{ name: 'a' }], { extraConfig: { foo: 1 } }))).toContain('  tenants[0] a/Gateway: [config-unknown-key] ');
});

test.each<[string, Partial<FleetProps>, string]>([
  ['an array of secrets', { secrets: [SecretSource.fromSecretName('a', 'b')] as any }, 'secrets must be an object, each value a SecretSource, got an array'],
  ['secrets that are none', { secrets: true as any }, 'secrets must be an object, each value a SecretSource, got true'],
  ['settings that contain themselves', { extraConfig: AROUND }, "[config-malformed] extraConfig 'around' refers to an object that contains it; it must be plain JSON"],
])('%s are refused as by a gateway', (_, props, message) => {
  expect(messageOf(() => newFleet([{ name: 'a' }], props))).toBe(`Fleet 'fleet' has 1 problem in 1 of 1 tenants:\n  tenants[0] a/Gateway: ${message}`);
});

test('objects of one name that two tenants of one namespace have are refused', () => {
  const app = newApp();
  const fleet = newFleet([{ name: 'a', namespace: 'shared' }, { name: 'b', namespace: 'shared' }, { name: 'c' }], {}, app);
  for (const { chart } of fleet.members) new kplus.ConfigMap(chart, 'Extra', { metadata: { name: 'extra' } });
  expect(messageOf(() => app.synth())).toBe('Validation failed with the following errors:\n'
    + "  [fleet] tenant 'a' and tenant 'b' both have ConfigMap 'extra' in namespace 'shared'; name it after the tenant, or give the tenants namespaces of their own");
});

test('so are those that stand in one namespace, or in none, though their tenants have namespaces of their own', () => {
  const app = newApp();
  const fleet = newFleet([{ name: 'a' }, { name: 'b' }], {}, app);
  for (const { chart } of fleet.members) {
    new kplus.ConfigMap(chart, 'Extra', { metadata: { name: 'extra', namespace: 'shared' } });
    new kplus.ClusterRole(chart, 'Role', { metadata: { name: 'reader' } });
    new kplus.Role(chart, 'OwnRole', { metadata: { name: 'reader' } });
    for (const id of ['Twice', 'Again']) new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${chart.node.id}-twice` } });
  }
  expect(messageOf(() => app.synth()).split('\n')).toEqual([
    'Validation failed with the following errors:',
    "  [fleet] 'a/Twice' and 'a/Again' are both ConfigMap 'a-twice' in namespace 'a'; change the construct id of one, or the namespace of its chart",
    "  [fleet] tenant 'a' and tenant 'b' both have ConfigMap 'extra' in namespace 'shared'; name it after the tenant, or give the tenants namespaces of their own",
    "  [fleet] tenant 'a' and tenant 'b' both have ClusterRole 'reader', and a cluster has one; name it after the tenant",
    "  [fleet] 'b/Twice' and 'b/Again' are both ConfigMap 'b-twice' in namespace 'b'; change the construct id of one, or the namespace of its chart",
  ]);
});

test('names that are known when they are rendered are no clash', () => {
  const app = newApp();
  const fleet = newFleet([{ name: 'a' }, { name: 'b' }], {}, app);
  for (const { chart, tenant } of fleet.members) {
    const name: any = Lazy.any({ produce: () => tenant.name });
    new ApiObject(chart, 'Extra', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra', namespace: name } });
    new ApiObject(chart, 'Role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name } });
  }
  expect(app.synthYaml()).toContain('kind: ClusterRole');
});

test('a fleet in a chart is refused, whose files cdk8s would number', () => {
  expect(messageOf(() => newFleet([{ name: 'a' }], {}, new Chart(newApp(), 'platform')))).toBe("Fleet 'platform/fleet': it stands in a chart, so that cdk8s would"
    + ' number the files of its tenants; give it the app, or a Construct in it, as its scope');
});

test('a fleet in a construct of its own has charts below it', () => {
  const app = newApp();
  const fleet = newFleet([{ name: 'a' }], { auth: GatewayAuth.token(SecretSource.generated()) }, new Construct(app, 'eu'));
  expect(fleet.member('a')!.gateway.node.path).toBe('eu/a/Gateway');
  expect(messageOf(() => newFleet([{ name: 'a', preset: 'prod', chain: ['openai'] }], {}, new Construct(app, 'us')))).toContain('  tenants[0] us/a/Gateway: [chain-single-provider] ');
});
