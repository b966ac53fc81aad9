import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FallbackChain, Fleet, Model, ModelGuard, OpenClawDeployment, OpenClawDeploymentProps, OpenClawVersion, Preset, Provider, ProviderKeys, SecretSource,
  SecretStore, Tenants,
} from '../../src/index';
import { configOf, keysOf, messageOf, newChain, newChart, newGateway, objects, SONNET, TOKEN } from '../support/gateway';

const source = (key: string, secret = 'portkey') => SecretSource.fromSecretName(secret, key);
const HEADERS = {
  headers: { 'x-portkey-provider': 'openai' },
  secretHeaders: { 'X-Portkey-Api-Key': source('key') },
  bearerHeaders: { 'helicone-auth': source('HELICONE', 'helicone') },
};
const OPENAI = Provider.OPENAI.customize(HEADERS);

/** A gateway with a provider in place of OpenAI's. */
function gatewayWith(provider: Provider, props: Partial<OpenClawDeploymentProps> = {}, model: Model = provider.model('gpt-5.4')): OpenClawDeployment {
  const chart = newChart();
  const keyed = [Provider.ANTHROPIC, ...provider.requiresKey ? [provider] : []];
  return newGateway(chart, { chain: newChain(chart, [SONNET, model]), providerSecrets: keysOf(chart, ...keyed), ...props });
}
const podOf = (deployment: kplus.Deployment) => objects(Chart.of(deployment), 'Deployment').find(({ metadata }) => metadata.name === deployment.name)!.spec.template.spec;

/** The entries of Secrets that the containers of a pod have as files, by container. */
function mountedBy(pod: any): { [container: string]: string[] } {
  const filesAt = (mount: any) => {
    const { secret } = pod.volumes.find((volume: any) => volume.name === mount.name);
    return (secret?.items ?? []).map(({ key, path }: any) => `${secret.secretName}/${key} as ${mount.mountPath}/${path}`);
  };
  const containers: any[] = [...pod.initContainers ?? [], ...pod.containers];
  return Object.fromEntries(containers.map(({ name, volumeMounts }) => [name, volumeMounts.flatMap(filesAt)]));
}

test('without a guard OpenClaw reads them from the file of keys, and a bearer is written there as one', () => {
  const gateway = gatewayWith(OPENAI);
  expect(configOf(gateway).models.providers.openai.headers).toEqual({
    'x-portkey-provider': 'openai',
    'x-portkey-api-key': { source: 'file', provider: 'keys', id: '/openai.x-portkey-api-key' },
    'helicone-auth': { source: 'file', provider: 'keys', id: '/openai.helicone-auth' },
  });
  expect(gateway.liveSyncContainer!.command!.join(' ')).toMatch(/ --bearer openai\.helicone-auth$/);
  const { openclaw, ...others } = mountedBy(podOf(gateway.deployment));
  expect(openclaw).toEqual([]);
  for (const files of Object.values(others)) {
    expect(files).toContain('portkey/key as /etc/openclaw/keys/keys-1/openai.x-portkey-api-key');
    expect(files).toContain('helicone/HELICONE as /etc/openclaw/keys/keys-2/openai.helicone-auth');
  }
  expect(gateway.summary).toContain('openai.x-portkey-api-key  Secret portkey, key key');
});

test.each([['beside the gateway', ModelGuard.sidecar()], ['in pods of its own', ModelGuard.pod({ caller: source('caller', 'caller') })]])('a guard %s alone has them', (_, guard) => {
  const gateway = gatewayWith(OPENAI, { guard });
  expect(gateway.configMap.data['openclaw.json']).not.toMatch(/portkey|helicone/);
  const guardPod = gateway.guard!.deployment ?? gateway.deployment;
  const files = [gateway.deployment, guardPod].map(deployment => mountedBy(podOf(deployment)));
  expect(Object.entries(Object.assign({}, ...files)).filter(([, each]) => JSON.stringify(each).match(/portkey|helicone/))).toEqual([
    ['model-guard', expect.arrayContaining([
      'portkey/key as /etc/guard/keys/openai.x-portkey-api-key/key', 'helicone/HELICONE as /etc/guard/keys/openai.helicone-auth/key',
    ])],
  ]);
  expect(JSON.parse(gateway.guard!.policy.data['routes.json']).resources[0].request_headers_to_remove).toEqual(expect.arrayContaining(['x-portkey-api-key', 'helicone-auth']));
});

test('a value in a vault is brought by an ExternalSecret of the gateway', () => {
  const store = SecretStore.cluster('vault');
  const gateway = gatewayWith(Provider.OPENAI.customize({ secretHeaders: { 'x-corp-key': SecretSource.fromStore({ store, remoteKey: 'corp/gateway' }) } }), { guard: ModelGuard.sidecar() });
  const [made] = objects(Chart.of(gateway), 'ExternalSecret');
  expect(made.spec.data).toEqual([expect.objectContaining({ secretKey: 'openai.x-corp-key', remoteRef: expect.objectContaining({ key: 'corp/gateway' }) })]);
});

test('each tenant of a fleet has its own', () => {
  const app = new App();
  const secretHeaders = { 'x-corp-key': SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'corp/{tenant}' }) };
  const primary = Provider.OPENAI.customize({ secretHeaders }).model('gpt-5.4');
  const fleet = new Fleet(app, 'Fleet', {
    version: OpenClawVersion.V2026_9_6,
    auth: TOKEN,
    chain: new FallbackChain(app, 'Chain', { primary, fallbacks: [SONNET] }),
    providerKeys: ProviderKeys.fromSecretName('keys'),
    tenants: Tenants.of([{ name: 'red' }, { name: 'blue' }]),
  });
  const remoteKeys = fleet.charts.map(chart => objects(chart, 'ExternalSecret').map(({ spec }) => spec.data[0].remoteRef.key));
  expect(remoteKeys).toEqual([['corp/red'], ['corp/blue']]);
  const typo = Provider.OPENAI.customize({ secretHeaders: { 'x-corp-key': SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'corp/{tenent}' }) } });
  expect(messageOf(() => new Fleet(app, 'Typo', {
    version: OpenClawVersion.V2026_9_6,
    auth: TOKEN,
    chain: new FallbackChain(app, 'Other', { primary: typo.model('gpt-5.4'), fallbacks: [SONNET] }),
    providerKeys: ProviderKeys.fromSecretName('keys'),
    tenants: Tenants.of([{ name: 'green' }]),
  }))).toContain("the header 'x-corp-key' of provider 'openai' holds {tenent}; allowed are {tenant}, {namespace}");
});

test('of two with one name the later one counts, in whichever case', () => {
  const later = OPENAI.customize({ bearerHeaders: { 'x-portkey-API-key': source('later') } });
  expect(later._facts.secretHeaders!.map(({ name, bearer }) => [name, bearer])).toEqual([['x-portkey-api-key', true], ['helicone-auth', true]]);
  expect(OPENAI.customize({ timeout: undefined })._facts.secretHeaders).toEqual(OPENAI._facts.secretHeaders);
});

test.each<[string, object, string]>([
  ['a text', { secretHeaders: { 'x-corp-key': 'sk-live-1' } }, "secretHeaders['x-corp-key'] must be a SecretSource; use for example SecretSource.fromSecretName('openclaw-secrets', 'PORTKEY')"],
  ['no map', { bearerHeaders: ['x'] }, 'bearerHeaders must be an object, each value a SecretSource'],
  ["the key's header", { bearerHeaders: { Authorization: source('key') } }, "bearerHeaders['Authorization'] is the header of the provider's key; give the provider its key with a ProviderSecret"],
  ['a value that was made up', { secretHeaders: { 'x-corp-key': SecretSource.generated() } },
    "secretHeaders['x-corp-key'] makes a value up, and no server knows it; give the value that the server has issued"],
  ['a header of the connection', { secretHeaders: { Host: source('key') } },
    "names of secretHeaders[0] must be the name of an HTTP header, of letters, digits, dashes and underscores, and none that the sender sets itself, got the string 'Host'"],
  ['a name with a dot', { secretHeaders: { 'x.key': source('key') } },
    "names of secretHeaders[0] must be the name of an HTTP header, of letters, digits, dashes and underscores, and none that the sender sets itself, got the string 'x.key'"],
  ['one header twice', { secretHeaders: { 'x-corp-key': source('a') }, bearerHeaders: { 'X-Corp-Key': source('b') } },
    "the header 'x-corp-key' is twice in secretHeaders and bearerHeaders; keep one"],
  ['one that is in headers too', { headers: { 'X-Corp': 'a' }, secretHeaders: { 'x-corp': source('a') } }, "the header 'x-corp' is in headers and is a secret; remove it from headers"],
])('%s is refused', (_, options, problem) => {
  expect(messageOf(() => Provider.OPENAI.customize(options))).toBe(`Provider 'openai': ${problem}`);
  expect(messageOf(() => Provider.custom('mine', { baseUrl: 'https://llm.example.com', ...options }))).toBe(`Provider 'mine': ${problem}`);
});

test('a header may carry what is the key of another wire format', () => {
  expect(configOf(gatewayWith(Provider.OPENAI.customize({ secretHeaders: { 'x-api-key': source('key') } }))).models.providers.openai.headers)
    .toEqual({ 'x-api-key': expect.objectContaining({ id: '/openai.x-api-key' }) });
  expect(messageOf(() => OPENAI.customize({ headers: { 'Helicone-Auth': 'no' } }))).toBe("Provider 'openai': the header 'helicone-auth' is in headers and is a secret; remove it from headers");
  expect(messageOf(() => Provider.OPENAI.customize({ secretHeaders: { 'x-corp': source('key') } }).customize({ headers: { 'X-Corp': 'a' } })))
    .toBe("Provider 'openai': the header 'x-corp' is in headers and is a secret; remove it from headers");
});

describe('the rules for keys count for them', () => {
  const keyless = (baseUrl: string) => Provider.custom('corp', { baseUrl, requiresKey: false, secretHeaders: { 'x-corp-key': source('key') } });
  const guard = ModelGuard.sidecar();
  const facts = { contextWindow: 131072, maxTokens: 8192 };
  const sent = "the secret header 'x-portkey-api-key' of provider 'openai'";

  test.each<[string, () => unknown, string]>([
    ['a secret of the gateway', () => gatewayWith(OPENAI, { guard, secrets: { COPY: source('key') } }),
      `[guard-key-exposed] secrets['COPY'] holds ${sent} (Secret portkey, key key), which the guard keeps from the gateway; give it a secret of its own`],
    ['a secret for tools', () => gatewayWith(OPENAI, { secrets: { COPY: source('key') }, toolSecrets: ['COPY'] }),
      `[tool-secret-unknown] toolSecrets names 'COPY', which is ${sent}; remove it, since a tool that has it could call any model`],
    ['its own name, for tools', () => gatewayWith(OPENAI, { toolSecrets: ['openai.x-portkey-api-key'] }),
      `[tool-secret-unknown] toolSecrets names 'openai.x-portkey-api-key', which is ${sent}; remove it, since a tool that has it could call any model`],
    ['its own name, in extraConfig', () => gatewayWith(OPENAI, { extraConfig: { hooks: { enabled: true, token: { source: 'file', provider: 'keys', id: '/openai.x-portkey-api-key' } } } }),
      '[secret-in-config]'],
    ['a secret of its name', () => gatewayWith(OPENAI, { secrets: { 'openai.x-portkey-api-key': source('other') } }), '[secret-name-taken]'],
    ['plain text', () => gatewayWith(Provider.OPENAI.customize({ secretHeaders: { 'x-corp-key': SecretSource.unsafePlainText('abc') } })),
      "[secret-plain-text] the header 'x-corp-key' of provider 'openai' is plain text in the manifests"],
    ['another namespace', () => {
      const secret = new kplus.Secret(newChart('other', 'other'), 'Secret', { stringData: { key: 'x' } });
      return gatewayWith(Provider.OPENAI.customize({ secretHeaders: { 'x-corp-key': SecretSource.fromSecret(secret, 'key') } }));
    }, "[secret-other-namespace] the Secret of the header 'x-corp-key' of provider 'openai' is in namespace 'other'"],
    ['no encryption', () => gatewayWith(keyless('http://203.0.113.7:8080/v1'), {}, keyless('http://203.0.113.7:8080/v1').model('a', facts)), '[provider-url-insecure]'],
    ['a port of the pod', () => gatewayWith(keyless('http://127.0.0.1:8080/v1'), { guard }, keyless('http://127.0.0.1:8080/v1').model('a', facts)), '[guard-provider-unsupported]'],
    ['two companies', () => {
      const chart = newChart();
      const anthropic = Provider.ANTHROPIC.customize({ secretHeaders: { 'x-corp-key': source('key') } });
      return newGateway(chart, { chain: newChain(chart, [anthropic.model('claude-sonnet-5'), OPENAI.model('gpt-5.4')]) });
    }, "[provider-key-shared] the secret header 'x-corp-key' of provider 'anthropic' and the secret header 'x-portkey-api-key' of provider 'openai' are the same secret"
      + ' (Secret portkey, key key), so it is sent to several companies; give each its own SecretSource'],
    ['two forms of a provider', () => {
      const chart = newChart();
      return newGateway(chart, { chain: newChain(chart, [OPENAI.model('gpt-5.4'), Provider.OPENAI.model('gpt-5.4-mini')]) });
    }, '[provider-conflict]'],
    ['two forms that differ by a value', () => {
      const chart = newChart();
      const [a, b] = ['a', 'b'].map(text => Provider.OPENAI.customize({ secretHeaders: { 'x-corp-key': SecretSource.unsafePlainText(text) } }));
      return newGateway(chart, { preset: Preset.DEV, chain: newChain(chart, [a.model('gpt-5.4'), b.model('gpt-5.4-mini')]) });
    }, '[provider-conflict]'],
  ])('%s', (_, make, problem) => expect(messageOf(make)).toContain(problem));

  test('a container beside the guard must not read it', () => {
    const gateway = gatewayWith(OPENAI, { guard });
    const image = 'registry.example.com/tools:1.4.0';
    expect(messageOf(() => gateway.addSidecar('tools', { image, envFrom: [kplus.Env.fromSecret(kplus.Secret.fromSecretName(gateway, 'Portkey', 'portkey'))] })))
      .toContain(`reads ${sent} (Secret portkey), which the guard keeps from the gateway's pod`);
  });

  test('one source for one host, and two objects that say the same', () => {
    const chart = newChart();
    const at = (provider: Provider) => provider.customize({ baseUrl: 'https://api.portkey.ai/v1', secretHeaders: { 'x-portkey-api-key': source('key') } });
    const chain = newChain(chart, [at(Provider.ANTHROPIC).model('claude-sonnet-5'), at(Provider.OPENAI).model('gpt-5.4'), at(Provider.OPENAI).model('gpt-5.4-mini')]);
    expect(newGateway(chart, { chain }).findings.map(({ rule }) => rule)).not.toContain('provider-key-shared');
  });

});
