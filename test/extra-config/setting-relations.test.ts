import { problems } from './fixture';

const entries = (coder: object) => ({ agents: { entries: { coder } } });
const defaults = (settings: object) => ({ agents: { defaults: settings } });

describe('what OpenClaw refuses although its schema takes it', () => {
  test.each<[string, object, string]>([
    ['a time of day', defaults({ heartbeat: { activeHours: { end: '24:30' } } }),
      "'agents.defaults.heartbeat.activeHours.end' is the string '24:30'; OpenClaw takes a time such as '18:00', '24:00' at the latest"],
    ['a duration', { cron: { sessionRetention: '1 week' } },
      "'cron.sessionRetention' is the string '1 week'; OpenClaw takes a duration such as '30s', '5m' or '1h30m'"],
    ['a duration of nothing', { session: { maintenance: { pruneAfter: '0d' } } },
      "'session.maintenance.pruneAfter' is the string '0d'; OpenClaw takes a duration above zero such as '12h' or '30d'"],
    ['a size', { session: { maintenance: { maxDiskBytes: '5 gigs' } } },
      "'session.maintenance.maxDiskBytes' is the string '5 gigs'; OpenClaw takes a size such as '512kb' or '2mb'"],
    ['a bind mount', entries({ sandbox: { docker: { binds: ['data:/data'] } } }),
      "'agents.entries.coder.sandbox.docker.binds[0]' is the string 'data:/data'; OpenClaw takes a bind mount whose source is an absolute path, such as '/data:/data:ro'"],
    ['the network of the node', defaults({ sandbox: { docker: { network: 'host' } } }),
      "'agents.defaults.sandbox.docker.network' is 'host', which OpenClaw refuses; use 'bridge', 'none' or the name of a network"],
    ['a command of a shell', { secrets: { providers: { vault: { source: 'exec', command: 'vault read' } } } },
      "'secrets.providers.vault.command' is the string 'vault read'; OpenClaw takes an absolute path without characters of a shell"],
    ['a picture outside of the workspace', entries({ identity: { avatar: '../me.png' } }),
      "'agents.entries.coder.identity.avatar' is the string '../me.png'; OpenClaw takes a path inside the agent's workspace, relative to it, an http or https URL, or a data URI"],
    ['a heartbeat to nobody', defaults({ heartbeat: { target: 'telegrm' } }),
      "'agents.defaults.heartbeat.target' is 'telegrm'; OpenClaw takes 'last', 'none' or a channel, did you mean 'telegram'"],
    ['a binding to an agent that is not there', { ...entries({}), bindings: [{ agentId: 'codr', match: { channel: 'telegram' } }] },
      "'bindings[0].agentId' names agent 'codr', which 'agents' does not have; did you mean 'coder'"],
    ['a binding to another agent than main', { bindings: [{ agentId: 'ops', match: { channel: 'telegram' } }] },
      "'bindings[0].agentId' names agent 'ops', which 'agents' does not have; there is 'main'"],
    ['a broadcast to an agent that is not there', { ...entries({}), broadcast: { 'telegram:-1': ['coder', 'ops'] } },
      "'broadcast.telegram:-1[1]' names agent 'ops', which 'agents' does not have; there is 'coder'"],
    ['options of a broadcast without its channel', { ...entries({}), broadcast: { '-1': { agents: ['coder'] } } },
      "'broadcast.-1' has options, so its key must name the channel too, as in 'telegram:-100123'; rename it, or make it a list of agents"],
    ['two default agents', { agents: { entries: { a: { default: true }, b: { default: true } } } },
      "'agents.entries.b.default' makes a second default agent; 'a' is one already, remove it from one of them"],
    ['a default agent where ownership is explicit', { agents: { ownership: 'explicit', entries: { a: { default: true } } } },
      "'agents.entries.a.default' makes a default agent, which ownership 'explicit' excludes; remove it"],
    ['allow and alsoAllow', { tools: { allow: ['read'], alsoAllow: ['write'] } },
      "'tools.alsoAllow' cannot be set together with 'allow'; move its tools into 'allow', or remove 'allow'"],
    ['allow and alsoAllow of an agent', entries({ tools: { allow: ['read'], alsoAllow: ['write'] } }),
      "'agents.entries.coder.tools.alsoAllow' cannot be set together with 'allow'; move its tools into 'allow', or remove 'allow'"],
    ['mode and ask of exec', { tools: { exec: { mode: 'ask', ask: 'always' } } },
      "'tools.exec.mode' cannot be set together with 'security' or 'ask'; remove it, or remove both of them"],
    ['an MCP server by stdio without a command', { mcp: { servers: { a: { transport: 'stdio' } } } },
      "'mcp.servers.a.transport' is 'stdio', which needs 'command'; set it"],
    ['a key of another MCP client', { mcp: { servers: { a: { command: 'a', disabled: true } } } },
      "'mcp.servers.a.disabled' is no setting of an MCP server; write 'enabled' with the opposite value"],
    ['a role that nobody defines', { gateway: { roles: { default: 'admin', definitions: {} } } }, "'gateway.roles.definitions' has no role; define one"],
    ['an ACP binding', { bindings: [{ type: 'acp', agentId: 'main', match: { channel: 'telegram', peer: { kind: 'direct', id: '1' } } }] },
      "'bindings[0].type' is 'acp', which is not supported here: an ACP backend calls models of its own; remove the binding"],
    ['the port of the gateway for portals', { gateway: { portals: { ingress: { domain: 'portals.example.com', port: 18789 } } } },
      "'gateway.portals.ingress.port' is 18789, the port of the gateway; use another"],
  ])('%s', (_, extra, expected) => {
    expect(problems(extra)).toEqual([`config-refused: extraConfig ${expected}`]);
  });

  test.each<[string, object]>([
    ['times of day', defaults({ heartbeat: { activeHours: { start: '08:00', end: '24:00' } } })],
    ['durations and sizes', { cron: { sessionRetention: '1h30m' }, session: { maintenance: { pruneAfter: 30, maxDiskBytes: '5gb' } } }],
    ['a bind mount and a network', entries({ sandbox: { docker: { binds: ['/data:/data:ro'], network: 'bridge' } } })],
    ['pictures', { agents: { ownership: 'explicit', entries: { a: { identity: { avatar: 'me.png' } }, b: { identity: { avatar: 'https://example.com/me.png' } } } } }],
    ['bindings and broadcasts', { ...entries({}), bindings: [{ agentId: 'Coder', match: { channel: 'telegram' } }], broadcast: { 'telegram:-1': ['coder'] } }],
    ['a binding to main', { bindings: [{ agentId: 'main', match: { channel: 'telegram' } }] }],
    ['one default agent', { agents: { entries: { a: { default: true }, b: {} } } }],
    ['allow alone, and alsoAllow elsewhere', { tools: { allow: ['read'] }, ...entries({ tools: { alsoAllow: ['write'] } }) }],
    ['an MCP server', { mcp: { servers: { a: { command: 'a', enabled: true, connectionTimeoutMs: 5000 } } } }],
  ])('but not %s', (_, extra) => {
    expect(problems(extra)).toEqual([]);
  });
});
