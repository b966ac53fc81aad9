import { problems, ref } from './fixture';

const secret = (text: string) => [`secret-in-config: extraConfig ${text}`];
const use = (name: string) => `use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '/${name}' }`;
const telegram = (botToken: unknown) => ({ channels: { telegram: { botToken } } });

test.each<[unknown, string[]]>([
  [telegram(ref('TELEGRAM_BOT_TOKEN')), []],
  [telegram(ref('ANTHROPIC_API_KEY')), secret("'channels.telegram.botToken' refers to '/ANTHROPIC_API_KEY', the key of a provider, which only calls of models may use; add a secret of another name to 'secrets'")],
  [telegram('123456:AAE'), secret(`'channels.telegram.botToken' is a secret in plain text; ${use('TELEGRAM_BOT_TOKEN')}`)],
  [telegram('${BOT}'), secret(`'channels.telegram.botToken' reads \${BOT} from the environment, where no key is; ${use('TELEGRAM_BOT_TOKEN')}`)],
  [telegram({ source: 'env', provider: 'default', id: 'BOT' }),
    secret(`'channels.telegram.botToken' reads BOT from the environment, where no key is; ${use('BOT')}`)],
  [telegram(ref('BOT')), secret("'channels.telegram.botToken' refers to '/BOT', which is not among 'secrets' "
    + "(defined: '/TELEGRAM_BOT_TOKEN'); add 'BOT' to 'secrets'")],
  [telegram({ source: 'exec', provider: 'vault', id: 'bot' }),
    secret("'channels.telegram.botToken' refers to the secret provider 'vault', which secrets.providers does not have; use provider 'keys'")],
  [telegram({ source: 'exec', provider: 'keys', id: '/TELEGRAM_BOT_TOKEN' }),
    secret("'channels.telegram.botToken' reads provider 'keys' with source 'exec'; it is a file, use source 'file'")],
  [{ skills: { entries: { search: { apiKey: 'abc' } } } }, secret(`'skills.entries.search.apiKey' is a secret in plain text; ${use('SEARCH_API_KEY')}`)],
  [{ messages: { responsePrefix: '${TEAM} says' } },
    ["config-malformed: extraConfig 'messages.responsePrefix' reads ${TEAM} from the environment; set it in 'envVariables'"]],
  [{ messages: { responsePrefix: '$${TEAM} says' } }, []],
  [{ logging: { file: '/run/openclaw/keys.json' } },
    ["governed-path: extraConfig 'logging.file' reaches into /run/openclaw, where the gateway's own keys are; remove it"]],
  [{ mcp: { servers: { a: { command: 'x', env: { DB_PASSWORD: '${DB}' } } } } },
    secret("'mcp.servers.a.env.DB_PASSWORD' reads ${DB} from the environment, where no key is; use 'secrets' and SecretText.of('ENV_DB_PASSWORD'), "
      + 'since OpenClaw 2026.9.6 takes no SecretRef there')],
  [{ channels: { telegram: { tokenFile: '/run/token' } }, session: { mainKey: 'main' }, gateway: { nodes: { allowSkills: true } } }, []],
])('%j', (extra, expected) => {
  expect(problems(extra)).toEqual(expected);
});

// put together here, so that no scanner takes them for real keys
test.each([
  ['sk-', 'proj-abcdefghijklmnop'], ['sk-ant', '-api03-abcdefghijklmnop'], ['AIza', 'SyA1234567890123456789012345678901'], ['xoxb', '-1234567890-abcdef'],
  ['ghp', '_abcdefghijklmnopqrstuvwxyz0123456789'], ['gsk', '_abcdefghijklmnopqrstuvwxyz'], ['123456789', ':AAEabcdefghijklmnopqrstuvwxyz0123456'],
  ['AKIA', 'ABCDEFGHIJKLMNOP'], ['-----BEGIN ', 'PRIVATE KEY-----'], ['Bearer ', 'abcdefghijkl'],
])('%s… is a secret under any key', (head, tail) => {
  expect(problems({ agents: { defaults: { workspace: head + tail } } })).toEqual(
    secret("'agents.defaults.workspace' is a secret in plain text; use 'secrets' and SecretText.of('DEFAULTS_WORKSPACE'), since OpenClaw 2026.9.6 takes no SecretRef there"));
});

test('no message repeats a secret', () => {
  const value = 'hunter2-hunter2';
  const channels = { telegram: { botToken: value, unknownKey: { password: value } } };
  const extra = { talk: { apiKey: value }, channels, gateway: { auth: { token: value } } };
  expect(problems(extra)).toHaveLength(5);
  expect(problems(extra).join()).not.toContain(value);
});

test.each<[object, string, string]>([
  [{ env: { PGPASSWORD: 'x' } }, 'env.PGPASSWORD', 'ENV_PGPASSWORD'],
  [{ env: { GITHUB_PAT: 'x' } }, 'env.GITHUB_PAT', 'ENV_GITHUB_PAT'],
  [{ env: { APIKEY: 'x' } }, 'env.APIKEY', 'ENV_APIKEY'],
  [{ env: { DATABASE_URL: 'postgres://u:hunter2@db/x' } }, 'env.DATABASE_URL', 'ENV_DATABASE_URL'],
  [{ headers: { Authorization: 'x' } }, 'headers.Authorization', 'HEADERS_AUTHORIZATION'],
  [{ headers: { 'X-API-KEY': 'x' } }, 'headers.X-API-KEY', 'HEADERS_X_API_KEY'],
  [{ headers: { 'Ocp-Apim-Subscription-Key': 'x' } }, 'headers.Ocp-Apim-Subscription-Key', 'HEADERS_OCP_APIM_SUBSCRIPTION_KEY'],
  [{ url: 'https://m.example.com/?token=abc' }, 'url', 'A_URL'],
  [{ args: ['--token=abc'] }, 'args[0]', 'A_ARGS'],
])('an MCP server with %j is refused', (server, where, name) => {
  expect(problems({ mcp: { servers: { a: { command: 'x', ...server } } } })).toEqual(
    secret(`'mcp.servers.a.${where}' is a secret in plain text; use 'secrets' and SecretText.of('${name}'), since OpenClaw 2026.9.6 takes no SecretRef there`));
});
