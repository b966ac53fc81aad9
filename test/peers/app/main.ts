import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { useOutputs } from './outputs';
import { TeamGateway } from './team-gateway';
import {
  FallbackChain, GatewayAuth, GatewayState, ModelGuard, OpenClawDeployment, OpenClawDeploymentProps, OpenClawVersion, Preset, Provider,
  ProviderSecret, SecretSource,
} from 'cdk8s-openclaw';

const app = new App();
const elsewhere = new Chart(app, 'elsewhere', { namespace: 'elsewhere' });

function gateway(scope: Chart, props: Partial<OpenClawDeploymentProps>): OpenClawDeployment {
  const provider = Provider.ANTHROPIC;
  return new OpenClawDeployment(scope, 'Gateway', {
    version: OpenClawVersion.V2026_9_6,
    preset: Preset.DEV,
    chain: FallbackChain.fromProviders(scope, 'Chain', { providers: [provider] }),
    providerSecrets: [new ProviderSecret(scope, 'Key', { provider, source: SecretSource.fromSecretName('keys', provider.keyName) })],
    auth: GatewayAuth.token(SecretSource.fromSecretName('keys', 'OPENCLAW_GATEWAY_TOKEN')),
    ...props,
  });
}

/** What is wrong with a gateway of these props. */
function refusal(props: Partial<OpenClawDeploymentProps>): string {
  try {
    gateway(new Chart(new App(), 'refused', { namespace: 'assistant' }), props);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
}

// every kind of object that the library accepts
const chart = new Chart(app, 'assistant', { namespace: 'assistant' });
const secret = new kplus.Secret(chart, 'Keys');
const settings = new kplus.ConfigMap(chart, 'Settings', { data: { zone: 'Europe/Rome' } });
const assistant = gateway(chart, {
  preset: Preset.PROD.customize({ name: 'own', storageSize: Size.gibibytes(20) }),
  guard: ModelGuard.pod({ resources: { cpu: { request: kplus.Cpu.millis(30) } }, caller: SecretSource.fromSecret(secret, 'caller') }),
  secrets: { HOOKS: SecretSource.fromSecret(kplus.Secret.fromSecretName(chart, 'Hooks', 'hooks'), 'token') },
  state: GatewayState.existing(
    new kplus.PersistentVolumeClaim(chart, 'State', { accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE], storage: Size.gibibytes(20) }), { path: '.openclaw' },
  ),
  serviceAccount: new kplus.ServiceAccount(chart, 'Account'),
  resources: {
    cpu: { request: kplus.Cpu.millis(1500), limit: kplus.Cpu.units(2) },
    memory: { request: Size.gibibytes(2), limit: Size.gibibytes(3) },
    ephemeralStorage: { limit: Size.gibibytes(4) },
  },
  envVariables: {
    TZ: kplus.EnvValue.fromConfigMap(settings, 'zone'),
    POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
    LANG: kplus.EnvValue.fromValue('C.UTF-8'),
    NO_PROXY: kplus.EnvValue.fromValue('.svc'),
    HTTPS_PROXY: kplus.EnvValue.fromValue('http://proxy.example.com:3128'),
  },
  exposure: {
    origins: ['https://assistant.example.com'],
    trustedProxies: ['10.244.0.0/16'],
    peers: [
      kplus.Pods.select(chart, 'Proxy', {
        labels: { app: 'proxy' },
        expressions: [kplus.LabelExpression.exists('zone')],
        namespaces: kplus.Namespaces.select(chart, 'Edge', { names: ['edge'] }),
      }),
      kplus.Namespaces.select(chart, 'Teams', { labels: { team: 'yes' } }),
      kplus.NetworkPolicyIpBlock.ipv4(chart, 'Nodes', '10.0.0.0/24', ['10.0.0.1/32']),
      new kplus.Deployment(elsewhere, 'Proxy', { containers: [{ image: 'registry.example.com/proxy:1' }] }),
    ],
  },
  acknowledge: { 'chain-single-provider': 'one contract so far', 'guard-environment-unused': 'channels use the proxy' },
});
useOutputs(assistant);

// a construct on top
const team = new Chart(app, 'team', { namespace: 'team' });
new TeamGateway(team, 'Blue', {
  team: 'blue',
  keys: new kplus.Secret(team, 'Keys'),
  proxy: kplus.Pods.select(team, 'Proxy', { labels: { app: 'proxy' } }),
  resources: { cpu: { request: '500m' }, memory: { request: Size.gibibytes(2), limit: Size.gibibytes(3) } },
});

app.synth();
console.log(JSON.stringify({
  findings: assistant.findings,
  refused: [
    refusal({ serviceAccount: new kplus.ServiceAccount(elsewhere, 'Account') }),
    refusal({ state: GatewayState.existing(new kplus.PersistentVolumeClaim(elsewhere, 'State'), { path: '' }) }),
    refusal({ state: GatewayState.existing(kplus.PersistentVolumeClaim.fromClaimName(elsewhere, 'Named', 'state'), { path: '' }) }),
    refusal({ secrets: { HOOKS: SecretSource.fromSecret(new kplus.Secret(elsewhere, 'Keys'), 'key') } }),
    refusal({
      envVariables: {
        A: kplus.EnvValue.fromSecretValue({ secret, key: 'key' }),
        B: kplus.EnvValue.fromValue('sk-ant-api03-0123456789abcdef'),
        OPENAI_API_KEY: kplus.EnvValue.fromValue('x'),
      },
    }),
    refusal({ guard: ModelGuard.sidecar(), envVariables: { NO_PROXY: kplus.EnvValue.fromConfigMap(settings, 'zone') } }),
    refusal({ resources: { cpu: { request: kplus.Cpu.units(3), limit: kplus.Cpu.millis(10) } } }),
    refusal({ resources: { memory: { request: Size.mebibytes(64) } } }),
  ],
}));
