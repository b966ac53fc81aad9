import { Duration } from 'cdk8s';
import { manifestsOf, MODELS } from './gateways';
import { addressChanges } from './guard-metrics';
import { GUARDED, scenario, since } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { Reach } from './world';
import { FallbackChain } from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { newChart } from '../support/gateway';
import { Turn } from '../support/openclaw-client';
import { Behaviour } from '../support/providers/behaviour';

/** Silence that a chain bears with here; by default it is two minutes. */
const LIMIT_MS = 5000;
/** Generous: it is only to tell the next attempt from minutes of retries. */
const CEILING_MS = 20_000;

/** An error as Anthropic writes it. */
const refusing = (status: number, type: string, message: string): Behaviour =>
  ({ status, body: JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy' }) });
const FAILING = refusing(500, 'api_error', 'Internal server error');
const LIMITED = refusing(429, 'rate_limit_error', 'This request would exceed your rate limit of 50 requests per minute.');

interface Fault {
  readonly name: string;
  readonly behaviour?: Behaviour;
  /** Where the primary's host leads; undefined with `nowhere`: its name is unknown. */
  readonly reach?: Reach;
  readonly nowhere?: boolean;
}

const ANSWERED: Fault[] = [
  { name: 'answers 500', behaviour: FAILING },
  { name: 'answers 529', behaviour: refusing(529, 'overloaded_error', 'Overloaded') },
  { name: 'answers 503 with a web page', behaviour: { status: 503, contentType: 'text/html', body: '<html><h1>503 Service Unavailable</h1></html>' } },
  { name: 'resets the connection', behaviour: { fault: 'reset' } },
  { name: 'breaks off in the middle of its answer', behaviour: { fault: 'cut' } },
  { name: 'refuses the connection', reach: Reach.REFUSED },
  { name: 'has an unknown host', nowhere: true },
];
const SILENT: Fault[] = [
  { name: 'accepts and never answers', behaviour: { fault: 'silent' } },
  { name: 'stops in the middle of its answer', behaviour: { fault: 'stall' } },
  { name: 'never accepts the connection', reach: Reach.BLACK_HOLE },
];

describe('failover', () => {
  const { anthropic, openai, google, xai } = MODELS;
  const primary = 'api.anthropic.com';
  let healthyMs: number;

  const route = (...[first, ...fallbacks]: typeof openai[]) => manifestsOf([anthropic, openai, google, xai], {
    chain: new FallbackChain(newChart('chains'), 'Chain', { primary: first, fallbacks, idleTimeout: Duration.millis(LIMIT_MS) }),
  });

  const gateway = new SharedGateway(() => route(anthropic, openai, google, xai));

  /** Each turn has a session of its own, so that none knows what became of another. */
  const turn = async (): Promise<Turn> => gateway.client.turn('hello', { session: gateway.paths.session() });

  /** The models in the order in which they were asked; how often each one was tried is left out. */
  const tried = () => [...new Set(asked())];

  const asked = () => gateway.calls.map(({ model }) => model);

  beforeAll(async () => {
    await turn();
    const healthy = [await turn(), await turn(), await turn()].map(({ ms }) => ms).sort((a, b) => a - b);
    healthyMs = healthy[1];
  }, 400_000);

  beforeEach(() => gateway.world.providers.reset());

  afterEach(() => {
    gateway.world.route(primary, Reach.PROVIDER);
    gateway.pod.apply(route(anthropic, openai, google, xai));
  });

  async function answeredByNext({ name, behaviour, reach, nowhere }: Fault): Promise<number> {
    if (behaviour) gateway.world.providers.when({ host: primary }, behaviour);
    const looksUp = GUARDED && reach; // without an address it keeps the last one
    const before = looksUp ? await addressChanges() : 0;
    if (reach || nowhere) gateway.world.route(primary, reach);
    if (looksUp) await eventually('the guard has the other address', async () => await addressChanges() > before);
    const { text, error, ms } = await turn();
    expect({ text, error }).toEqual({ text: expect.stringContaining(`answer of ${openai.id}`), error: undefined });
    expect(asked()).toEqual([...behaviour ? [anthropic.id] : [], openai.id]);
    figure(`the primary ${name}: later than a healthy turn`, ms - healthyMs, 'ms');
    return ms - healthyMs;
  }

  /** Takes the fault away; the next turn is the primary's again. */
  async function primaryIsBack(): Promise<void> {
    gateway.world.providers.reset();
    gateway.world.route(primary, Reach.PROVIDER);
    // a guard leaves a host that it could not connect to alone for a while
    if (GUARDED) await eventually('the primary answers', async () => (await turn()).text === `answer of ${anthropic.id}`, 60_000);
    gateway.world.providers.reset();
    expect(await turn()).toMatchObject({ text: `answer of ${anthropic.id}` });
    expect(asked()).toEqual([anthropic.id]);
  }

  const answered = ANSWERED.filter(({ nowhere }) => !(GUARDED && nowhere));
  scenario.each(answered, ({ name }) => `the primary ${name}: the next model answers at once, and the primary again once it is well`, async fault => {
    expect(await answeredByNext(fault)).toBeLessThan(CEILING_MS);
    await primaryIsBack();
  });

  const patient = since('2026.8.1') && !since('2026.9.1');
  scenario('the primary answers 429: the next model answers at once, and the primary again once it is well', async () => {
    expect(await answeredByNext({ name: 'answers 429', behaviour: LIMITED })).toBeLessThan(CEILING_MS);
    await primaryIsBack();
  }, {
    limit: patient ? {
      since: '2026.9.1',
      before: 'the primary is asked again for 60 s',
      body: async () => {
        gateway.world.providers.when({ host: primary, times: 1 }, LIMITED);
        expect(await turn()).toMatchObject({ text: `answer of ${anthropic.id}` });
        expect(asked()).toEqual([anthropic.id, anthropic.id]);
      },
    } : undefined,
  });

  scenario.each(SILENT, ({ name }) => `the primary ${name}: the next model answers after idleTimeout, and the primary again once it is well`, async fault => {
    const later = await answeredByNext(fault);
    expect(later).toBeGreaterThan(LIMIT_MS / 2);
    expect(later).toBeLessThan(LIMIT_MS + CEILING_MS);
    await primaryIsBack();
  });

  scenario('a slow answer that goes on, and streamed thoughts, are not cut by idleTimeout', async () => {
    const slow = { chunks: 6, chunkDelayMs: 1500, text: 'a slow answer' };
    for (const behaviour of [slow, { thinkingMs: LIMIT_MS + 3000, thinking: 'deltas', text: 'a slow answer' } as const]) {
      gateway.world.providers.reset();
      gateway.world.providers.when({ host: primary }, behaviour);
      const { text, ms } = await turn();
      expect(text).toContain('a slow answer');
      expect(asked()).toEqual([anthropic.id]);
      expect(ms).toBeGreaterThan(LIMIT_MS);
    }
  });

  scenario('the second model fails too: the third answers', async () => {
    for (const host of [primary, 'api.openai.com']) gateway.world.providers.when({ host }, FAILING);
    expect(await turn()).toMatchObject({ text: `answer of ${google.id}` });
    expect(tried()).toEqual([anthropic.id, openai.id, google.id]);
  });

  scenario('every model fails: an error says so, and the next turn is answered as soon as the primary is back', async () => {
    gateway.world.providers.when({}, FAILING);
    const { text, error } = await turn();
    expect(error ?? text).toMatch(/failed|error|overloaded|unavailable|went wrong/i);
    expect(tried()).toEqual([anthropic, openai, google, xai].map(({ id }) => id));
    await primaryIsBack();
  });

  scenario('the primary refuses its key: the next model answers at once, and the primary is asked again in the next turn', async () => {
    await refusedKey();
    gateway.world.providers.reset();
    expect(await turn()).toMatchObject({ text: `answer of ${xai.id}` });
  }, {
    limit: {
      until: '2026.8.1',
      before: 'the next model answers at once; the primary is not asked for ten minutes',
      body: async () => {
        await refusedKey();
        gateway.world.providers.reset();
        expect(await turn()).toMatchObject({ text: `answer of ${openai.id}` });
        expect(asked()).toEqual([openai.id]);
      },
    },
  });

  /** A primary that no other scenario needs, since it may be left alone for a while. */
  async function refusedKey(): Promise<void> {
    await gateway.change(route(xai, openai, google, anthropic), wayOf(xai));
    gateway.world.providers.when({ host: 'api.x.ai' }, { status: 401 });
    const { text, ms } = await turn();
    expect(text).toContain(`answer of ${openai.id}`);
    expect(asked()).toEqual([xai.id, openai.id]);
    figure('the primary refuses its key: later than a healthy turn', ms - healthyMs, 'ms');
  }
});
