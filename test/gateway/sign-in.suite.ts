import { askFrom } from './ask-from';
import { manifestsOf, MODELS } from './gateways';
import { RunningPod } from './pod/running-pod';
import { scenario, since } from './scenario';
import { World } from './world';
import { GatewayAuth } from '../../src/index';
import { eventually } from '../support/eventually';

describe('sign-in by a proxy and several agents', () => {
  const PROXY = '10.244.1.9';
  const coder = { workspace: '/home/node/.openclaw/coder' };
  const manifests = (keys = {}) => manifestsOf([MODELS.anthropic], {
    keys,
    httpApi: true,
    auth: GatewayAuth.trustedProxy({ userHeader: 'x-forwarded-user', trustedProxies: [PROXY] }),
    extraConfig: { agents: since('2026.8.1') ? { entries: { main: {}, coder } } : { list: [{ id: 'main', default: true }, { id: 'coder', ...coder }] } },
  });
  let world: World, pod: RunningPod;

  beforeAll(async () => {
    world = await World.open();
    pod = await world.start(manifests());
  }, 300_000);
  afterAll(() => world?.close());
  beforeEach(() => world.providers.reset());

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
    pod.apply(manifests({ ANTHROPIC_API_KEY: 'the-next-key' }));
    await eventually('a turn with the new key', async () => {
      await askFrom(PROXY, user);
      return world.providers.calls.at(-1)?.key === 'the-next-key';
    });
    pod.apply(manifests());
  });

  scenario('extraConfig: a second agent answers, in a workspace of its own', async () => {
    for (const [agent, itsOwn] of [['coder', true], ['main', false]] as const) {
      world.providers.reset();
      expect(await askFrom(PROXY, user, agent)).toBe(200);
      expect(JSON.stringify(world.providers.calls[0].body).includes(coder.workspace)).toBe(itsOwn);
    }
  });
});
