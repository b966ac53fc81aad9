import { createHmac } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { GATEWAY, GATEWAY_TOKEN } from './gateways';
import { Paths } from './paths';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { Reach } from './world';
import { eventually } from '../support/eventually';
import { synthExample } from '../support/synth';

const BOTS = { main: '10:main-0123456789abcdef', coder: '20:coder-0123456789abcdef' };
const SECRETS: { readonly [name: string]: { readonly [key: string]: string } } = {
  'openclaw-secrets': { OPENCLAW_GATEWAY_TOKEN: GATEWAY_TOKEN, ANTHROPIC_API_KEY: 'key-a', GEMINI_API_KEY: 'key-g', OPENAI_API_KEY: 'key-o' },
  'telegram': BOTS,
  'hooks': { token: 'needle-hooks-0123456789' },
  'link-key': { key: 'needle-link-key' },
};
const PRIMARIES = { main: 'gpt-5.4-mini', coder: 'claude-sonnet-5' };
const AGENTS: readonly (keyof typeof BOTS)[] = ['main', 'coder'];
/** How OpenClaw calls the tool of the MCP server before each model. */
const TOOLS = { main: 'links__share_file', coder: 'MCP.links.shareFile' };
const LINK = /(\/reports\/march\.pdf\?until=\d+)&mac=([0-9a-f]{64})/;
const EARLIER = 'You speak like a pirate.';
const TIMEOUT_MS = 300_000;

const manifests = () => [
  ...Object.values(synthExample('whole').objects).flat(),
  ...Object.entries(SECRETS).map(([name, stringData]) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData })),
];

/** The home folder of an earlier installation. */
function homeFolder(): string {
  const claims = fs.mkdtempSync(path.join(os.tmpdir(), 'claims-'));
  fs.mkdirSync(path.join(claims, 'openclaw-home', '.openclaw', 'workspace'), { recursive: true });
  fs.writeFileSync(path.join(claims, 'openclaw-home', '.openclaw', 'workspace', 'SOUL.md'), EARLIER);
  for (const name of ['', '.openclaw', '.openclaw/workspace', '.openclaw/workspace/SOUL.md']) fs.chownSync(path.join(claims, 'openclaw-home', name), 1000, 1000);
  fs.chmodSync(claims, 0o755);
  return claims;
}

describe('examples/whole', () => {
  const claims = homeFolder();
  const gateway = new SharedGateway(manifests, () => ({ claims }));
  const pathsOf = (agent: string) => new Paths(gateway.client, gateway.world.providers, agent);
  const ada = { id: 10000001, first_name: 'Ada' };
  const message = { message_id: 1, date: 1_790_000_000, text: 'hello', from: { ...ada, is_bot: false }, chat: { ...ada, type: 'private' } };
  const answer = (result: unknown) => ({ status: 200, body: JSON.stringify({ ok: true, result }) });

  beforeAll(() => gateway.world.names.set('api.telegram.org', Reach.PROVIDER));
  afterAll(() => fs.rmSync(claims, { recursive: true, force: true }));
  beforeEach(() => {
    gateway.world.providers.reset();
    const when = (pattern: RegExp, result: unknown, delayMs = 0) =>
      gateway.world.providers.when({ host: 'api.telegram.org', path: pattern }, { ...answer(result), delayMs });
    when(/./, true);
    when(/\/getMe/, { id: 11, is_bot: true, first_name: 'Claw', username: 'claw_bot' });
    when(/\/getUpdates/, [], 1000); // how long it holds the line
    when(/\/sendMessage/, { ...message, message_id: 2 });
  });

  scenario('each bot is answered by the models of its agent, in the workspace of the earlier installation', async () => {
    for (const agent of AGENTS) {
      const sent = ({ path: sentTo }: { path: string }) => sentTo === `/bot${BOTS[agent]}/sendMessage`;
      gateway.world.providers.when({ path: new RegExp(`${BOTS[agent]}/getUpdates`), times: 1 }, answer([{ update_id: 1, message }]));
      const { body } = await gateway.world.providers.waitForCall(sent, 120_000);
      expect(JSON.stringify(body)).toContain(`answer of ${PRIMARIES[agent]}`);
    }
    const { calls } = gateway.world.providers;
    const promptOf = (primary: string) => JSON.stringify(calls.filter(({ model, tools }) => model === primary && tools.length > 0).pop()!.body);
    for (const text of [EARLIER, 'Ask before you send anything', 'by a link that ends after a day']) expect(promptOf(PRIMARIES.main)).toContain(text);
    expect(promptOf(PRIMARIES.coder)).toContain('say first how you reproduce it');
  }, { timeoutMs: TIMEOUT_MS });

  scenario('the tracker\'s webhook reaches the agent that it is for', async () => {
    const post = async (token: string) => (await fetch(`http://${GATEWAY}/hooks/issues`, {
      method: 'POST',
      headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'It hangs', body: 'At the start.' }),
    })).status;
    expect([await post('another'), await post(SECRETS.hooks.token)]).toEqual([401, 200]);
    const { model } = await gateway.world.providers.waitForCall(call => call.text.includes('A new issue: It hangs'), 60_000);
    expect(model).toBe(PRIMARIES.coder);
  }, { timeoutMs: TIMEOUT_MS });

  scenario('agents have links signed by the MCP server, with a key that the gateway does not have', async () => {
    for (const agent of AGENTS) {
      // OpenClaw gives an MCP server 1.5 seconds for its list of tools, which a busy machine may not have
      const [, signed, mac] = await eventually('there is a link', async () =>
        LINK.exec(await pathsOf(agent).tool(TOOLS[agent], { file: 'reports/march.pdf' })) ?? undefined, 120_000);
      expect(mac).toBe(createHmac('sha256', SECRETS['link-key'].key).update(signed).digest('hex'));
    }
    expect(await gateway.pod.gateway.execute(['ls', '/etc/links'])).toContain('No such file');
    expect([gateway.pod.gateway.log, gateway.pod.sidecar.log].join('\n')).not.toContain('needle-');
  }, { timeoutMs: TIMEOUT_MS });
});
