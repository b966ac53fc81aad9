import { Make, OLD, Props, RuleRemedies, secret } from './remedy';
import { PluginPackage, SecretText } from '../../../src/index';

const extra = (extraConfig: object, props: Props = {}): Make => () => ({ extraConfig, ...props });
const none = extra({});

/** Settings that OpenClaw refuses together, and in the words of the message what else to write. */
const refused = (wrong: object, remedies: { readonly [words: string]: object | undefined }, props: Props = {}) => ({
  wrong: extra(wrong, props),
  remedies: Object.fromEntries(Object.entries(remedies).map(([words, right]) => [words, right && extra(right, props)])),
});
const agents = (entries: object, settings: object = {}) => ({ agents: { entries, ...settings } });
const defaults = (settings: object) => ({ agents: { defaults: settings } });
const server = (settings: object) => ({ mcp: { servers: { a: settings } } });
const browser = (settings: object) => ({ browser: { profiles: { a: settings } } });
const STDIO = { transport: 'stdio', command: 'serve' };
const PERSONAL = { url: 'https://mcp.example.com', auth: 'oauth', oauth: { identity: 'per-requester' } };

const HOOKS = { hooks: { enabled: true, token: SecretText.of('HOOKS_TOKEN') } };
const WITH_TOKEN = { secrets: { HOOKS_TOKEN: secret() } };

export const RELATIONS: RuleRemedies = {
  'config-refused': [
    refused({ tools: { allow: ['read'], alsoAllow: ['write'] } }, { "move its tools into 'allow'": { tools: { allow: ['read', 'write'] } }, "remove 'allow'": { tools: { alsoAllow: ['write'] } } }),
    refused({ tools: { exec: { mode: 'deny', ask: 'always' } } }, { 'remove it': { tools: { exec: { ask: 'always' } } }, 'remove both of them': { tools: { exec: { mode: 'deny' } } } }),
    refused(agents({ a: { default: true }, b: { default: true } }), { 'remove it from one of them': agents({ a: { default: true }, b: {} }) }),
    refused(agents({ a: { default: true } }, { ownership: 'explicit' }), { 'remove it': agents({ a: {} }, { ownership: 'explicit' }) }),
    refused({ agents: { ownership: 'explicit' } }, { "name one in 'agents.entries'": agents({ main: {} }, { ownership: 'explicit' }) }),
    refused({ bindings: [{ agentId: 'mian', match: { channel: 'telegram' } }] }, { "did you mean 'main'": { bindings: [{ agentId: 'main', match: { channel: 'telegram' } }] } }, { plugins: ['telegram'] }),
    refused(defaults({ heartbeat: { activeHours: { start: '25:00' } } }), { "OpenClaw takes a time such as '08:00'": defaults({ heartbeat: { activeHours: { start: '08:00' } } }) }),
    refused({ worktreeRoot: 'trees' }, { "an absolute path, or one that starts with '~/'": { worktreeRoot: '~/trees' } }),
    refused(defaults({ heartbeat: { target: 'telegramm' } }), { "did you mean 'telegram'": defaults({ heartbeat: { target: 'telegram' } }) }, { plugins: ['telegram'] }),
    refused(defaults({ sandbox: { docker: { network: 'host' } } }), { "use 'bridge', 'none' or the name of a network": defaults({ sandbox: { docker: { network: 'bridge' } } }) }),
    refused({ gateway: { channelStaleEventThresholdMinutes: 2, channelHealthCheckMinutes: 10 } }, { 'raise it': { gateway: { channelStaleEventThresholdMinutes: 10, channelHealthCheckMinutes: 10 } } }, { version: OLD }),
    refused({ gateway: { portals: { ingress: { port: 18789, domain: 'p.example.com' } } } }, { 'use another': { gateway: { portals: { ingress: { port: 18790, domain: 'p.example.com' } } } } }),
    refused(server({ transport: 'stdio' }), { 'set it': server(STDIO) }),
    refused(server({ ...STDIO, connectTimeout: 5 }), { "use 'connectionTimeoutMs'": server({ ...STDIO, connectionTimeoutMs: 5000 }) }),
    refused(server({ ...STDIO, disabled: true }), { "write 'enabled' with the opposite value": server({ ...STDIO, enabled: false }) }),
    refused(server({ ...PERSONAL, auth: undefined }), { 'set both': server(PERSONAL) }),
    refused(server({ ...PERSONAL, command: 'serve' }), { 'remove it': server(PERSONAL) }),
    refused(browser({ driver: 'extension', cdpUrl: 'http://localhost:9222' }), { 'remove it': browser({ driver: 'extension' }) }, { plugins: ['browser'] }),
    refused(browser({ cdpPort: 9222, userDataDir: '/x' }), { 'set that driver': browser({ driver: 'existing-session', userDataDir: '/x' }), 'remove it': browser({ cdpPort: 9222 }) }, { plugins: ['browser'] }),
    refused({ hooks: { enabled: true } }, { "set it to SecretText.of('HOOKS_TOKEN'), with that name in 'secrets'": HOOKS }, WITH_TOKEN),
    refused({ hooks: { mappings: [{ sessionMode: 'persistent' }] } }, {
      "set its 'sessionKey'": { hooks: { mappings: [{ sessionMode: 'persistent', sessionKey: 'hook:x' }] } },
      "'defaultSessionKey' of hooks": { hooks: { mappings: [{ sessionMode: 'persistent' }], defaultSessionKey: 'hook:x' } },
    }),
    refused({ hooks: { ...HOOKS.hooks, path: '/' } }, { "use for example '/hooks'": { hooks: { ...HOOKS.hooks, path: '/hooks' } } }, WITH_TOKEN),
    refused({ hooks: { ...HOOKS.hooks, allowedSessionKeyPrefixes: ['x:'] } }, {
      "add 'hook:'": { hooks: { ...HOOKS.hooks, allowedSessionKeyPrefixes: ['x:', 'hook:'] } },
      "set 'defaultSessionKey'": { hooks: { ...HOOKS.hooks, allowedSessionKeyPrefixes: ['x:'], defaultSessionKey: 'x:1' } },
    }, WITH_TOKEN),
    refused(browser({}), { 'set one of them': browser({ cdpPort: 9222 }) }, { plugins: ['browser'] }),
  ],
  'config-unknown-key': [
    { wrong: extra({ plugins: { deny: ['no-such-plugin'] } }, { plugins: ['telegram'] }), remedies: { 'remove it': none } },
    {
      wrong: extra({ plugins: { entries: { discord: { enabled: true } } } }, { plugins: ['telegram'] }),
      remedies: {
        'remove it': none,
        "add PluginPackage.official('discord') to 'pluginPackages'":
          extra({ plugins: { entries: { discord: { enabled: true } } } }, { pluginPackages: [PluginPackage.official('discord')] }),
      },
    },
    {
      wrong: extra({ plugins: { entries: { zzzzzzzz: { enabled: true } } } }, { plugins: ['telegram'] }),
      remedies: {
        'remove it': none,
        "name the folder of a plugin of your own in 'plugins.load.paths'":
          extra({ plugins: { entries: { zzzzzzzz: { enabled: true } }, load: { paths: ['/opt/z'] }, allow: ['zzzzzzzz'] } }, { plugins: ['telegram'] }),
      },
    },
  ],
};
