import { FallbackChain, GatewayAuth, ModelGuard, OpenClawDeployment, OpenClawVersion, Provider, ProviderKeys, SecretSource } from '../../src/index';
import { messageOf, newChart, newGateway, objects, TOKEN } from '../support/gateway';

const optional = SecretSource.fromSecretName('later', 'key', { optional: true });

/** The volumes of a gateway's pod that come from Secrets: name, Secret, keys, whether it may be missing. */
function volumesWith(guard: ModelGuard): unknown[] {
  const chart = newChart();
  const openai = Provider.OPENAI.customize({ secretHeaders: { 'x-corp-key': optional } });
  new OpenClawDeployment(chart, 'Gateway', {
    version: OpenClawVersion.V2026_9_6,
    chain: FallbackChain.fromProviders(chart, 'Chain', { providers: [Provider.ANTHROPIC, openai] }),
    auth: TOKEN,
    guard,
    providerKeys: ProviderKeys.fromSecretName('openclaw-secrets', { optional: true }),
  });
  const [deployment] = objects(chart, 'Deployment');
  return deployment.spec.template.spec.volumes.filter(({ secret }: any) => secret)
    .map(({ name, secret }: any) => [name, secret.secretName, secret.items.map(({ key }: any) => key).join(), secret.optional ?? false]);
}

test('without a guard keys that may be missing have volumes of their own', () => {
  expect(volumesWith(ModelGuard.none())).toEqual([
    ['optional-0', 'openclaw-secrets', 'ANTHROPIC_API_KEY,OPENAI_API_KEY', true],
    ['optional-1', 'later', 'key', true],
    ['keys-2', 'openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN', false],
  ]);
});

test('behind a guard, its volumes may be missing', () => {
  expect(volumesWith(ModelGuard.sidecar())).toEqual(expect.arrayContaining([
    ['keys-0', 'openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN', false],
    ['guard-key-0', 'openclaw-secrets', 'ANTHROPIC_API_KEY', true],
    ['guard-key-2', 'later', 'key', true],
  ]));
});

test.each<[string, () => unknown, string]>([
  ['a token', () => GatewayAuth.token(optional), 'GatewayAuth.token(): source is optional, and a gateway does not start without its token; leave out optional'],
  ['another secret', () => newGateway(newChart(), { secrets: { HOOKS: optional } }),
    "OpenClawDeployment 'prod/Gateway': secrets['HOOKS'] is optional, and only keys and secret headers of providers may be missing; leave out optional"],
  ['the credential of a caller', () => ModelGuard.pod({ caller: optional }), 'ModelGuard.pod(): caller is optional, and a guard does not start without it; leave out optional'],
  ['no boolean', () => SecretSource.fromSecretName('a', 'b', { optional: 'yes' } as any), "SecretSource.fromSecretName(): optional must be a boolean, got the string 'yes'"],
  ['a mistyped option', () => SecretSource.fromSecretName('a', 'b', { optionl: true } as any), "SecretSource.fromSecretName(): unknown option 'optionl'; did you mean 'optional'?"],
])('%s is refused', (_, make, message) => expect(messageOf(make)).toBe(message));
