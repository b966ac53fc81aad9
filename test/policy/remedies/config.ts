import * as kplus from 'cdk8s-plus-28';
import { besides, FACTS, Make, OLD, Props, RuleRemedies, secret } from './remedy';
import { GatewayAuth, OpenClawVersion, PluginPackage, Provider, SecretText } from '../../../src/index';

const { OPENAI } = Provider;
const TOKEN_REF = { source: 'file', provider: 'keys', id: '/BOT' };
const telegram = (botToken: unknown, props: Props = {}): Make => () => ({ plugins: ['telegram'], extraConfig: { channels: { telegram: { botToken } } }, ...props });
const withBot = telegram(TOKEN_REF, { secrets: { BOT: secret('telegram', 'token') } });
const extra = (extraConfig: unknown, props: Props = {}): Make => () => ({ extraConfig: extraConfig as any, ...props });
const none = extra({});
const mcp = (env: object, props: Props = {}) => extra({ mcp: { servers: { a: { command: 'x', env } } } }, props);
const HASH = `sha512-${'A'.repeat(86)}==`;
const installing = (...pluginPackages: PluginPackage[]): Props => ({ pluginPackages });
const removed = { 'remove it': none };

/** A setting that a prop renders: its place, and the prop as the message says it. */
const rendered = (extraConfig: object, prop: string, props: Make) => ({ wrong: extra(extraConfig), remedies: { [`remove it and change '${prop}'`]: props } });
const defaults = (settings: object) => ({ agents: { defaults: settings } });
const MINI = OPENAI.model('gpt-5.4-mini');

export const CONFIG: RuleRemedies = {
  'governed-path': [
    rendered(defaults({ model: 'openai/gpt-5.4' }), 'chain', none),
    rendered(defaults({ modelPolicy: { allow: ['*'] } }), 'allowlist', none),
    rendered(defaults({ utilityModel: 'openai/gpt-5.4-mini' }), 'modelSlots.utility', () => ({ modelSlots: { utility: MINI } })),
    rendered(defaults({ imageModel: { primary: 'openai/gpt-5.4-mini' } }), 'modelSlots.image', () => ({ modelSlots: { image: MINI } })),
    rendered(defaults({ pdfModel: 'openai/gpt-5.4-mini' }), 'modelSlots.pdf', () => ({ modelSlots: { pdf: MINI } })),
    rendered({ gateway: { auth: { mode: 'password' } } }, 'auth', () => ({ auth: GatewayAuth.token(secret()) })),
    rendered({ gateway: { trustedProxies: ['10.1.0.0/16'] } }, 'exposure', chart => ({
      exposure: { origins: ['https://a.example.com'], trustedProxies: ['10.1.0.0/16'], peers: [kplus.Pods.all(chart, 'Proxy')] },
    })),
    rendered({ gateway: { http: { endpoints: { chatCompletions: { enabled: true } } } } }, 'httpApi', () => ({ httpApi: true })),
    rendered({ plugins: { enabled: true } }, 'plugins', () => ({ plugins: ['telegram'] })),
    rendered({ auth: { profiles: { x: { provider: 'openai', mode: 'api_key' } } } }, 'providerSecrets', none),
    {
      wrong: extra({ models: { providers: { corp: {} } } }),
      remedies: {
        'remove it and use Provider.custom()': besides(Provider.custom('corp', { baseUrl: 'https://llm.example.com/v1', requiresKey: false }).model('x', FACTS)),
        'Provider.customize()': besides(OPENAI.customize({ baseUrl: 'https://llm.example.com/v1' }).model('gpt-5.4')),
      },
    },
    { wrong: extra({ env: { vars: { TZ: 'UTC' } } }), remedies: { "use 'envVariables' for plain values": () => ({ envVariables: { TZ: 'UTC' } }), "'secrets' for keys": withBot } },
    { wrong: extra({ $include: './x.json' }), remedies: { 'put the settings themselves into extraConfig': extra({ logging: { level: 'debug' } }) } },
    {
      wrong: extra({ gateway: { controlUi: { dangerouslyAllowHostHeaderOriginFallback: true } } }),
      remedies: { 'name its origin in exposure': chart => ({ exposure: { origins: ['https://a.example.com'], trustedProxies: ['10.1.0.0/16'], peers: [kplus.Pods.all(chart, 'Proxy')] } }) },
    },
    { wrong: extra({ gateway: { tls: { enabled: true } } }), remedies: { 'end TLS in front of the Service': none } },
    { wrong: extra({ gateway: { tailscale: { mode: 'serve' } } }), remedies: { 'put Tailscale in front of the Service': none } },
    ...[
      { gateway: { port: 80 } }, { gateway: { mode: 'remote' } }, { talk: {} }, { models: { mode: 'merge' } },
      { secrets: { providers: { keys: { path: '/x' } } } }, { agents: { entries: { coder: { model: 'a' } } } }, { memory: { search: { provider: 'openai' } } },
      { agents: { defaults: { params: { extra_body: { plugins: [] } } } } }, { agents: { defaults: { params: { extra_body: { tools: [] } } } } },
      { logging: { file: '/run/openclaw/keys.json' } },
    ].map(each => ({ wrong: extra(each), remedies: removed })),
    { wrong: extra({ models: 'all' }), remedies: { 'remove it': none, 'make it an object with the settings to add': none } },
  ],
  'config-malformed': [
    { wrong: extra('{}'), remedies: { 'it must be a plain object of OpenClaw settings': none } },
    { wrong: extra({ logging: { maxFileBytes: NaN } }), remedies: { 'it must be plain JSON': extra({ logging: { maxFileBytes: 1000 } }) } },
    {
      wrong: extra({ messages: { responsePrefix: '${TEAM}' } }),
      remedies: { "set it in 'envVariables'": extra({ messages: { responsePrefix: '${TEAM}' } }, { envVariables: { TEAM: 'a' } }) },
    },
  ],
  'config-unknown-key': [
    { wrong: extra({ logging: { lveel: 'debug' } }), remedies: { "did you mean 'level'": extra({ logging: { level: 'debug' } }) } },
    { wrong: extra({ agents: { list: [{ id: 'coder' }] } }), remedies: { "use 'agents.entries'": extra({ agents: { entries: { main: {}, coder: {} } } }) } },
    { wrong: extra({ commitments: { enabled: true } }), remedies: removed },
    { wrong: extra({ 'session.dmScope': 'main' }), remedies: { 'write it nested: { session: { dmScope: … } }': extra({ session: { dmScope: 'main' } }) } },
    { wrong: extra({ agents: { list: [{ workspace: '/x' }] } }, { version: OLD }), remedies: { 'OpenClaw 2026.7.1 needs a string there': extra({ agents: { list: [{ id: 'main', workspace: '/x' }] } }, { version: OLD }) } },
    { wrong: extra({ logging: { level: 5 } }), remedies: { "'silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'": extra({ logging: { level: 'trace' } }) } },
    { wrong: extra({ logging: { zzzzzz: 1 } }), remedies: { 'allowed here: audit, consoleLevel, consoleStyle, file, level': extra({ logging: { file: '/tmp/x.log' } }) } },
    {
      wrong: extra({ channels: { telegramm: {} } }),
      remedies: { "did you mean 'telegram'": withBot },
    },
    { wrong: extra({ channels: { zzzzzz: {} } }), remedies: removed },
    { wrong: extra({ gateway: { prot: 8080 } }), remedies: { "did you mean 'port'?": undefined, 'remove it': none } },
  ],
  'plugin-off': [
    { wrong: extra({ channels: { telegram: { enabled: true } } }), remedies: { "add 'telegram' to 'plugins'": extra({ channels: { telegram: { enabled: true } } }, { plugins: ['telegram'] }) } },
    {
      wrong: extra({ plugins: { entries: { browser: { config: {} } } } }),
      remedies: { "add 'browser' to 'plugins'": extra({ plugins: { entries: { browser: { config: {} } } } }, { plugins: ['browser'] }) },
    },
    {
      wrong: extra({ plugins: { load: { paths: ['/opt/mine'] } } }),
      remedies: { "name at least one bundled plugin in 'plugins'": extra({ plugins: { load: { paths: ['/opt/mine'] } } }, { plugins: ['telegram'] }) },
    },
    {
      wrong: extra({ plugins: { deny: ['telegram'] } }, { plugins: ['telegram', 'browser'] }),
      remedies: { 'remove it from one of them': extra({ plugins: { deny: ['telegram'] } }, { plugins: ['browser'] }) },
    },
  ],
  'plugin-unknown': [
    { wrong: () => ({ plugins: ['telegramm'] }), remedies: { "did you mean 'telegram'?": () => ({ plugins: ['telegram'] }), 'bundled are telegram, a2a, active-memory': () => ({ plugins: ['a2a', 'active-memory'] }) } },
    { wrong: () => ({ plugins: ['discord'] }), remedies: { "name it in 'pluginPackages', PluginPackage.official('discord')": () => installing(PluginPackage.official('discord')) } },
  ],
  'plugin-package-unfit': [
    { wrong: () => installing(PluginPackage.official('memory-lancedb')), remedies: { "remove it and name one in 'modelSlots.memoryEmbeddings'": () => ({ modelSlots: { memoryEmbeddings: OPENAI.model('text-embedding-3-small') } }) } },
    { wrong: () => installing(PluginPackage.official('telegram')), remedies: { "name it in 'plugins' instead": () => ({ plugins: ['telegram'] }) } },
    {
      wrong: () => installing(PluginPackage.official('slak')),
      remedies: {
        "did you mean 'slack'?": () => installing(PluginPackage.official('slack')),
        'use PluginPackage.npm(…) for others': () => installing(PluginPackage.npm('slak', { version: '1.0.0', integrity: HASH })),
      },
    },
    {
      wrong: () => ({ ...installing(PluginPackage.official('discord', { version: '2026.9.6' })), version: OLD }),
      remedies: {
        'leave the version out': () => ({ ...installing(PluginPackage.official('discord')), version: OLD }),
        'use such a version of OpenClaw': () => installing(PluginPackage.official('discord', { version: '2026.9.6' })),
      },
    },
    {
      wrong: () => ({ ...installing(PluginPackage.official('mistral')), version: OpenClawVersion.V2026_8_2 }),
      remedies: {
        'use this version of OpenClaw or a newer one': () => installing(PluginPackage.official('mistral')),
        'give version and integrity of one that fits': () => ({ ...installing(PluginPackage.official('mistral', { version: '2026.8.2', integrity: HASH })), version: OpenClawVersion.V2026_8_2 }),
      },
    },
    { wrong: () => installing(PluginPackage.npm('browser', { version: '1.0.0', integrity: HASH })), remedies: { 'give its own id': () => installing(PluginPackage.npm('browser', { version: '1.0.0', integrity: HASH, id: 'other' })) } },
    {
      wrong: () => installing(PluginPackage.npm('@openclaw/mistral-provider', { version: '2026.9.5', integrity: HASH })),
      remedies: { "use PluginPackage.official('mistral')": () => installing(PluginPackage.official('mistral')) },
    },
  ],
  'plugin-package-unpinned': [{
    wrong: () => installing(PluginPackage.official('diagnostics-prometheus')),
    remedies: { "write PluginPackage.official('diagnostics-prometheus', { version, integrity }) with what": () => installing(PluginPackage.official('diagnostics-prometheus', { version: '2026.9.6', integrity: HASH })) },
  }],
  'plugin-remembers': [{
    wrong: () => ({ plugins: ['memory-core'] }),
    remedies: { "remove it and name one in 'modelSlots.memoryEmbeddings'": () => ({ modelSlots: { memoryEmbeddings: OPENAI.model('text-embedding-3-small') } }) },
  }],
  'secret-in-config': [
    { wrong: telegram('123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'), remedies: { "use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '/TELEGRAM_BOT_TOKEN' }": withBot } },
    { wrong: telegram('${BOT}'), remedies: { "use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '/TELEGRAM_BOT_TOKEN' }": withBot } },
    { wrong: telegram({ source: 'env', provider: 'default', id: 'BOT' }), remedies: { "use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '/BOT' }": withBot } },
    { wrong: telegram(TOKEN_REF), remedies: { "add 'BOT' to 'secrets'": withBot } },
    { wrong: telegram({ source: 'exec', provider: 'vault', id: 'x' }, { secrets: { BOT: secret() } }), remedies: { "use provider 'keys'": withBot } },
    { wrong: telegram({ ...TOKEN_REF, source: 'exec' }, { secrets: { BOT: secret() } }), remedies: { "use source 'file'": withBot } },
    { wrong: mcp({ DB_PASSWORD: 'x' }), remedies: { "use 'secrets' and SecretText.of('ENV_DB_PASSWORD')": mcp({ DB_PASSWORD: SecretText.of('ENV_DB_PASSWORD') }, { secrets: { ENV_DB_PASSWORD: secret() } }) } },
    { wrong: mcp({ A: SecretText.of('A') }), remedies: { "add 'A' to 'secrets'": mcp({ A: SecretText.of('A') }, { secrets: { A: secret() } }) } },
    { wrong: mcp({ A: SecretText.of('ANTHROPIC_API_KEY') }), remedies: { "add a secret of another name to 'secrets'": mcp({ A: SecretText.of('A') }, { secrets: { A: secret() } }) } },
    { wrong: mcp({ A: { ...TOKEN_REF } }, { secrets: { BOT: secret() } }), remedies: { "use 'secrets' and SecretText.of('BOT')": mcp({ A: SecretText.of('BOT') }, { secrets: { BOT: secret() } }) } },
    { wrong: telegram(SecretText.of('BOT'), { secrets: { BOT: secret() } }), remedies: { "use a SecretRef { source: 'file', provider: 'keys', id: '/BOT' }": withBot } },
    {
      wrong: mcp({ A: { 'cdk8s-openclaw/secret-text': 'BOT' } }, { secrets: { BOT: secret() } }),
      remedies: { "use SecretText.of('<name>') or SecretText.of('<name>', 'Bearer {}')": mcp({ A: SecretText.of('BOT', 'Bearer {}') }, { secrets: { BOT: secret() } }) },
    },
  ],
  'secret-text-shown': [{
    wrong: mcp({ A: SecretText.of('A') }, { secrets: { A: secret() }, version: OpenClawVersion.V2026_8_2 }),
    remedies: { 'use 2026.9.1 or newer': mcp({ A: SecretText.of('A') }, { secrets: { A: secret() }, version: OpenClawVersion.of('2026.9.1') }) },
  }],
  'tool-secret-unknown': [
    { wrong: () => ({ toolSecrets: ['GITHUB'] }), remedies: { "add 'GITHUB' to 'secrets'": () => ({ toolSecrets: ['GITHUB'], secrets: { GITHUB: secret() } }) } },
    { wrong: () => ({ toolSecrets: ['ANTHROPIC_API_KEY'] }), remedies: { 'remove it': none } },
  ],
  'version-untested': [
    { wrong: () => ({ version: OpenClawVersion.of('2026.12.1') }), remedies: { 'update cdk8s-openclaw': undefined } },
  ],
};
