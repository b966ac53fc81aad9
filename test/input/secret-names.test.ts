import * as kplus from 'cdk8s-plus-28';
import { Provider } from '../../src';
import { isSecret, isSecretName } from '../../src/input/looks-secret';
import { keyInEnvironment } from '../../src/policy/rules/environment';
import { Settings } from '../../src/settings/settings';
import { problems } from '../extra-config/fixture';

const SECRET = [
  'ANTHROPIC_API_KEY', 'OPENAI_API_KEYS', 'GROQ_API_KEY_2', 'ANTHROPIC_API_KEY_PROD', 'ANTHROPIC_OAUTH_TOKEN', 'OPENCLAW_GATEWAY_TOKEN', 'DISCORD_TOKEN_MAIN',
  'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'PGPASSWORD', 'DB_PASS', 'GITHUB_PAT', 'SENTRY_DSN', 'JWT_SECRET_OLD', 'TLS_KEY', 'SESSION_KEY', 'CREDENTIALS',
  'Authorization', 'Proxy-Authorization', 'cf-aig-authorization', 'X-API-KEY', 'x-portkey-api-key', 'Ocp-Apim-Subscription-Key', 'CF-Access-Client-Secret',
  'helicone-auth', 'x-honeycomb-team', 'Cookie', 'x-auth-token', 'apiKey', 'botToken', 'clientSecret', 'private_key', 'client_key', 'signingSecret', 'authtoken',
];
const PLAIN = [
  'x-portkey-provider', 'x-portkey-config', 'x-keyword', 'x-monkey', 'idempotency-key', 'CF-Access-Client-Id', 'X-Auth-Request-User', 'x-tokens-used', 'X-Team',
  'MAX_TOKENS', 'TOKENIZERS_PARALLELISM', 'TOKEN_URL', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'SSL_KEY_FILE', 'VAPID_PUBLIC_KEY',
  'x-routing-key', 'SHARD_KEY', 'x-token-count', 'x-cache-key', 'x-key-version', 'x-keyspace', 'CREDENTIALS_DIRECTORY', 'PASSWORD_LOGIN_ENABLED', 'AUTH_TYPE',
  'SECRETS_MANAGER_REGION', 'KEYCLOAK_URL', 'AUTHOR', 'GIT_CONFIG_KEY_0', 'SSH_AUTH_SOCK', 'COOKIE_DOMAIN', 'apiKeyEnv', 'tokenFile', 'keyPrefix', 'passEnv',
];

/** Whether a door takes a text under a name. */
const DOORS: { readonly [door: string]: (name: string, text: string) => boolean } = {
  'a variable': (name, text) => keyInEnvironment.check({ envVariables: { [name]: kplus.EnvValue.fromValue(text) } } as unknown as Settings).length === 0,
  'a header of a provider': (name, text) => {
    try {
      Provider.OPENAI.customize({ headers: { [name]: text } });
      return true;
    } catch (error) {
      expect((error as Error).message).toContain('would show a secret');
      return false;
    }
  },
  'a variable of an MCP server': (name, text) => problems({ mcp: { servers: { a: { command: 'x', env: { [name]: text } } } } }).length === 0,
  'a header of an MCP server': (name, text) => problems({ mcp: { servers: { a: { url: 'https://a.example', headers: { [name]: text } } } } }).length === 0,
};

describe.each(Object.entries(DOORS))('%s', (_, takes) => {
  test.each(SECRET)('%s is a secret', name => expect(takes(name, '@some-text')).toBe(false));
  test.each(PLAIN)('%s is none', name => expect(takes(name, '@some-text')).toBe(true));

  test.each([
    ['GOOGLE_APPLICATION_CREDENTIALS', '/vertex/key.json', true],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/key.json', true],
    ['GOOGLE_APPLICATION_CREDENTIALS', '{"type":"service_account"}', false],
    ['GOOGLE_CREDENTIALS', 'file:///var/run/gcp.json', true],
    ['VAULT_TOKEN', '/vault/secrets/token', true],
    ['DB_PASSWORD', '~/.secrets/db', true],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'tenant=a,authorization=Basic@abc', false],
    ['CONNECTION', 'Server=db;User=a;Password=hunter2', false],
    ['OTEL_RESOURCE_ATTRIBUTES', 'service.name=a,key=b,token_type=bearer', true],
    ['TLS_KEY', '/etc/tls/tls.key', true],
    ['TLS_KEY', 'c2VjcmV0', false],
    ['access-control-allow-credentials', 'true', true],
    ['X-Team', 'Bearer abcdefghijkl', false],
  ])('%s with %s', (name, text, expected) => expect(takes(name, text)).toBe(expected));
});

test.each(['x-api-key', 'max-tokens', 'token-url', 'client-secret'])('%s answers as its spellings do', name => {
  const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  for (const spelling of [camel, name.toUpperCase(), name.replaceAll('-', '_'), name.toUpperCase().replaceAll('-', '_')]) {
    expect([spelling, isSecretName(spelling)]).toEqual([spelling, isSecretName(name)]);
  }
});

test('the key of a provider is a key in the environment even where its text is a path', () => {
  expect(isSecret('ANTHROPIC_API_KEY', '/etc/keys/anthropic')).toBe(false);
  expect(DOORS['a variable']('ANTHROPIC_API_KEY', '/etc/keys/anthropic')).toBe(false);
});

test('settings of OpenClaw that name a conversation or take some words only are no secrets', () => {
  expect(problems({ session: { mainKey: 'main' }, mcp: { servers: { a: { url: 'https://a.example', auth: 'oauth' } } } })).toEqual([]);
});
