import * as kplus from 'cdk8s-plus-28';
import { allowing, besides, calling, FACTS, Make, OLD, RuleRemedies, VLLM } from './remedy';
import { Backup, FallbackChain, GatewayAuth, GatewayExposure, GatewayState, ModelGuard, OpenClawVersion, Preset, Provider, Workspace } from '../../../src/index';
import { GPT, keysOf, newChain, newChart, newGateway, SONNET } from '../../support/gateway';

const ORIGIN = 'https://a.example.com';
const PROXIES = ['10.1.0.0/16'];
const exposed = (exposure: Partial<GatewayExposure>, more: Make = () => ({})): Make => chart => ({
  ...more(chart), exposure: { origins: [ORIGIN], trustedProxies: PROXIES, peers: [kplus.Pods.all(chart, 'Proxy')], ...exposure },
});
const signingIn: Make = () => ({ auth: GatewayAuth.trustedProxy({ userHeader: 'x-user', trustedProxies: PROXIES }) });
const opening: Make = () => ({ preset: Preset.DEV.customize({ isolateNetwork: true }) });
const old = (make: Make, version = OLD): Make => chart => ({ ...make(chart), version });
const retrying = (retries?: number): Make => chart => ({ chain: new FallbackChain(chart, 'Chain', { primary: SONNET, fallbacks: [GPT], retries }) });
const utility: Make = chart => ({ ...calling(chart, Provider.ANTHROPIC.model('claude-sonnet-4-6', FACTS), GPT), modelSlots: { utility: GPT } });

/** A claim that another gateway has, or one of its own. */
const claims = (shared: boolean): Make => chart => {
  const keys = keysOf(newChart('keys', 'gateways', chart.node.root as any), Provider.ANTHROPIC, Provider.OPENAI);
  const first = newGateway(chart, { chain: newChain(chart, [SONNET, GPT], 'FirstChain'), providerSecrets: keys }, 'First');
  const claim = shared ? first.stateClaim : kplus.PersistentVolumeClaim.fromClaimName(chart, 'Own', 'own');
  return { state: GatewayState.existing(claim, { path: '' }) };
};
const claimIn = (namespace: string): Make => chart =>
  ({ state: GatewayState.existing(kplus.PersistentVolumeClaim.fromClaimName(newChart('other', namespace, chart.node.root as any), 'Claim', 'state'), { path: '' }) });
const many = (count: number) => allowing(...Array.from({ length: count }, (_, i) => VLLM.model(`a-model-with-a-long-name-for-this-test-${i}`, FACTS)));
const forAgent = (agent: string) => Workspace.fromFiles({ 'AGENTS.md': 'x' }, { agent });
const plugins: Make = () => ({ plugins: ['telegram'] });

export const WORKLOAD: RuleRemedies = {
  'exposure-insecure': [{ wrong: exposed({ origins: ['http://a.example.com'] }), remedies: { 'end TLS in front of the Service and write https': exposed({}) } }],
  'exposure-proxy-unknown': [
    ...[OpenClawVersion.V2026_9_6, OLD].map(version => ({
      wrong: exposed({ trustedProxies: undefined }, () => ({ version })),
      remedies: { 'write the addresses from which the proxy connects into exposure.trustedProxies': exposed({}, () => ({ version })) },
    })),
  ],
  'exposure-proxy-conflict': [{ wrong: exposed({ trustedProxies: ['10.2.0.9'] }, signingIn), remedies: { 'OpenClaw has one list, and each proxy on it may name any user: leave exposure.trustedProxies out': exposed({ trustedProxies: undefined }, signingIn) } }],
  'exposure-closed': [{ wrong: exposed({ peers: undefined }), remedies: { "name the proxy's pods in exposure.peers": exposed({}) } }],
  'network-closes-plugins': [
    {
      wrong: chart => ({ ...plugins(chart), guard: ModelGuard.pod() }),
      remedies: {
        'add theirs with gateway.networkPolicy.addEgressRule()': {
          then: ({ networkPolicy }) => networkPolicy!.addEgressRule(kplus.NetworkPolicyIpBlock.ipv4(networkPolicy!, 'Telegram', '149.154.160.0/20'), [kplus.NetworkPolicyPort.tcp(443)]),
        },
      },
    },
    { wrong: () => ({ plugins: ['telegram'], ciliumEgress: {} }), remedies: { 'add theirs to ciliumEgress.hosts': () => ({ plugins: ['telegram'], ciliumEgress: { hosts: ['api.telegram.org'] } }) } },
  ],
  'cilium-egress-unused': [{
    wrong: () => ({ preset: Preset.DEV, ciliumEgress: {} }),
    remedies: { 'use a preset with isolateNetwork: true': chart => ({ ...opening(chart), ciliumEgress: {} }) },
  }],
  'version-unsupported': [
    {
      wrong: old(() => ({ backup: Backup.schedule({ schedule: '@daily' }) })),
      remedies: {
        'leave backup out and copy the volume as docs/operations.md describes': old(() => ({})),
        'use 2026.8.1 or newer': old(() => ({ backup: Backup.schedule({ schedule: '@daily' }) }), OpenClawVersion.of('2026.8.1')),
      },
    },
    { wrong: old(retrying(2)), remedies: { 'leave retries out': old(retrying()), 'use 2026.9.1 or newer': old(retrying(2), OpenClawVersion.of('2026.9.1')) } },
    {
      wrong: old(utility, OpenClawVersion.V2026_6_11),
      remedies: { 'leave it out': chart => ({ ...old(utility, OpenClawVersion.V2026_6_11)(chart), modelSlots: {} }), 'use 2026.7.1 or newer': old(utility) },
    },
  ],
  'image-other-version': [{
    wrong: () => ({ image: 'registry.example.com/openclaw:2026.9.3-slim' }),
    remedies: { 'name the same version in both': () => ({ image: 'registry.example.com/openclaw:2026.9.6-slim' }) },
  }],
  'claim-shared': [{ wrong: claims(true), remedies: { 'give each gateway its own claim': claims(false) } }],
  'reference-other-namespace': [{ wrong: claimIn('elsewhere'), remedies: { 'a pod can only use objects of its own namespace: put both into one namespace': claimIn('gateways') } }],
  'workspace-agent-unknown': [
    {
      wrong: () => ({ workspace: forAgent('codr'), extraConfig: { agents: { entries: { main: {}, coder: {} } } } }),
      remedies: { "did you mean 'coder'?": () => ({ workspace: forAgent('coder'), extraConfig: { agents: { entries: { main: {}, coder: {} } } } }) },
    },
    { wrong: () => ({ workspace: forAgent('coder') }), remedies: {} },
  ],
  'workspace-elsewhere': [{ workspace: '/home/node/.openclaw/mine' }, { workspace: '/home/node/.openclaw/workspace' }].map(({ workspace }) => ({
    wrong: () => ({ workspace: forAgent('coder'), extraConfig: { agents: { entries: { main: {}, coder: { workspace } } } } }),
    remedies: { 'leave that setting out': () => ({ workspace: forAgent('coder'), extraConfig: { agents: { entries: { main: {}, coder: {} } } } }) },
  })),
  'text-interpreted': [
    ...['${HOME}/x', '{{ x }}'].map(text => ({ wrong: () => ({ envVariables: { TEXT: text } }), remedies: { 'docs/gitops.md says how to prevent it': undefined } })),
  ],
  'acknowledge-misused': [
    { wrong: () => ({ acknowledge: { 'chain-single-providr': 'x' } }), remedies: { "did you mean 'chain-single-provider'?": () => ({ acknowledge: { 'chain-single-provider': 'x' } }) } },
    { wrong: () => ({ acknowledge: { zzz: 'x' } }), remedies: { 'rules that can be acknowledged: model-deprecated': () => ({ acknowledge: { 'model-deprecated': 'x' } }) } },
    {
      wrong: chart => ({ ...besides(GPT, GPT)(chart), acknowledge: { 'chain-duplicate': 'x' } }),
      remedies: { 'fix its finding instead': besides(GPT), 'rules that can be acknowledged: model-deprecated': () => ({ acknowledge: { 'model-deprecated': 'x' } }) },
    },
    { wrong: () => ({ acknowledge: { 'image-not-pinned': ' ' } }), remedies: { 'write a sentence that says why the finding is accepted': () => ({ acknowledge: { 'image-not-pinned': 'a reason' } }) } },
  ],
  'config-map-large': [{
    wrong: many(800),
    remedies: { 'apply it on the server (kubectl apply --server-side, or ServerSideApply=true)': undefined, 'name fewer models, shorten extraConfig and workspace': many(100) },
  }],
};

