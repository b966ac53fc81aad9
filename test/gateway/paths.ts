import { randomUUID } from 'crypto';
import { GATEWAY, GATEWAY_TOKEN } from './gateways';
import { eventually } from '../support/eventually';
import { httpPost, OpenClawClient, Turn, TurnOptions } from '../support/openclaw-client';
import { Call } from '../support/providers/call';
import { MockProviders } from '../support/providers/mock-providers';
import { ToolUse } from '../support/providers/wire-format';


/** How something that runs without a client ended. */
export interface Ending {
  readonly status: string;
  readonly error?: string;
  readonly summary?: string;
}

/** The ways by which an agent comes to call a model; each in a session of its own, and with a text that no other has. */
export class Paths {
  public constructor(private readonly client: OpenClawClient, private readonly providers: MockProviders, private readonly agent = 'main') {}

  /** The key of a session that nobody has used. */
  public session(): string {
    return `agent:${this.agent}:${randomUUID()}`;
  }

  /** A turn that must be answered. */
  public async turn(text = `hello ${randomUUID()}`, options: TurnOptions = {}): Promise<Turn> {
    const turn = await this.client.turn(text, { session: this.session(), ...options });
    expect(turn.error).toBeUndefined();
    return turn;
  }

  /** The first turn of a session that the dashboard opens. */
  public async dashboardChat(): Promise<Turn> {
    const { key } = await this.client.request('sessions.create', { agentId: this.agent });
    return this.turn('what is the weather in Berlin', { session: key });
  }

  /** Has the answering model use a tool; returns what it is told then. */
  public async tool(name: string, input: object): Promise<string> {
    const text = `please use ${name} ${randomUUID()}`;
    this.providers.when({ text }, { tool: await this.use(name, input) });
    await this.turn(text);
    const calls = this.callsAbout(text);
    expect(calls.length).toBeGreaterThan(1);
    return JSON.stringify(calls[calls.length - 1].body);
  }

  /** Has the answering model give a task to a subagent; returns what it is told then, and the subagent's task. */
  public async subagent(options: object = {}): Promise<{ told: string; task: string }> {
    const task = `a task ${randomUUID()}`;
    return { told: await this.tool('sessions_spawn', { task, ...options }), task };
  }

  /** Runs a job now. */
  public async job(model?: string): Promise<Ending> {
    const added = await this.client.request('cron.add', {
      name: `job ${randomUUID()}`,
      agentId: this.agent,
      schedule: { kind: 'at', at: '2035-01-01T00:00:00Z' },
      sessionTarget: 'isolated',
      wakeMode: 'now',
      payload: { kind: 'agentTurn', message: 'do the job', ...model && { model } },
      delivery: { mode: 'none' },
    });
    const id = added.id ?? added.job.id;
    await this.client.request('cron.run', { id, mode: 'force' });
    return eventually('the job has run', async () => {
      const { entries } = await this.client.request('cron.runs', { id });
      return entries.find(({ action }: any) => action === 'finished');
    }, 60_000);
  }

  /** A run as other services start them. */
  public async run(model: string): Promise<Ending> {
    const runId = randomUUID();
    await this.client.request('agent', { message: 'hello', agentId: this.agent, sessionKey: this.session(), idempotencyKey: runId, model });
    return this.client.request('agent.wait', { runId, timeoutMs: 60_000 }, 70_000);
  }

  /** The tools that an agent may use. */
  public async tools(): Promise<string[]> {
    const sessionKey = this.session();
    await this.turn('hello', { session: sessionKey });
    const { groups } = await this.client.request('tools.effective', { sessionKey });
    return groups.flatMap(({ tools }: any) => tools.map(({ id }: any) => id));
  }

  /** A POST to the gateway's HTTP API. */
  public async post(path: string, body: object, model?: string): Promise<{ status: number; body: any }> {
    return httpPost(`http://${GATEWAY}`, GATEWAY_TOKEN, path, body, model ? { 'x-openclaw-model': model } : {});
  }

  /** The calls of a turn; recaps quote its text too, but have no tools. */
  private callsAbout(text: string): Call[] {
    return this.providers.calls.filter(call => call.text.includes(text) && call.tools.length > 0);
  }

  /** A tool as this model can use it: some are offered tools as functions of a program that they write, or by one tool that calls the others. */
  private async use(name: string, input: object): Promise<ToolUse> {
    const text = `hello ${randomUUID()}`;
    await this.turn(text);
    const [{ tools }] = this.callsAbout(text);
    if (tools.includes(name)) return { name, input };
    if (tools.includes('tool_call')) return { name: 'tool_call', input: { id: name, args: input } };
    return tools.includes('wait') ? { name: 'exec', input: { code: `return await ${name}(${JSON.stringify(input)})` } } : { name, input };
  }
}
