import * as fs from 'fs';
import * as http from 'http';
import { join } from 'path';
import { text } from 'stream/consumers';
import * as kplus from 'cdk8s-plus-28';
import { GATEWAY_TOKEN, GatewayProps, manifestsOf, MODELS } from './gateways';
import { RunningPod } from './pod/running-pod';
import { eventually, RELEASE, scenario, since } from './scenario';
import { Reach, World } from './world';
import { GatewayAuth, Model, Provider, SecretSource } from '../../src';
import { DUMMY_VALUE, gatewaysOf } from '../support/gateway-pod';
import { httpPost, httpTurn, OpenClawClient } from '../support/openclaw-client';
import { EXAMPLES, synthExample } from '../support/synth';

const IN_CLUSTER = `http://${RunningPod.ADDRESS}:18789`;
const ANSWER = 'answer of claude-haiku-4-5';
const timeoutMs = 300_000;

describe('features', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world?.close());
  beforeEach(() => world.providers.reset());

  /** A gateway for the scenarios of one group, and a way to change its keys. */
  function gatewayWith(model: Model, props: GatewayProps): { log(): string; setKeys(keys: GatewayProps['keys']): void } {
    let pod: RunningPod;
    beforeAll(async () => {
      pod = await world.start(manifestsOf([model], props));
    }, timeoutMs);
    afterAll(() => pod?.remove());
    return { log: () => pod.gateway.log, setKeys: keys => pod.apply(manifestsOf([model], { ...props, keys })) };
  }

  async function say(message: string, token = GATEWAY_TOKEN): Promise<string> {
    const client = await OpenClawClient.connect('ws://127.0.0.1:18789', { token });
    const turn = await client.turn(message).finally(() => client.close());
    if (turn.error) throw new Error(`the turn failed: ${turn.error}`);
    return turn.text;
  }

  describe('of the HTTP API and providers', () => {
    gatewayWith(Provider.ANTHROPIC.customize({ headers: { 'x-cost-centre': '4711' } }).model('claude-haiku-4-5'), {
      httpApi: true,
      envVariables: { TEAM: kplus.EnvValue.fromValue('blue') },
    });

    scenario('httpApi: /v1/chat/completions answers those who have the token', async () => {
      expect(await httpTurn(IN_CLUSTER, GATEWAY_TOKEN, 'hello')).toMatchObject({ status: 200, text: ANSWER });
      expect(await httpTurn(IN_CLUSTER, 'another-token', 'hello')).toMatchObject({ status: 401 });
      expect(await fetch(`${IN_CLUSTER}/v1/chat/completions`, { method: 'POST' })).toMatchObject({ status: 401 });
      expect(world.providers.calls.map(({ status }) => status)).toEqual([200]);
    });

    scenario('httpApi: /v1/responses answers those who have the token', async () => {
      const ask = (token: string) => httpPost(IN_CLUSTER, token, '/v1/responses', { model: 'openclaw', input: 'hello' });
      const { status, body } = await ask(GATEWAY_TOKEN);
      expect({ status, text: body.output?.[0]?.content?.[0]?.text }).toEqual({ status: 200, text: ANSWER });
      expect(await ask('another-token')).toMatchObject({ status: 401 });
      expect(world.providers.calls.map(call => call.status)).toEqual([200]);
    });

    scenario('httpApi: an answer is streamed while the model still writes', async () => {
      world.providers.when({ text: 'stream' }, { text: 'one two three four five six', chunks: 6, chunkDelayMs: 500 });
      const { body } = await fetch(`${IN_CLUSTER}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'authorization': `Bearer ${GATEWAY_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'openclaw', stream: true, messages: [{ role: 'user', content: 'stream' }] }),
      });
      let received = '';
      let whenFirstWordsCame: string | undefined;
      for await (const part of body!) {
        received += Buffer.from(part);
        if (/"content":"[^"]/.test(received)) whenFirstWordsCame ??= world.providers.calls[0].outcome;
      }
      const events = received.split('\n\n').filter(event => event.startsWith('data: {')).map(event => JSON.parse(event.slice(6)));
      expect(events.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('')).toBe('one two three four five six');
      expect(received.trimEnd()).toMatch(/data: \[DONE\]$/);
      expect(whenFirstWordsCame).toBe('pending');
    });

    scenario('customize: headers of a provider are sent with each call', async () => {
      expect(await say('hello')).toBe(ANSWER);
      expect(world.providers.calls.map(({ headers }) => headers['x-cost-centre'])).toEqual(['4711']);
    });

    scenario('envVariables: reach what an agent runs', async () => {
      world.providers.when({ text: 'which team' }, { tool: { name: 'exec', input: { command: 'echo "the team is $TEAM"' } } });
      await say('which team');
      expect(JSON.stringify(world.providers.calls.map(({ body }) => body))).toContain('the team is blue');
    });
  });

  describe('of plugins and other secrets', () => {
    const [FIRST, SECOND] = ['11:first-token-of-the-bot', '22:second-token-of-the-bot'];
    const gateway = gatewayWith(MODELS.anthropic, {
      plugins: ['telegram'],
      secrets: { TELEGRAM_BOT_TOKEN: SecretSource.fromSecretName('openclaw-secrets', 'TELEGRAM_BOT_TOKEN') },
      extraConfig: {
        channels: {
          telegram: { enabled: true, dmPolicy: 'open', allowFrom: ['*'], botToken: { source: 'file', provider: 'keys', id: '/TELEGRAM_BOT_TOKEN' } },
        },
      },
      keys: { TELEGRAM_BOT_TOKEN: FIRST },
    });
    const ada = { id: 7, first_name: 'Ada' };
    const message = { message_id: 1, date: 1_790_000_000, text: 'hello', from: { ...ada, is_bot: false }, chat: { ...ada, type: 'private' } };
    const answer = (result: unknown) => ({ status: 200, body: JSON.stringify({ ok: true, result }) });

    beforeAll(() => world.names.set('api.telegram.org', Reach.PROVIDER));
    beforeEach(() => {
      const when = (path: RegExp, result: unknown, delayMs = 0) => world.providers.when({ host: 'api.telegram.org', path }, { ...answer(result), delayMs });
      when(/./, true);
      when(/\/getMe/, { id: 11, is_bot: true, first_name: 'Claw', username: 'claw_bot' });
      when(/\/getUpdates/, [], 1000); // how long it holds the line
      when(/\/sendMessage/, { ...message, message_id: 2 });
    });
    const polled = (token: string) => world.providers.waitForCall(({ path }) => path.startsWith(`/bot${token}/getUpdates`), 120_000);

    scenario('plugins, secrets: a bundled channel answers, with a token from a Secret', async () => {
      await polled(FIRST);
      world.providers.when({ path: /\/getUpdates/, times: 1 }, answer([{ update_id: 1, message }]));
      const { body } = await world.providers.waitForCall(({ path }) => path === `/bot${FIRST}/sendMessage`, 60_000);
      expect(JSON.stringify(body)).toContain(ANSWER);
    }, { timeoutMs });

    scenario('secrets: a rotated one is used without a restart', async () => {
      await polled(FIRST);
      gateway.setKeys({ TELEGRAM_BOT_TOKEN: SECOND });
      await polled(SECOND).finally(() => gateway.setKeys({ TELEGRAM_BOT_TOKEN: FIRST }));
      world.providers.calls.length = 0;
      await polled(FIRST);
    }, { timeoutMs });

    scenario('plugins: those that are not named, and no provider of the chain, stay off', async () => {
      const listed = /http server listening \(\d+ plugins?: ([^;)]*)/.exec(gateway.log())![1].split(', ');
      expect(listed).toContain('telegram');
      expect(['anthropic', 'google', 'openai', 'telegram']).toEqual(expect.arrayContaining(listed));
    });

    scenario('httpApi: off unless it is asked for', async () => {
      for (const each of ['/v1/chat/completions', '/v1/responses', '/v1/embeddings']) {
        expect(await httpPost(IN_CLUSTER, GATEWAY_TOKEN, each, { model: 'openclaw', input: 'hello' })).toMatchObject({ status: 404 });
      }
    });
  });

  describe('of sign-in by a proxy and several agents', () => {
    const PROXY = '10.244.1.9';
    const coder = { workspace: '/home/node/.openclaw/coder' };
    const gateway = gatewayWith(MODELS.anthropic, {
      httpApi: true,
      auth: GatewayAuth.trustedProxy({ userHeader: 'x-forwarded-user', trustedProxies: [PROXY] }),
      extraConfig: { agents: since('2026.8.1') ? { entries: { main: {}, coder } } : { list: [{ id: 'main', default: true }, { id: 'coder', ...coder }] } },
    });
    const user = { 'x-forwarded-user': 'ada@example.com', 'x-forwarded-for': '203.0.113.7' };

    scenario('trustedProxy: only those whom the proxy names are let in', async () => {
      expect(await askFrom(PROXY, user)).toBe(200);
      const { 'x-forwarded-user': _, ...nobody } = user;
      for (const [address, headers] of [[PROXY, nobody], ['10.244.1.10', user], ['127.0.0.1', user], ['127.0.0.1', {}]] as const) {
        expect([401, 403]).toContain(await askFrom(address, headers));
      }
      expect(world.providers.calls.map(({ status }) => status)).toEqual([200]);
    });

    scenario('trustedProxy: a rotated key is used without a restart', async () => {
      gateway.setKeys({ ANTHROPIC_API_KEY: 'the-next-key' });
      await eventually('a turn with the new key', async () => {
        await askFrom(PROXY, user);
        return world.providers.calls.at(-1)?.key === 'the-next-key';
      });
      gateway.setKeys({});
    });

    scenario('extraConfig: a second agent answers, in a workspace of its own', async () => {
      for (const [agent, itsOwn] of [['coder', true], ['main', false]] as const) {
        world.providers.reset();
        expect(await askFrom(PROXY, user, agent)).toBe(200);
        expect(JSON.stringify(world.providers.calls[0].body).includes(coder.workspace)).toBe(itsOwn);
      }
    });
  });

  describe('of the examples', () => {
    const constant = `OpenClawVersion.V${RELEASE.replace(/\W/g, '_')}`;
    const source = (name: string) => fs.readFileSync(join(__dirname, '..', '..', 'examples', name, 'main.ts'), 'utf8');

    scenario.each(EXAMPLES.filter(name => source(name).includes(constant)), name => `examples/${name} answers as it is synthesised`, async name => {
      const files = Object.values(synthExample(name).objects)
        .filter(objects => gatewaysOf(objects).some(({ spec }) => spec.template.spec.containers[0].image.includes(`:${RELEASE}`)));
      const kinds = new Map(files.map(objects => [primaryOf(objects), objects])); // a fleet has many that are alike
      expect(kinds.size).toBeGreaterThan(0);
      for (const [primary, objects] of kinds) {
        const pod = await world.start(objects);
        expect(await say('hello', DUMMY_VALUE).finally(() => pod.remove())).toBe(`answer of ${primary.replace(/^[^/]*\//, '')}`);
      }
    }, { timeoutMs });
  });
});

function primaryOf(objects: any[]): string {
  const { data } = objects.find(object => object.kind === 'ConfigMap' && object.data['openclaw.json']);
  return JSON.parse(data['openclaw.json']).agents.defaults.model.primary;
}

/** The status of a turn over HTTP that comes from an address of the cluster, or from the pod itself. */
async function askFrom(localAddress: string, headers: { readonly [name: string]: string }, agent = 'main'): Promise<number> {
  const body = JSON.stringify({ model: `openclaw/${agent}`, messages: [{ role: 'user', content: 'hello' }] });
  const hostname = localAddress === '127.0.0.1' ? localAddress : RunningPod.ADDRESS;
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const options = { localAddress, hostname, port: 18789, path: '/v1/chat/completions', method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    http.request(options, resolve).on('error', reject).end(body);
  });
  await text(answer);
  return answer.statusCode!;
}
