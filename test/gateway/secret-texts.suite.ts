import * as fs from 'fs';
import * as path from 'path';
import { asksNoModel, foreign } from './foreign';
import { GATEWAY, manifestsOf, MODELS } from './gateways';
import { HttpMcpServer, stdioServer } from './mcp-servers';
import { scenario, since } from './scenario';
import { SharedGateway } from './shared-gateway';
import { SecretSource, SecretText } from '../../src/index';
import { eventually } from '../support/eventually';

const VALUES = { HOOKS: 'needle-hooks-1', ISSUES: 'needle-${HOME}-"1', TOOLS: 'needle-tools-1' };
const LATER = { HOOKS: 'needle-hooks-2', ISSUES: 'needle-issues-2', TOOLS: 'needle-tools-2' };
const SOON_MS = 60_000;
const source = (key: string) => SecretSource.fromSecretName('openclaw-secrets', key);

/** OpenClaw 2026.8.1 and 2026.8.2 also answer a copy of their configuration that is not masked. */
const IS_UNMASKED = since('2026.8.1') && !since('2026.9.1');

const withTexts = (values: { readonly [name: string]: string } = VALUES) => manifestsOf([MODELS.anthropic], {
  secrets: { HOOKS: source('HOOKS'), ISSUES: source('ISSUES'), TOOLS: source('TOOLS') },
  toolSecrets: ['TOOLS'],
  extraConfig: {
    hooks: { enabled: true, token: SecretText.of('HOOKS'), path: '/hooks' },
    mcp: {
      servers: {
        issues: { command: 'node', args: stdioServer('ISSUES_TOKEN'), env: { ISSUES_TOKEN: SecretText.of('ISSUES', 'Bearer {}') } },
        tickets: { url: HttpMcpServer.URL, transport: 'streamable-http', headers: { Authorization: SecretText.of('ISSUES', 'Token {}') } },
      },
    },
  },
  acknowledge: { 'chain-single-provider': 'tried here', ...IS_UNMASKED ? { 'secret-text-shown': 'tried here' } : {} },
  keys: values,
});

const post = (hook: string, token: string, body: object) => fetch(`http://${GATEWAY}/hooks/${hook}`, {
  method: 'POST', headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
});

/** What the gateway answers to a webhook with a token. */
const wake = async (token: string) => (await post('wake', token, { text: 'hello' })).status;

/** The files below a folder that hold a text. */
function holding(folder: string, text: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name)).filter(file => fs.readFileSync(file).includes(text));
}

describe('secrets where OpenClaw takes plain text only', () => {
  const server = new HttpMcpServer();
  beforeAll(() => server.listen());
  afterAll(() => server.close());
  const gateway = new SharedGateway(() => withTexts());
  /** What a server tells; nothing in a turn that a change of the configuration ends. */
  const tells = (name: string) => gateway.paths.tool(name, {}).then(
    told => /secret-is ([^"\\]*(\\+"\d)?)/.exec(told)?.[1].replaceAll('\\', ''), () => undefined);
  const reads = () => gateway.paths.tool('exec', { command: 'cat /run/openclaw/tools/TOOLS' });

  scenario('a webhook calls no model beside those of the chain, whichever it asks for', async () => {
    const ask = async (message: string, model?: string) => (await post('agent', VALUES.HOOKS, { message, model, name: 'Test', deliver: false })).status;
    expect(await ask('without a model')).toBe(200);
    await gateway.world.providers.waitForCall(call => call.text.includes('without a model'), SOON_MS);
    for (const model of ['openai/gpt-4o', 'gpt-4o', 'anthropic/claude-opus-5']) await ask(`with ${model}`, model);
    await new Promise(resolve => setTimeout(resolve, 10_000));
    expect(foreign(gateway.world, [MODELS.anthropic])).toEqual([]);
    expect(gateway.world.providers.calls.filter(call => !asksNoModel(call)).map(({ model }) => model)).toContain(MODELS.anthropic.id);
  }, { timeoutMs: 300_000 });

  scenario('a webhook is let in by a secret that the manifests only name, and by its next value without a restart', async () => {
    expect([await wake('another'), await wake(VALUES.HOOKS)]).toEqual([401, 200]);
    gateway.pod.apply(withTexts(LATER));
    await eventually('the new token lets in', async () => await wake('needle-hooks-2') === 200, SOON_MS);
    expect(await wake(VALUES.HOOKS)).toBe(401);
    expect(gateway.pod.gateway.log).not.toMatch(/restarting|SIGUSR1/);
    expect([gateway.pod.gateway.log, gateway.pod.sidecar.log].join('\n')).not.toContain('needle-');
    expect(holding(gateway.pod.claimed('openclaw'), 'needle-')).toEqual([]);
    expect(fs.readFileSync(`/proc/${gateway.pod.gateway.pid}/environ`, 'latin1')).not.toContain('needle-');
  }, { timeoutMs: 300_000 });

  // last, as the conversations then hold what the tools told
  scenario('an MCP server gets its secret in its environment or in a header, a tool of the agent reads its own, and each gets the next value', async () => {
    for (const values of [LATER, VALUES]) {
      gateway.pod.apply(withTexts(values));
      await eventually('the servers get the value', async () => await tells('issues__whoami') === `Bearer ${values.ISSUES}`
        && await tells('tickets__whoami') === `Token ${values.ISSUES}`, SOON_MS);
      expect(await reads()).toContain(values.TOOLS);
    }
    expect(gateway.pod.gateway.log).not.toMatch(/restarting|SIGUSR1/);
  }, { timeoutMs: 300_000 });

  const shown = async () => JSON.stringify(await gateway.client.request('config.get', {}));
  scenario('the configuration that operators are shown masks a secret inside a text', async () => expect(await shown()).not.toContain('needle-'), {
    limit: IS_UNMASKED ? { before: 'it shows the value', body: async () => expect(await shown()).toContain('needle-') } : undefined,
  });
});
