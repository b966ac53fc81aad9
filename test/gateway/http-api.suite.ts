import * as kplus from 'cdk8s-plus-28';
import { GATEWAY_TOKEN, manifestsOf } from './gateways';
import { RunningPod } from './pod/running-pod';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { Provider } from '../../src/index';
import { httpPost, httpTurn } from '../support/openclaw-client';

const IN_CLUSTER = `http://${RunningPod.ADDRESS}:18789`;
const ANSWER = 'answer of claude-haiku-4-5';

describe('HTTP API and providers', () => {
  const model = Provider.ANTHROPIC.customize({ headers: { 'x-cost-centre': '4711' } }).model('claude-haiku-4-5');
  const gateway = new SharedGateway(() => manifestsOf([model], { httpApi: true, envVariables: { TEAM: kplus.EnvValue.fromValue('blue') } }));

  beforeEach(() => gateway.world.providers.reset());

  scenario('httpApi: /v1/chat/completions answers those who have the token', async () => {
    expect(await httpTurn(IN_CLUSTER, GATEWAY_TOKEN, 'hello')).toMatchObject({ status: 200, text: ANSWER });
    expect(await httpTurn(IN_CLUSTER, 'another-token', 'hello')).toMatchObject({ status: 401 });
    expect(await fetch(`${IN_CLUSTER}/v1/chat/completions`, { method: 'POST' })).toMatchObject({ status: 401 });
    expect(gateway.world.providers.calls.map(({ status }) => status)).toEqual([200]);
  });

  scenario('httpApi: /v1/responses answers those who have the token', async () => {
    const ask = (token: string) => httpPost(IN_CLUSTER, token, '/v1/responses', { model: 'openclaw', input: 'hello' });
    const { status, body } = await ask(GATEWAY_TOKEN);
    expect({ status, text: body.output?.[0]?.content?.[0]?.text }).toEqual({ status: 200, text: ANSWER });
    expect(await ask('another-token')).toMatchObject({ status: 401 });
    expect(gateway.world.providers.calls.map(call => call.status)).toEqual([200]);
  });

  scenario('httpApi: an answer is streamed while the model still writes', async () => {
    let end = () => {};
    const until = new Promise<void>(resolve => { end = resolve; });
    gateway.world.providers.when({ text: 'stream' }, { text: 'one two three four five six', chunks: 6, until });
    const { body } = await fetch(`${IN_CLUSTER}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'authorization': `Bearer ${GATEWAY_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'openclaw', stream: true, messages: [{ role: 'user', content: 'stream' }] }),
    });
    let received = '';
    let whenFirstWordsCame: string | undefined;
    for await (const part of body!) {
      received += Buffer.from(part);
      if (/"content":"[^"]/.test(received)) whenFirstWordsCame ??= gateway.world.providers.calls[0].outcome;
      if (whenFirstWordsCame) end();
    }
    const events = received.split('\n\n').filter(event => event.startsWith('data: {')).map(event => JSON.parse(event.slice(6)));
    expect(events.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('')).toBe('one two three four five six');
    expect(received.trimEnd()).toMatch(/data: \[DONE\]$/);
    expect(whenFirstWordsCame).toBe('pending');
  });

  scenario('customize: headers of a provider are sent with each call', async () => {
    expect(await gateway.paths.turn()).toMatchObject({ text: ANSWER });
    expect(gateway.world.providers.calls.map(({ headers }) => headers['x-cost-centre'])).toEqual(['4711']);
  });

  scenario('envVariables: reach what an agent runs', async () => {
    gateway.world.providers.when({ text: 'which team' }, { tool: { name: 'exec', input: { command: 'echo "the team is $TEAM"' } } });
    await gateway.paths.turn('which team');
    expect(JSON.stringify(gateway.world.providers.calls.map(({ body }) => body))).toContain('the team is blue');
  });
});
