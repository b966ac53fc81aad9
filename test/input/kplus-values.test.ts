import type * as Cdk8s from 'cdk8s';
import { Chart, Duration, Size, Testing } from 'cdk8s';
import type * as Kplus from 'cdk8s-plus-28';
import * as kplus from 'cdk8s-plus-28';
import { FallbackChain, GatewayState, ModelGuard, OpenClawDeploymentProps, Preset, SecretSource } from '../../src/index';
import { GPT, messageOf, newChart, newGateway, SONNET } from '../support/gateway';

/** A second copy of cdk8s and cdk8s-plus, as npm may install it: no object of it is an instance of a class that the library sees. */
function secondCopy(): { cdk8s: typeof Cdk8s; kplus: typeof Kplus } {
  let copy: ReturnType<typeof secondCopy>;
  jest.isolateModules(() => {
    copy = { cdk8s: jest.requireActual('cdk8s'), kplus: jest.requireActual('cdk8s-plus-28') };
  });
  return copy!;
}

const COPY = secondCopy();

const EXPOSURE = { origins: ['https://assistant.example.com'], trustedProxies: ['10.0.0.0/8'] };

const yamlOf = (props: (chart: Chart) => Partial<OpenClawDeploymentProps>) => {
  const chart = newChart();
  newGateway(chart, props(chart));
  return Testing.synth(chart);
};

it('takes a Duration of a second copy', () => {
  const idleTimeout = COPY.cdk8s.Duration.minutes(2);
  expect(idleTimeout).not.toBeInstanceOf(Duration);
  const fallbacks = (patience: Duration) => ({
    chain: new FallbackChain(newChart('chain'), 'Chain', { primary: SONNET, fallbacks: [GPT], idleTimeout: patience }),
  });
  expect(yamlOf(() => fallbacks(idleTimeout))).toEqual(yamlOf(() => fallbacks(Duration.minutes(2))));
  expect(yamlOf(() => fallbacks(idleTimeout))).not.toEqual(yamlOf(() => fallbacks(Duration.minutes(3))));
});

it('tells the copies apart, else this proves nothing', () => {
  expect(COPY.kplus.EnvValue.fromValue('x')).not.toBeInstanceOf(kplus.EnvValue);
  expect(COPY.cdk8s.Size.gibibytes(1)).not.toBeInstanceOf(Size);
});

describe.each<[string, typeof Kplus, typeof Cdk8s.Size]>([
  ['classes', kplus, Size],
  ['classes of a second copy', COPY.kplus, COPY.cdk8s.Size],
])('plain values render as %s', (_, { Cpu, EnvValue, NetworkPolicyIpBlock }, { gibibytes, mebibytes }) => {
  it.each<[string, Partial<OpenClawDeploymentProps>, (chart: Chart) => Partial<OpenClawDeploymentProps>]>([
    ['environment variables', { envVariables: { TZ: 'UTC', EMPTY: '' } },
      () => ({ envVariables: { TZ: EnvValue.fromValue('UTC'), EMPTY: EnvValue.fromValue('') } })],
    ['resources', { resources: { cpu: { request: '1500m', limit: 2 }, memory: { request: '1536Mi', limit: '2.5Gi' }, ephemeralStorage: { limit: '3Gi' } } },
      () => ({
        resources: {
          cpu: { request: Cpu.units(1.5), limit: Cpu.units(2) },
          memory: { request: mebibytes(1536), limit: mebibytes(2560) },
          ephemeralStorage: { limit: gibibytes(3) },
        },
      })],
    ['the size of the state', { state: GatewayState.claim({ size: '1Ti' }) }, () => ({ state: GatewayState.claim({ size: gibibytes(1024) }) })],
    ['peers', { exposure: { ...EXPOSURE, peers: ['10.0.0.0/8', '10.1.2.3', 'fd00::/8', 'fd00::1'] } }, chart => ({
      exposure: {
        ...EXPOSURE,
        peers: [
          NetworkPolicyIpBlock.ipv4(chart, 'A', '10.0.0.0/8'), NetworkPolicyIpBlock.ipv4(chart, 'B', '10.1.2.3/32'),
          NetworkPolicyIpBlock.ipv6(chart, 'C', 'fd00::/8'), NetworkPolicyIpBlock.ipv6(chart, 'D', 'fd00::1/128'),
        ],
      },
    })],
    ['a preset', { preset: Preset.PROD.customize({ name: 'own', storageSize: '20Gi', resources: { memory: { request: '3Gi', limit: '4Gi' } } }) },
      () => ({
        preset: Preset.PROD.customize({
          name: 'own', storageSize: gibibytes(20), resources: { memory: { request: gibibytes(3), limit: gibibytes(4) } },
        }),
      })],
    ['a guard', { guard: ModelGuard.sidecar({ resources: { cpu: { request: '20m' }, memory: { limit: '1Gi' } }, bodyLimit: Size.mebibytes(8) }) },
      () => ({
        guard: ModelGuard.sidecar({ resources: { cpu: { request: Cpu.millis(20) }, memory: { limit: gibibytes(1) } }, bodyLimit: mebibytes(8) }),
      })],
  ])('%s', (name, plain, objects) => {
    const rendered = yamlOf(() => plain);
    expect(rendered).toEqual(yamlOf(objects));
    expect(rendered).not.toEqual(yamlOf(() => ({ exposure: name === 'peers' ? { ...EXPOSURE, peers: ['192.168.0.0/16'] } : undefined })));
  });
});

describe.each<[string, typeof Kplus]>([
  ['its own cdk8s-plus', kplus],
  ['a second copy', COPY.kplus],
])('with %s', (_, { EnvValue, PersistentVolumeClaim, Secret, ServiceAccount }) => {
  const message = (props: (elsewhere: Chart) => Partial<OpenClawDeploymentProps>) => messageOf(() => {
    const chart = newChart();
    newGateway(chart, props(newChart('elsewhere', 'elsewhere')));
  });

  it.each<[string, (elsewhere: Chart) => Partial<OpenClawDeploymentProps>]>([
    ['serviceAccount', elsewhere => ({ serviceAccount: new ServiceAccount(elsewhere, 'Account') })],
    ['serviceAccount', elsewhere => ({ serviceAccount: ServiceAccount.fromServiceAccountName(elsewhere, 'Account', 'account') })],
    ['serviceAccount', () => ({ serviceAccount: new ServiceAccount(newChart('other', 'gateways'), 'Account', { metadata: { namespace: 'elsewhere' } }) })],
    ['the claim of state', elsewhere => ({ state: GatewayState.existing(new PersistentVolumeClaim(elsewhere, 'Claim'), { path: '' }) })],
    ['the claim of state', elsewhere => ({ state: GatewayState.existing(PersistentVolumeClaim.fromClaimName(elsewhere, 'Claim', 'claim'), { path: '' }) })],
  ])('%s of another namespace is refused', (prop, props) => {
    expect(message(props)).toContain(`[reference-other-namespace] ${prop} is in namespace 'elsewhere', the gateway in 'gateways'`);
  });

  it('a Secret of another namespace is refused', () => {
    expect(message(elsewhere => ({ secrets: { HOOKS: SecretSource.fromSecret(new Secret(elsewhere, 'Secret'), 'hooks') } })))
      .toContain("[secret-other-namespace] the Secret of secrets['HOOKS'] is in namespace 'elsewhere', the gateway in 'gateways'");
  });

  it('a secret in an environment variable is refused, in whichever form', () => {
    const secret = new Secret(newChart(), 'Secret');
    expect(message(() => ({
      envVariables: {
        A: EnvValue.fromSecretValue({ secret, key: 'key' }),
        B: EnvValue.fromValue('sk-ant-api03-0123456789abcdef'),
        C: 'sk-ant-api03-0123456789abcdef',
        OPENAI_API_KEY: 'x',
        D: EnvValue.fromValue('harmless'),
      },
    })).match(/\[key-in-environment\] envVariables\['\w+'\]/g)).toEqual(['A', 'B', 'C', 'OPENAI_API_KEY'].map(name => `[key-in-environment] envVariables['${name}']`));
  });
});
