import { problems, ref } from './fixture';

const malformed = (text: string) => [`config-malformed: extraConfig ${text}`];
const unknown = (...texts: string[]) => texts.map(text => `config-unknown-key: extraConfig ${text}`);
const pluginOff = (text: string) => [`plugin-off: extraConfig ${text}`];
const cycle: Record<string, unknown> = {};
cycle.self = { cycle };

describe('what may be added', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['an empty object', {}],
    ['a channel whose plugin is on', { channels: { telegram: { botToken: ref('TELEGRAM_BOT_TOKEN'), dmPolicy: 'allowlist', allowFrom: ['12345'] } } }],
    ['a channel that is switched off', { channels: { discord: { enabled: false } } }],
    ['an agent', { agents: { ownership: 'explicit', entries: { main: {}, coder: { workspace: '/home/node/.openclaw/coder' } } } }],
    ['an agent and a server called as if they were models', { agents: { entries: { model: {} } }, mcp: { servers: { models: { command: 'serve' } } } }],
    ['settings beside rendered ones', { gateway: { controlUi: { basePath: '/assistant' }, auth: { rateLimit: { maxAttempts: 5 } } } }],
    ['more denied tools', { tools: { deny: ['browser'] } }],
    ['skills, logging, a session setting', { skills: { load: { extraDirs: ['/opt/skills'] } }, logging: { level: 'debug' }, session: { dmScope: 'main' } }],
    ['another secret provider', {
      secrets: { providers: { vault: { source: 'exec', command: '/opt/vault' } } },
      channels: { telegram: { botToken: { source: 'exec', provider: 'vault', id: 'telegram' } } },
    }],
  ])('%s', (_, extra) => {
    expect(problems(extra)).toEqual([]);
  });
});

describe('what is no configuration', () => {
  test.each<[unknown, string[]]>([
    [null, malformed('is null; it must be a plain object of OpenClaw settings')],
    [[], malformed('is an array; it must be a plain object of OpenClaw settings')],
    ['{}', malformed('is a string; it must be a plain object of OpenClaw settings')],
    [7, malformed('is a number; it must be a plain object of OpenClaw settings')],
    [() => 1, malformed('is a function; it must be a plain object of OpenClaw settings')],
    [new Map(), malformed('is an instance of Map; it must be a plain object of OpenClaw settings')],
    [{ ui: new Date(0) }, malformed("'ui' is a date; it must be plain JSON")],
    [{ logging: { maxFileBytes: NaN } }, malformed("'logging.maxFileBytes' is NaN; it must be plain JSON")],
    [{ logging: { maxFileBytes: Infinity } }, malformed("'logging.maxFileBytes' is Infinity; it must be plain JSON")],
    [{ logging: { maxFileBytes: BigInt(1) } }, malformed("'logging.maxFileBytes' is a bigint; it must be plain JSON")],
    [{ skills: { load: { extraDirs: ['/a', () => '/b'] } } }, malformed("'skills.load.extraDirs[1]' is a function; it must be plain JSON")],
    [{ mcp: { servers: { a: { command: 'x', env: cycle } } } },
      malformed("'mcp.servers.a.env.self.cycle' refers to an object that contains it; it must be plain JSON")],
  ])('%p', (extra, expected) => {
    expect(problems(extra).filter(problem => !problem.includes('OpenClaw 2026.9.6 takes'))).toEqual(expected);
  });

  test('an object of another realm is plain', () => {
    const foreign = Object.assign(Object.create(Object.create(null) as object) as object, { logging: { level: 'info' } });
    expect(problems(foreign)).toEqual([]);
  });
});

describe('what the version does not know', () => {
  test.each<[string, unknown, string[]]>([
    ['2026.9.6', { agents: { defaults: { heartbeet: {} } } },
      unknown("'agents.defaults.heartbeet' is not a setting of OpenClaw 2026.9.6; did you mean 'heartbeat'")],
    ['2026.9.6', { logging: { zzzzzz: 1 } }, unknown("'logging.zzzzzz' is not a setting of OpenClaw 2026.9.6; allowed here: "
      + 'audit, consoleLevel, consoleStyle, file, level, maxFileBytes, … (7 keys)')],
    ['2026.6.11', { telemetry: { enabled: false } }, unknown("'telemetry' is not a setting of OpenClaw 2026.6.11 (2026.8.1 has it); remove it")],
    ['2026.9.6', { commitments: { enabled: true } }, unknown("'commitments' is not a setting of OpenClaw 2026.9.6 (2026.7.35 had it); remove it")],
    ['2026.9.6', { agents: { list: [{ id: 'coder' }] } },
      unknown("'agents.list' is not a setting of OpenClaw 2026.9.6 (2026.7.35 had it); use 'agents.entries'")],
    ['2026.6.11', { agents: { entries: { coder: {} } } },
      unknown("'agents.entries' is not a setting of OpenClaw 2026.6.11 (2026.8.1 has it); use 'agents.list'")],
    ['2026.6.11', { agents: { list: [{ workspace: '/x' }] } }, unknown("'agents.list[0].id' is missing; OpenClaw 2026.6.11 needs a string there")],
    ['2026.9.6', { routing: { allowFrom: [] } }, unknown("'routing' is not a setting of OpenClaw 2026.9.6; use 'channels'")],
    ['2026.9.6', { agents: { defaults: { sandbox: true } } }, unknown("'agents.defaults.sandbox' is true; OpenClaw 2026.9.6 takes an object")],
    ['2026.9.6', { logging: { consoleStyle: 'compact' } }, unknown("'logging.consoleStyle' is the string 'compact'; OpenClaw 2026.9.6 takes 'pretty', 'json'")],
    ['2026.9.6', { 'session.dmScope': 'main' }, unknown('\'["session.dmScope"]\' is one key with dots, not a path; write it nested: { session: { dmScope: … } }')],
    ['2026.9.6', JSON.parse('{ "__proto__": { "a": 1 } }'),
      unknown("'__proto__' is not a setting of OpenClaw 2026.9.6; allowed here: $schema, accessGroups, acp, agents, approvals, attachments, … (44 keys)")],
  ])('%s: %j', (release, extra, expected) => {
    expect(problems(extra, { release, rendered: {} })).toEqual(expected);
  });
});

const notBundled = (npm: string, plugin = npm.replace('@openclaw/', '').replace(/-(plugin|sandbox)$/, '')) => `OpenClaw 2026.9.6 does not bundle (npm has it as ${npm}); remove it,`
  + ` or add PluginPackage.official('${plugin}') to 'pluginPackages'`;

describe('what no plugin would read', () => {
  test.each<[unknown, string[]]>([
    [{ channels: { discord: { enabled: true } } }, unknown(`'channels.discord' is for plugin 'discord', which ${notBundled('@openclaw/discord')}`)],
    [{ channels: { a2a: {} } }, pluginOff("'channels.a2a' is for plugin 'a2a', which is off; add 'a2a' to 'plugins'")],
    [{ browser: { headless: true } }, pluginOff("'browser' is for plugin 'browser', which is off; add 'browser' to 'plugins'")],
    [{ browser: { enabled: false } }, []],
    [{ tools: { codeMode: { executor: 'quickjs' } } },
      pluginOff("'tools.codeMode.executor' is for plugin 'code-mode-quickjs', which is off; add 'code-mode-quickjs' to 'plugins'")],
    [{ tools: { codeMode: { executor: 'node' } } }, []],
    [{ diagnostics: { otel: { enabled: true } } }, unknown(`'diagnostics.otel' is for plugin 'diagnostics-otel', which ${notBundled('@openclaw/diagnostics-otel')}`)],
    [{ diagnostics: { otel: { enabled: false } } }, []],
    [{ tools: { web: { fetch: { provider: 'firecrawl' } } } },
      unknown(`'tools.web.fetch.provider' is for plugin 'firecrawl', which ${notBundled('@openclaw/firecrawl-plugin')}`)],
    [{ agents: { entries: { coder: { sandbox: { backend: 'openshell' } } } } },
      unknown(`'agents.entries.coder.sandbox.backend' is for plugin 'openshell', which ${notBundled('@openclaw/openshell-sandbox')}`)],
    [{ plugins: { slots: { contextEngine: 'legacy' } } }, []],
    [{ plugins: { slots: { contextEngine: 'lossless' } } }, unknown("'plugins.slots.contextEngine' configures plugin 'lossless', which OpenClaw 2026.9.6 does not bundle;"
      + " remove it, or name the folder of a plugin of your own in 'plugins.load.paths'")],
    [{ plugins: { allow: ['diagnostics-prometheus', 'browserr'] } }, unknown(
      `'plugins.allow[0]' configures plugin 'diagnostics-prometheus', which ${notBundled('@openclaw/diagnostics-prometheus')}`,
      "'plugins.allow[1]' configures plugin 'browserr', which OpenClaw 2026.9.6 does not bundle; did you mean 'browser'")],
    [{ plugins: { deny: ['browser', 'nosuch', 'telegram'] } }, [
      ...unknown("'plugins.deny[1]' switches 'nosuch' off, which OpenClaw 2026.9.6 does not bundle; remove it"),
      ...pluginOff("'plugins.deny[2]' switches 'telegram' off, which 'plugins' switches on; remove it from one of them"),
    ]],
    [{ channels: { telegramm: {} } }, unknown("'channels.telegramm' configures a channel that no plugin bundled with OpenClaw 2026.9.6 serves; did you mean 'telegram'")],
    [{ channels: { zzzzzz: {} } }, unknown("'channels.zzzzzz' configures a channel that no plugin bundled with OpenClaw 2026.9.6 serves; remove it")],
    [{ plugins: { entries: { browser: { enabled: true } } } }, pluginOff("'plugins.entries.browser' configures plugin 'browser', which is off; add 'browser' to 'plugins'")],
    [{ plugins: { entries: { browser: { enabled: false } } } }, []],
    [{ plugins: { load: { paths: ['/opt/mine'] }, allow: ['mine'], entries: { mine: { enabled: true } } }, channels: { mine: {} } }, []],
  ])('%j', (extra, expected) => {
    expect(problems(extra)).toEqual(expected);
  });

  test('all plugins are off', () => {
    expect(problems({ plugins: { load: { paths: ['/opt/mine'] } } }, { plugins: [], rendered: { plugins: { enabled: false } } }))
      .toEqual(pluginOff("'plugins.load' adds plugins while all plugins are off; name at least one bundled plugin in 'plugins'"));
  });
});

test('every problem is reported at once, ordered by path whatever the order of the keys', () => {
  const extra = { logging: { level: 5 }, channels: { discord: { token: 'abc' } }, agents: { defaults: { model: 'openai/gpt-5.4' } } };
  const expected = [
    "governed-path: extraConfig 'agents.defaults.model' is rendered from 'chain'; remove it and change 'chain'",
    `config-unknown-key: extraConfig 'channels.discord' is for plugin 'discord', which ${notBundled('@openclaw/discord')}`,
    "secret-in-config: extraConfig 'channels.discord.token' is a secret in plain text; use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '/DISCORD_TOKEN' }",
    "config-unknown-key: extraConfig 'logging.level' is 5; OpenClaw 2026.9.6 takes 'silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'",
  ];
  expect(problems(extra)).toEqual(expected);
  expect(problems(Object.fromEntries(Object.entries(extra).reverse()))).toEqual(expected);
});

test.each<[object, string]>([
  [{ gateway: { prot: 8080 } }, "'gateway.prot' is not a setting of OpenClaw 2026.9.6; did you mean 'port'? It is fixed: the Service and the probes need it; remove it"],
  [{ logging: { lveel: 'debug' } }, "'logging.lveel' is not a setting of OpenClaw 2026.9.6; did you mean 'level'"],
])('swapped letters: %j', (extra, expected) => {
  expect(problems(extra)).toEqual([`config-unknown-key: extraConfig ${expected}`]);
});
