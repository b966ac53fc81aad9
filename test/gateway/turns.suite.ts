import { GATEWAY_TOKEN, manifestsOf, MODELS } from './gateways';
import { RunningPod } from './pod/running-pod';
import { eventually, figure, scenario } from './scenario';
import { World } from './world';
import { OpenClawClient } from '../support/openclaw-client';

describe('turns', () => {
  const models = Object.values(MODELS);
  let world: World, pod: RunningPod, client: OpenClawClient;
  let sessions = 0;

  const turn = async () => client.turn('hello', { session: `agent:main:turns-${sessions++}` });

  beforeAll(async () => {
    world = await World.open();
    pod = await world.start(manifestsOf(models));
    client = await OpenClawClient.connect('ws://127.0.0.1:18789', { token: GATEWAY_TOKEN });
  }, 180_000);

  afterAll(async () => {
    await client?.close();
    await world?.close();
  });

  /** Puts one model first, as the next synth would. */
  async function lead(model: typeof models[number]): Promise<void> {
    pod.apply(manifestsOf([model, ...models.filter(each => each !== model)]));
    await eventually(`a turn goes to ${model.modelRef}`, async () => {
      world.providers.reset();
      await turn();
      return world.providers.calls.find(call => call.api !== 'unknown')?.model === model.id;
    });
  }

  scenario.each(Object.entries(MODELS), ([name]) => `${name} answers as the primary`, async ([, model]) => {
    await lead(model);
    world.providers.reset();
    const { text, error, ms } = await turn();
    expect({ text, error }).toEqual({ text: `answer of ${model.id}`, error: undefined });
    const calls = world.providers.calls.filter(call => call.api !== 'unknown');
    expect(calls.map(({ host, key, status }) => ({ host, key, status })))
      .toEqual([{ host: new URL(model.provider.baseUrl).hostname, key: `key-of-${model.provider.keyName}`, status: 200 }]);
    figure('a healthy turn', ms, 'ms');
  });
});
