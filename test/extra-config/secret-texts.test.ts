import { inputOf, problems, ref } from './fixture';
import { checkExtraConfig } from '../../src/extra-config/check-extra-config';
import { SecretText } from '../../src/index';

const NAME = 'TELEGRAM_BOT_TOKEN';
const server = (settings: object) => ({ mcp: { servers: { a: { url: 'https://mcp.example.com', ...settings } } } });
const secret = (text: string) => [`secret-in-config: extraConfig ${text}`];

test.each<[string, object, string[]]>([
  ['where a text is taken', { hooks: { enabled: true, token: SecretText.of(NAME) } }, []],
  ['in a header, with words around it, and in a second one', server({ headers: { A: SecretText.of(NAME, 'Bearer {}'), B: SecretText.of(NAME) } }), []],
  ['as a whole URL', { proxy: { proxyUrl: SecretText.of(NAME) } }, []],
  ['as the password of a URL', { proxy: { proxyUrl: SecretText.of(NAME, 'http://us:{}@proxy.example.com:3128') } }, []],
  ['in a text of another form than the setting has', { proxy: { proxyUrl: SecretText.of(NAME, 'socks5://us:{}@proxy.example.com') } },
    ["config-refused: extraConfig 'proxy.proxyUrl' is a string of 78 characters; OpenClaw takes an http or https URL"]],
  ['for a number', { logging: { maxFileBytes: SecretText.of(NAME) } },
    ["config-unknown-key: extraConfig 'logging.maxFileBytes' is a string of 48 characters; OpenClaw 2026.9.6 takes an integer"]],
  ['for a setting that there is not', { hooks: { tokenn: SecretText.of(NAME) } }, ["config-unknown-key: extraConfig 'hooks.tokenn' is not a setting of OpenClaw 2026.9.6; did you mean 'token'"]],
  ['of an unknown name', { hooks: { token: SecretText.of('HOOKS') } }, secret("'hooks.token' names 'HOOKS', which is not among 'secrets' (defined: 'TELEGRAM_BOT_TOKEN'); add 'HOOKS' to 'secrets'")],
  ["of a provider's key", { hooks: { token: SecretText.of('ANTHROPIC_API_KEY') } },
    secret("'hooks.token' names 'ANTHROPIC_API_KEY', the key of a provider, which only calls of models may use; add a secret of another name to 'secrets'")],
  ['where a SecretRef is taken', { channels: { telegram: { botToken: SecretText.of(NAME) } } },
    secret("'channels.telegram.botToken' is a SecretText, and OpenClaw 2026.9.6 takes a SecretRef there; use a SecretRef { source: 'file', provider: 'keys', id: '/TELEGRAM_BOT_TOKEN' }")],
  ['in its place, a SecretRef', { hooks: { token: ref(NAME) } },
    secret("'hooks.token' is a SecretRef, and OpenClaw 2026.9.6 takes plain text only there; use 'secrets' and SecretText.of('TELEGRAM_BOT_TOKEN')")],
  ['malformed', { hooks: { token: { 'cdk8s-openclaw/secret-text': NAME, 'template': 'none' } } },
    secret("'hooks.token' is not a SecretText; use SecretText.of('<name>') or SecretText.of('<name>', 'Bearer {}')")],
])('a SecretText %s', (_, extra, expected) => {
  expect(problems(extra)).toEqual(expected);
});

test('a file of a secret for tools may be named', () => {
  expect(problems(server({ args: ['--token-file', `/run/openclaw/tools/${NAME}`] }))).toEqual([]);
  expect(checkExtraConfig(inputOf(server({ args: ['/run/openclaw/tools/../keys.json'] })))).toHaveLength(1);
});

test('a template without a place, or with a variable, is refused', () => {
  expect(() => SecretText.of('A', 'Bearer')).toThrow("SecretText.of(): template must be a text with {} where the value stands, such as 'Bearer {}', and without `${`, got the string 'Bearer'");
  expect(() => SecretText.of('A B', '${HOME}{}')).toThrow('SecretText.of() has 2 problems');
});
