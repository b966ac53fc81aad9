import { GATEWAY, GATEWAY_TOKEN, MODELS } from './gateways';
import { mounted, ROUTE } from './mounted';
import { GUARDED, scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { figure } from '../support/figure';
import { Load } from '../support/load';
import { Call } from '../support/providers/call';

const { anthropic, openai, google } = MODELS;
const KEY = anthropic.provider.keyName;
const timeoutMs = 300_000;
/** Many times what an idle machine needs. */
const SOON_MS = 60_000;

const KEYS = ['key-1', 'key-2'];
const ROUTES = [[openai, anthropic, google], [google, anthropic], ROUTE];
const CHANGES = KEYS.length + ROUTES.length;
const TURNS = 60;
const TURNS_BETWEEN = Math.ceil(TURNS / (CHANGES + 1));

interface Record {
  readonly load: Load;
  readonly keyMs: number[];
  readonly routeMs: number[];
  readonly seen: Call[];
}

describe('live delivery under load', () => {
  const gateway = new SharedGateway(() => mounted(ROUTE, { httpApi: true }));

  /** Applies manifests; milliseconds until the first call that is as they say. */
  async function untilCall(manifests: any[], isWanted: (call: Call) => boolean): Promise<number> {
    const at = performance.now();
    gateway.pod.apply(manifests);
    return (await gateway.world.providers.waitForCall(call => call.at > at && isWanted(call), SOON_MS)).at - at;
  }

  /** Changes keys and routes, one by one, while clients chat. */
  async function underLoad(over: 'chat' | 'http'): Promise<Record> {
    const [keyMs, routeMs]: number[][] = [[], []];
    let keys = {};
    gateway.world.providers.reset();
    const load = await Load.start({ gateway: GATEWAY, token: GATEWAY_TOKEN, over });
    try {
      for (const key of KEYS) {
        await load.more(TURNS_BETWEEN);
        keys = { [KEY]: key };
        keyMs.push(await untilCall(mounted(ROUTE, { keys, httpApi: true }), call => call.key === key));
      }
      for (const route of ROUTES) {
        await load.more(TURNS_BETWEEN);
        // a guard would close the models that a route leaves before the gateway does: they stay allowed, as docs/security.md says
        const allowed = GUARDED ? undefined : route;
        routeMs.push(await untilCall(mounted(route, { allowed, keys, httpApi: true }), call => call.model === route[0].id));
      }
      await load.more(TURNS_BETWEEN);
    } finally {
      await load.stop();
    }
    const seen = gateway.calls;
    await gateway.change(mounted(ROUTE, { httpApi: true }), wayOf(anthropic));
    return { load, keyMs, routeMs, seen };
  }

  describe('over HTTP', () => {
    let record: Record;
    beforeAll(async () => { record = await underLoad('http'); }, 2 * timeoutMs);

    scenario('a rotated key is in use at once', async () => {
      record.keyMs.forEach(ms => figure('from the swap of a key to the first call with it', ms, 'ms'));
      expect(Math.max(...record.keyMs)).toBeLessThan(15_000);
    });

    scenario('no turn that begins after the first call with a rotated key uses an old one', async () => {
      const late = KEYS.map((key, index) => {
        const first = record.seen.find(call => call.key === key)!;
        const old = [`key-of-${KEY}`, ...KEYS.slice(0, index)];
        const begun = record.load.begunAfter(first.at, record.seen);
        return { isUsed: begun.some(call => call.key === key), old: begun.filter(call => old.includes(call.key!)) };
      });
      expect(late).toEqual(KEYS.map(() => ({ isUsed: true, old: [] })));
    });

    scenario('a changed route is in use at once', async () => {
      record.routeMs.forEach(ms => figure('from the swap of a route to the first call that takes it', ms, 'ms'));
      expect(Math.max(...record.routeMs)).toBeLessThan(30_000);
    });

    scenario('no turn over HTTP is lost while keys and routes change', async () => {
      figure('turns over HTTP while keys and routes changed', record.load.turns.length, 'turns');
      expect(record.load.turns.length).toBeGreaterThanOrEqual(TURNS);
      expect(record.load.lost).toEqual([]);
    });
  });

  scenario('no turn of a chat is lost while keys and routes change', async () => {
    const { load } = await underLoad('chat');
    figure('turns of chats while keys and routes changed', load.turns.length, 'turns');
    expect(load.turns.length).toBeGreaterThanOrEqual(TURNS);
    expect(load.lost).toEqual([]);
  }, {
    timeoutMs: 3 * timeoutMs, // chats take turns of more than a second on older versions
    limit: {
      until: '2026.8.1',
      before: 'a turn that is being prepared at that moment ends with an error, before a model is called',
      body: async () => {
        const { load, seen } = await underLoad('chat');
        figure('turns of chats while keys and routes changed', load.turns.length, 'turns');
        figure('of which were being prepared and ended with an error', load.lost.length, 'turns');
        for (const { prompt, error } of load.lost) {
          expect(error).toMatch(/prepared model runtime plugin generation was superseded/);
          expect(seen.filter(({ text }) => text.endsWith(prompt))).toEqual([]);
        }
        expect(load.lost.length).toBeLessThanOrEqual(3 * CHANGES);
      },
    },
  });
});
