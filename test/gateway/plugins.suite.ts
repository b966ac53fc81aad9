import { GATEWAY, GATEWAY_TOKEN, manifestsOf, MODELS } from './gateways';
import { scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { Reach } from './world';
import { SecretSource, Workspace } from '../../src/index';
import { OFFICIAL } from '../../src/models/provider';
import { keysOf, newChart } from '../support/gateway';
import { httpPost } from '../support/openclaw-client';

const { anthropic, mistral } = MODELS;
const timeoutMs = 300_000;

describe('plugins and other secrets', () => {
  const [FIRST, SECOND] = ['11:first-token-of-the-bot', '22:second-token-of-the-bot'];
  const [INSTRUCTIONS, SKILL] = ['Answer in one paragraph, always.', 'Greets people as they want it.'];
  const manifests = (token: string, chain = [anthropic]) => manifestsOf(chain, {
    providerSecrets: keysOf(newChart('keys'), anthropic.provider, mistral.provider),
    acknowledge: { 'chain-single-provider': 'one is enough here', 'provider-key-unused': 'mounted for the next route' },
    plugins: ['telegram'],
    workspace: Workspace.fromFiles({ 'AGENTS.md': INSTRUCTIONS, 'skills/greet/SKILL.md': `---\nname: greet\ndescription: ${SKILL}\n---\nSay hello.\n` }),
    secrets: { TELEGRAM_BOT_TOKEN: SecretSource.fromSecretName('openclaw-secrets', 'TELEGRAM_BOT_TOKEN') },
    extraConfig: {
      channels: {
        telegram: { enabled: true, dmPolicy: 'open', allowFrom: ['*'], botToken: { source: 'file', provider: 'keys', id: '/TELEGRAM_BOT_TOKEN' } },
      },
    },
    keys: { TELEGRAM_BOT_TOKEN: token },
  });
  const gateway = new SharedGateway(() => manifests(FIRST));
  const ada = { id: 7, first_name: 'Ada' };
  const message = { message_id: 1, date: 1_790_000_000, text: 'hello', from: { ...ada, is_bot: false }, chat: { ...ada, type: 'private' } };
  const answer = (result: unknown) => ({ status: 200, body: JSON.stringify({ ok: true, result }) });

  beforeAll(() => gateway.world.names.set('api.telegram.org', Reach.PROVIDER));
  beforeEach(() => {
    gateway.world.providers.reset();
    const when = (path: RegExp, result: unknown, delayMs = 0) => gateway.world.providers.when({ host: 'api.telegram.org', path }, { ...answer(result), delayMs });
    when(/./, true);
    when(/\/getMe/, { id: 11, is_bot: true, first_name: 'Claw', username: 'claw_bot' });
    when(/\/getUpdates/, [], 1000); // how long it holds the line
    when(/\/sendMessage/, { ...message, message_id: 2 });
  });
  const polled = (token: string) => gateway.world.providers.waitForCall(({ path }) => path.startsWith(`/bot${token}/getUpdates`), 120_000);

  scenario('plugins, secrets: a bundled channel answers, with a token from a Secret', async () => {
    await polled(FIRST);
    gateway.world.providers.when({ path: /\/getUpdates/, times: 1 }, answer([{ update_id: 1, message }]));
    const { body } = await gateway.world.providers.waitForCall(({ path }) => path === `/bot${FIRST}/sendMessage`, 60_000);
    expect(JSON.stringify(body)).toContain('answer of claude-haiku-4-5');
  }, { timeoutMs });

  scenario('secrets: a rotated one is used without a restart', async () => {
    await polled(FIRST);
    gateway.pod.apply(manifests(SECOND));
    await polled(SECOND).finally(() => gateway.pod.apply(manifests(FIRST)));
    gateway.world.providers.calls.length = 0;
    await polled(FIRST);
  }, { timeoutMs });

  scenario('plugins: those that are not named stay off, but those of providers', async () => {
    const listed = /http server listening \(\d+ plugins?: ([^;)]*)/.exec(gateway.pod.gateway.log)![1].split(', ');
    expect(listed).toContain('telegram');
    expect([...OFFICIAL.map(({ id }) => id), 'telegram']).toEqual(expect.arrayContaining(listed));
  });

  scenario('plugins: a route to a provider whose plugin is not bundled restarts nothing', async () => {
    await gateway.change(manifests(FIRST, [mistral, anthropic]), wayOf(mistral));
    await gateway.change(manifests(FIRST), wayOf(anthropic));
  }, { timeoutMs });

  scenario('workspace: instructions and skills are in the prompt', async () => {
    await gateway.paths.turn('what are your rules');
    const { body } = await gateway.world.providers.waitForCall(({ text, tools }) => text.includes('what are your rules') && tools.length > 0);
    for (const text of [INSTRUCTIONS, SKILL]) expect(JSON.stringify(body)).toContain(text);
  });

  scenario('httpApi: off unless it is asked for', async () => {
    for (const each of ['/v1/chat/completions', '/v1/responses', '/v1/embeddings']) {
      expect(await httpPost(`http://${GATEWAY}`, GATEWAY_TOKEN, each, { model: 'openclaw', input: 'hello' })).toMatchObject({ status: 404 });
    }
  });
});
