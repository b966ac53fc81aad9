import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FallbackChain, GatewayAuth, ModelGuard, OpenClawDeployment, OpenClawVersion, Provider, ProviderKeys, SecretSource, Workspace,
} from 'cdk8s-openclaw';

const CHROMIUM = 'registry.example.com/chromium:156.0.8078'; // your image with Debian's chromium
const version = OpenClawVersion.V2026_9_6;

const app = new App();
const chart = new Chart(app, 'openclaw-beside', { namespace: 'openclaw-beside' });

const gateway = new OpenClawDeployment(chart, 'Gateway', {
  version,
  chain: new FallbackChain(chart, 'Chain', { primary: Provider.ANTHROPIC.model('claude-sonnet-5'), fallbacks: [Provider.OPENAI.model('gpt-5.4')] }),
  providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'), // ANTHROPIC_API_KEY and OPENAI_API_KEY
  auth: GatewayAuth.token(SecretSource.generated()),
  guard: ModelGuard.pod(), // a page in the browser reaches the ports of the pod
  plugins: ['browser'],
  acknowledge: { 'network-closes-plugins': 'the rules below let the browser out' },
  workspace: Workspace.combine(
    Workspace.fromFiles({ 'AGENTS.md': '# House rules\n\nAnswer in one paragraph. Ask before you change anything.\n' }),
    Workspace.fromFolder(join(__dirname, 'skills', 'pods'), { path: 'skills/pods', overwrite: true }),
  ),
  extraConfig: {
    mcp: { servers: { cluster: { url: 'http://127.0.0.1:8700/', transport: 'streamable-http' } } },
    browser: { defaultProfile: 'beside', profiles: { beside: { cdpUrl: 'http://127.0.0.1:9222', attachOnly: true } } },
  },
});

/** An MCP server that alone has a token of Kubernetes, with which it may read pods. */
const program = new kplus.ConfigMap(chart, 'ClusterTools', { data: { 'cluster-tools.mjs': readFileSync(join(__dirname, 'cluster-tools.mjs'), 'utf8') } });
gateway.addSidecar('cluster-tools', {
  image: version.image, // which has Node
  command: ['node', '/srv/cluster-tools.mjs'],
  volumeMounts: [{ volume: kplus.Volume.fromConfigMap(chart, 'ClusterToolsVolume', program), path: '/srv', readOnly: true }],
  automountServiceAccountToken: true,
});
const role = new kplus.Role(chart, 'ReadPods');
role.allowRead(kplus.ApiResource.PODS);
role.bind(gateway.serviceAccount);

/** A browser for the plugin `browser`. */
gateway.addSidecar('browser', {
  image: CHROMIUM,
  command: ['chromium'],
  args: [
    '--headless=new', '--remote-debugging-port=9222', '--user-data-dir=/tmp/profile', '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', 'about:blank',
  ],
  envVariables: { HOME: '/tmp' },
  resources: { cpu: { request: '100m' }, memory: { request: '256Mi', limit: '1Gi' } },
});

/** What both reach outside of the pod: the API server at its own address, and the web. */
const { tcp } = kplus.NetworkPolicyPort;
gateway.networkPolicy?.addEgressRule(kplus.NetworkPolicyIpBlock.ipv4(chart, 'ApiServer', '192.0.2.10/32'), [tcp(6443)]);
gateway.networkPolicy?.addEgressRule(
  kplus.NetworkPolicyIpBlock.ipv4(chart, 'Web', '0.0.0.0/0', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']), [tcp(443)],
);

app.synth();
console.error(gateway.summary);
