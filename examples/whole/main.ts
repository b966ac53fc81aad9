import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FallbackChain, GatewayAuth, GatewayState, OpenClawDeployment, OpenClawVersion, Provider, ProviderKeys, SecretSource, SecretText, Workspace,
} from 'cdk8s-openclaw';

const HOST = 'assistant.example.com';
const version = OpenClawVersion.V2026_9_6;
const here = (...names: string[]) => join(__dirname, ...names);

const app = new App();
const chart = new Chart(app, 'openclaw-whole', { namespace: 'openclaw-whole' });

/** Two agents, each with its own models. An agent cannot call the models of the other one. */
const everyday = new FallbackChain(chart, 'Everyday', {
  primary: Provider.OPENAI.model('gpt-5.4-mini'),
  fallbacks: [Provider.GOOGLE.model('gemini-2.5-flash')],
});
const coding = new FallbackChain(chart, 'Coding', {
  primary: Provider.ANTHROPIC.model('claude-sonnet-5'),
  fallbacks: [Provider.OPENAI.model('gpt-5.4')],
});

/** The proxy of the cluster: its pods may reach the gateway. */
const proxy = kplus.Pods.select(chart, 'Proxy', {
  namespaces: kplus.Namespaces.select(chart, 'Edge', { names: ['edge'] }),
  labels: { 'gateway.networking.k8s.io/gateway-name': 'public' },
});

const gateway = new OpenClawDeployment(chart, 'Gateway', {
  version,
  chain: everyday,
  agents: {
    coder: {
      chain: coding,
      modelSlots: { heartbeat: { every: Duration.hours(4), model: Provider.OPENAI.model('gpt-5.4') } },
      bindings: [{ channel: 'telegram', accountId: 'coder' }],
    },
  },
  providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'), // ANTHROPIC_API_KEY, GEMINI_API_KEY and OPENAI_API_KEY
  auth: GatewayAuth.token(SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')),

  // the home folder of an earlier installation, with its sessions and workspaces
  state: GatewayState.existing(kplus.PersistentVolumeClaim.fromClaimName(chart, 'Home', 'openclaw-home'), { path: '.openclaw' }),
  workspace: Workspace.combine(
    Workspace.fromFolder(here('workspace', 'main')),
    Workspace.fromFolder(here('workspace', 'coder'), { agent: 'coder' }),
    Workspace.fromFolder(here('skills', 'share'), { path: 'skills/share', overwrite: true }),
  ),

  exposure: { origins: [`https://${HOST}`], trustedProxies: ['10.244.0.0/16'], peers: [proxy] },
  plugins: ['telegram'],
  secrets: {
    TELEGRAM_MAIN: SecretSource.fromSecretName('telegram', 'main'),
    TELEGRAM_CODER: SecretSource.fromSecretName('telegram', 'coder'),
    HOOKS: SecretSource.fromSecretName('hooks', 'token'),
  },
  extraConfig: {
    channels: {
      telegram: {
        defaultAccount: 'main',
        dmPolicy: 'allowlist',
        allowFrom: ['10000001'], // who may write to the bots, by their ids in Telegram
        accounts: {
          main: { botToken: { source: 'file', provider: 'keys', id: '/TELEGRAM_MAIN' } },
          coder: { botToken: { source: 'file', provider: 'keys', id: '/TELEGRAM_CODER' } },
        },
      },
    },
    // POST https://assistant.example.com/hooks/issues, from the company's tracker
    hooks: {
      enabled: true,
      token: SecretText.of('HOOKS'), // OpenClaw takes no SecretRef here
      mappings: [{
        match: { path: 'issues' },
        action: 'agent',
        agentId: 'coder',
        name: 'Issues',
        messageTemplate: 'A new issue: {{title}}\n\n{{body}}',
        deliver: false,
      }],
    },
    mcp: { servers: { links: { url: 'http://127.0.0.1:8700/', transport: 'streamable-http' } } },
  },
});

/** An MCP server that signs links. It alone mounts the key, so agents have links made but never see the key. */
const program = new kplus.ConfigMap(chart, 'Links', { data: { 'links.mjs': readFileSync(here('links.mjs'), 'utf8') } });
const key = kplus.Secret.fromSecretName(chart, 'LinkKey', 'link-key');
const keyVolume = kplus.Volume.fromSecret(chart, 'LinkKeyVolume', key, { items: { key: { path: 'key' } } });
gateway.addSidecar('links', {
  image: version.image, // which has Node
  command: ['node', '/srv/links.mjs'],
  envVariables: { BASE_URL: 'https://files.example.com' },
  volumeMounts: [
    { volume: kplus.Volume.fromConfigMap(chart, 'LinksVolume', program), path: '/srv', readOnly: true },
    { volume: keyVolume, path: '/etc/links', readOnly: true },
  ],
});

/** The route of the Gateway API; for its types, run `cdk8s import`. */
new ApiObject(chart, 'Route', {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  spec: {
    hostnames: [HOST],
    parentRefs: [{ name: 'public', namespace: 'edge' }],
    rules: [{ backendRefs: [{ name: gateway.service.name, port: gateway.service.port }] }],
  },
});

app.synth();
console.error(gateway.summary);
