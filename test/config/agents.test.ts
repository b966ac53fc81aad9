import { Duration } from 'cdk8s';
import { AgentOptions, FallbackChain, ModelAllowlist, ModelGuard, OpenClawDeploymentProps, OpenClawVersion, Provider, Workspace } from '../../src/index';
import { configOf, GPT, keysOf, messageOf, newChain, newChart, newGateway, SONNET } from '../support/gateway';

const GEMINI = Provider.GOOGLE.model('gemini-2.5-pro', { alias: 'gemini' });
const OLD = OpenClawVersion.V2026_7_1;
const NOBODY = { every: '0m' };

/** A gateway with Claude and GPT for main, Gemini and GPT for coder. */
function withCoder(options: AgentOptions = {}, props: Partial<OpenClawDeploymentProps> = {}) {
  const chart = newChart();
  const allowlist = props.version ? new ModelAllowlist(chart, 'All', { models: [SONNET, GPT, GEMINI] }) : undefined;
  return newGateway(chart, {
    providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE),
    allowlist,
    ...props,
    agents: { coder: { chain: newChain(chart, [GEMINI, GPT], 'Coder'), allowlist, ...options }, ...props.agents },
  });
}

describe('agents', () => {
  test('have an entry each, with a list of models of their own', () => {
    const { agents, tools } = configOf(withCoder());
    expect(agents).toMatchObject({ ownership: 'explicit', defaults: { systemAgent: { agentId: 'main' }, model: { primary: SONNET.modelRef } } });
    expect(Object.keys(agents.entries)).toEqual(['coder', 'main']);
    expect(agents.entries.main).toMatchObject({
      workspace: '/home/node/.openclaw/workspace',
      model: { primary: SONNET.modelRef, fallbacks: [GPT.modelRef] },
      modelPolicy: { allow: [SONNET.modelRef, GPT.modelRef] },
      heartbeat: NOBODY,
    });
    expect(agents.entries.coder).toEqual({
      workspace: '/home/node/.openclaw/workspace-coder',
      model: { primary: GEMINI.modelRef, fallbacks: [GPT.modelRef] },
      modelPolicy: { allow: [GEMINI.modelRef, GPT.modelRef] },
      models: { [GEMINI.modelRef]: { alias: 'gemini' } },
      heartbeat: NOBODY,
      utilityModel: '',
      memory: { search: { provider: 'none' } },
      tools: { deny: ['pdf', 'view_image'] },
    });
    expect(tools.agentToAgent).toEqual({ enabled: false });
  });

  test('are in a list before 2026.8.1, with one allowlist', () => {
    const { agents } = configOf(withCoder({ default: true }, { version: OLD }));
    expect(Object.keys(agents.defaults.models)).toEqual([SONNET, GEMINI, GPT].map(({ modelRef }) => modelRef));
    expect(agents.entries).toBeUndefined();
    expect(agents.list).toMatchObject([
      { id: 'main', model: { primary: SONNET.modelRef, fallbacks: [GPT.modelRef] }, workspace: '/home/node/.openclaw/workspace' },
      { id: 'coder', default: true, model: { primary: GEMINI.modelRef, fallbacks: [GPT.modelRef] }, workspace: '/home/node/.openclaw/workspace-coder' },
    ]);
    expect(agents.list[0]).not.toHaveProperty('default');
  });

  test('without a chain have the models of the gateway, and keep the tools that take any of them', () => {
    const chart = newChart();
    const { entries } = configOf(newGateway(chart, { agents: { writer: {} }, modelSlots: { image: Provider.OPENAI.model('gpt-5.4-mini') } })).agents;
    expect(entries.writer.modelPolicy).toEqual(entries.main.modelPolicy);
    expect(entries.writer).not.toHaveProperty('tools');
  });

  test('have slots of their own; what one has, the others do not', () => {
    const memoryEmbeddings = Provider.OPENAI.model('text-embedding-3-small');
    const modelSlots = { heartbeat: { every: Duration.hours(1), model: GPT }, utility: GPT, memoryEmbeddings };
    const { agents, memory, plugins } = configOf(withCoder({ modelSlots }));
    expect(agents.entries.coder).toMatchObject({
      heartbeat: { every: '60m', model: GPT.modelRef }, utilityModel: GPT.modelRef, memory: { search: { provider: 'openai', model: memoryEmbeddings.id } },
    });
    expect(agents.entries.main).toMatchObject({ heartbeat: NOBODY, utilityModel: '', memory: { search: { provider: 'none' } } });
    expect(memory.search).toEqual({ provider: 'none' });
    expect(plugins.slots).toEqual({ memory: 'memory-core' });
  });

  test('have their messages bound, and the default agent the others', () => {
    const bindings = [{ channel: 'telegram', accountId: 'coder' }, { channel: 'telegram', accountId: '*' }];
    const config = configOf(withCoder({ bindings, default: true }, { plugins: ['telegram'] }));
    expect(config.bindings).toEqual(bindings.map(match => ({ agentId: 'coder', match })));
    expect(config.agents.defaults.systemAgent).toEqual({ agentId: 'coder' });
  });

  test('ask a model again as often as their own chain says', () => {
    const chart = newChart();
    const chain = new FallbackChain(chart, 'Patient', { primary: SONNET, fallbacks: [GPT], retries: 3 });
    const gateway = newGateway(chart, { agents: { coder: { chain } }, extraConfig: { agents: { entries: { guest: {} } } } });
    const retries = (maxRetries: number) => ({ retry: { provider: { maxRetries } } });
    expect(JSON.parse(gateway.configMap.data['agent-settings.json'])).toEqual({ coder: retries(3), guest: retries(0), main: retries(0) });
  });

  test('share the silence that a provider is granted: the longest counts', () => {
    const chart = newChart();
    const chain = new FallbackChain(chart, 'Slow', { primary: GPT, fallbacks: [SONNET], idleTimeout: Duration.minutes(4) });
    const { models } = configOf(newGateway(chart, { agents: { coder: { chain } } }));
    expect(Object.values<any>(models.providers).map(({ timeoutSeconds }) => timeoutSeconds)).toEqual([240, 240]);
  });

  test('are all served by one guard', () => {
    const policy = JSON.stringify(withCoder({}, { guard: ModelGuard.sidecar() }).guard!.policy.data);
    for (const { id } of [SONNET, GPT, GEMINI]) expect(policy).toContain(id);
  });

  test('take further settings from extraConfig, but none about models', () => {
    const entry = { identity: { name: 'Coder' }, tools: { deny: ['exec'] } };
    const { entries } = configOf(withCoder({}, { extraConfig: { agents: { entries: { coder: entry } } } })).agents;
    expect(entries.coder).toMatchObject({ identity: entry.identity, tools: { deny: ['pdf', 'view_image', 'exec'] }, model: { primary: GEMINI.modelRef } });
    expect(messageOf(() => withCoder({}, { extraConfig: { agents: { entries: { coder: { model: GPT.modelRef, heartbeat: { every: '5m' } } } } } }))).toBe([
      "OpenClawDeployment 'prod/Gateway' has 2 problems:",
      "[governed-path] extraConfig 'agents.entries.coder.heartbeat.every' is rendered from 'agents.<id>.modelSlots.heartbeat'; remove it and change 'agents.<id>.modelSlots.heartbeat'",
      "[governed-path] extraConfig 'agents.entries.coder.model' names a model, and models are chosen by 'chain', 'allowlist' and 'modelSlots'; remove it",
    ].join('\n  '));
  });

  test('have no default agent but that of the prop', () => {
    expect(messageOf(() => withCoder({}, { extraConfig: { agents: { entries: { coder: { default: true } } } } })))
      .toContain("extraConfig 'agents.entries.coder.default' makes a default agent, which ownership 'explicit' excludes; remove it");
  });

  test('may have files in their workspaces', () => {
    const workspaceOf = (agent: string) => Workspace.fromFiles({ 'SOUL.md': 'Be brief.' }, { agent });
    expect(withCoder({}, { workspace: workspaceOf('coder') }).findings).toEqual([]);
    expect(messageOf(() => withCoder({}, { workspace: workspaceOf('codr') }))).toContain("which the gateway does not have; did you mean 'coder'?");
  });

  test('may write to each other if extraConfig says so', () => {
    const agentToAgent = { enabled: true, allow: ['main', 'coder'] };
    expect(configOf(withCoder({}, { extraConfig: { tools: { agentToAgent } } })).tools.agentToAgent).toEqual(agentToAgent);
  });

  test('are in the summary', () => {
    expect(withCoder({ bindings: [{ channel: 'telegram' }] }, { plugins: ['telegram'] }).summary.split('\n').slice(1, 9).map(line => line.replace(/ +(\$|price).*/, ''))).toEqual([
      '  agent     main  what no binding matches',
      '  route     anthropic/claude-sonnet-5',
      '            -> openai/gpt-5.4',
      '  /model    only the route',
      '  agent     coder  telegram',
      '  route     google/gemini-2.5-pro',
      '            -> openai/gpt-5.4',
      '  /model    only the route',
    ]);
  });

  test.each<[string, any, string]>([
    ['an id that OpenClaw would write anew', { 'My Agent': {} }, 'ids of agents[0] must be at most 64 lower-case letters, digits, underscores and dashes, the first a letter or digit, the last no dash,'
      + " and not 'default', got the string 'My Agent'"],
    ['an id that means another agent', { default: {} }, "and not 'default', got the string 'default'"],
    ['two defaults', { a: { default: true }, b: { default: true } }, "agents has 2 default agents, 'a' and 'b'; keep default: true for one"],
    ['a list for main', { main: { allowlist: 1 } }, "agents.main.allowlist is given, but the allowlist of the gateway is that of 'main'; move it to the prop 'allowlist'"],
    ['a slot that agents share', { a: { modelSlots: { image: GPT } } }, "agents.a.modelSlots has 'image', which OpenClaw has once for all agents; name it in the modelSlots of the gateway"],
    ['a typo', { a: { chian: 1 } }, "unknown option 'chian' of agents.a; did you mean 'chain'?"],
    ['a peer of no kind', { a: { bindings: [{ channel: 'telegram', peer: { kind: 'dm', id: '1' } }] } }, "agents.a.bindings[0].peer.kind must be a ChannelPeerKind, got the string 'dm'"],
  ])('%s is refused', (_, agents, message) => {
    expect(messageOf(() => newGateway(newChart(), { agents }))).toContain(message);
  });
});
