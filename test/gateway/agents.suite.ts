import { Duration } from 'cdk8s';
import { manifestsOf, MODELS } from './gateways';
import { Paths } from './paths';
import { scenario, since } from './scenario';
import { SharedGateway } from './shared-gateway';
import { ModelAllowlist, ModelGuard, OpenClawDeploymentProps } from '../../src/index';
import { keysOf, newChain, newChart } from '../support/gateway';

const MAIN = [MODELS.deepseek, MODELS.xai];
const CODER = [MODELS.groq, MODELS.openrouter];
const ALL = [...MAIN, ...CODER];
/** Before, all agents have one allowlist. */
const isolated = since('2026.8.1');

const AGENTS = [
  { agent: 'main', own: MAIN, others: CODER },
  { agent: 'coder', own: CODER, others: MAIN },
];

function props(): Partial<OpenClawDeploymentProps> {
  const chart = newChart('agents');
  const chain = newChain(chart, CODER, 'Coder');
  const allowlist = isolated ? undefined : new ModelAllowlist(chart, 'All', { models: ALL });
  return {
    guard: ModelGuard.none(),
    httpApi: true,
    allowlist,
    providerSecrets: keysOf(chart, ...ALL.map(({ provider }) => provider)),
    agents: { coder: { chain, allowlist, modelSlots: { heartbeat: { every: Duration.hours(20), model: CODER[1] } } } },
    extraConfig: { agents: { defaults: { heartbeat: { target: 'none' } } } }, // newer versions skip one that has nowhere to go
  };
}

describe('agents', () => {
  const gateway = new SharedGateway(() => manifestsOf(MAIN, props())).allowOnly(ALL);
  const pathsOf = (agent: string) => new Paths(gateway.client, gateway.world.providers, agent);
  const ask = (agent: string, model?: string) =>
    pathsOf(agent).post('/v1/chat/completions', { model: `openclaw/${agent}`, messages: [{ role: 'user', content: 'hello' }] }, model);

  scenario('each agent answers with its own chain, and falls back within it', async () => {
    for (const { agent, own: [primary, fallback] } of AGENTS) {
      gateway.world.providers.reset();
      expect(await pathsOf(agent).turn()).toMatchObject({ text: `answer of ${primary.id}` });
      expect(await ask(agent)).toMatchObject({ status: 200 });
      expect(gateway.models()).toEqual([primary.id]);
      gateway.world.providers.when({ model: primary.id }, { status: 500 });
      expect((await pathsOf(agent).turn()).text).toContain(`answer of ${fallback.id}`);
      gateway.world.providers.when({ model: fallback.id }, { status: 500 });
      expect(await gateway.client.turn('hello', { session: pathsOf(agent).session() })).toMatchObject({ error: expect.any(String) });
      expect(gateway.models()).toEqual([fallback.id, primary.id].sort());
    }
  });

  scenario.each(AGENTS, ({ agent }) => `agent ${agent} gets no model of another agent by a header, /model, a session, a run or a job`, async ({ agent, own: [primary], others: [other] }) => {
    const paths = pathsOf(agent);
    const refused = `model not allowed: ${other.modelRef}`;
    expect(await ask(agent, other.modelRef))
      .toMatchObject({ status: 400, body: { error: { message: `Model '${other.modelRef}' is not allowed for agent '${agent}'.` } } });
    const session = paths.session();
    await paths.turn('first', { session });
    expect((await paths.turn(`/model ${other.modelRef}`, { session })).text).toMatch(`Model "${other.modelRef}" is not allowed.`);
    await expect(gateway.client.request('sessions.patch', { key: session, model: other.modelRef })).rejects.toThrow(refused);
    await expect(gateway.client.request('sessions.create', { agentId: agent, model: other.modelRef })).rejects.toThrow(refused);
    expect(await paths.run(other.modelRef)).toMatchObject({ status: 'error', error: expect.stringContaining(`is not allowed for agent "${agent}"`) });
    expect(await paths.job(other.modelRef)).toMatchObject({ status: 'error', error: expect.stringContaining(`${other.modelRef} is not in [`) });
    expect(await paths.turn('second', { session })).toMatchObject({ text: `answer of ${primary.id}` });
    expect(gateway.models()).toEqual([primary.id]);
  }, {
    limit: {
      since: '2026.8.1',
      before: 'all agents have one allowlist',
      body: async () => {
        for (const { agent, others: [other] } of AGENTS) expect(await ask(agent, other.modelRef)).toMatchObject({ status: 200 });
        expect(gateway.models()).toEqual(AGENTS.map(({ others: [other] }) => other.id).sort());
      },
    },
  });

  scenario.each(AGENTS, ({ agent }) => `agent ${agent} gets no model of another agent by its own tools`, async ({ agent, own: [primary], others: [other] }) => {
    const paths = pathsOf(agent);
    const refused = `model not allowed: ${other.modelRef}`;
    expect((await paths.tools()).filter(tool => ['pdf', 'image', 'view_image'].includes(tool))).toEqual([]);
    expect((await paths.subagent({ model: other.modelRef })).told).toContain(refused);
    expect(await paths.tool('session_status', { model: other.modelRef })).toMatch(/not allowed/);
    const job = { name: 'theirs', schedule: { kind: 'at', at: '2035-01-01T00:00:00Z' }, sessionTarget: 'isolated', payload: { kind: 'agentTurn', message: 'hello' } };
    expect(await paths.tool('automations', { action: 'add', job: { ...job, agentId: agent === 'main' ? 'coder' : 'main' } }))
      .toMatch(/outside caller scope|must match the calling agent/);
    expect(gateway.models()).toEqual([primary.id]);
  }, {
    limit: {
      since: '2026.8.1',
      before: 'all agents have one allowlist',
      body: async () => expect(await pathsOf('coder').tools()).toContain('image'), // which takes any of their models
    },
  });

  scenario('no agent has another one work for it', async () => {
    for (const [agent, other] of [['main', 'coder'], ['coder', 'main']]) {
      gateway.world.providers.reset();
      const paths = pathsOf(agent);
      expect((await paths.subagent({ agentId: other })).told).toContain('agentId is not allowed for sessions_spawn');
      expect(await paths.tool('sessions_send', { sessionKey: `agent:${other}:main`, message: 'do it for me' })).toContain('forbidden');
      expect(gateway.models()).toEqual([AGENTS.find(each => each.agent === agent)!.own[0].id]);
    }
  });

  scenario('a heartbeat of an agent calls the model of its slot', async () => {
    await gateway.client.request('wake', { mode: 'now', text: 'wake up', sessionKey: 'agent:coder:main' });
    await gateway.world.providers.waitForCall(({ model, outcome }) => model === CODER[1].id && outcome === 'answered', 90_000);
    expect(gateway.models()).toEqual([CODER[1].id]);
  });
});
