import * as fs from 'fs';
import * as kplus from 'cdk8s-plus-28';
import { ATTACHMENTS } from './attachments';
import { PRIMARY } from './closed-ways';
import { asksNoModel } from './foreign';
import { GATEWAY, GATEWAY_TOKEN, manifestsOf, MODELS } from './gateways';
import { addressChanges, guardMetrics } from './guard-metrics';
import { wideOpen } from './opened';
import { filesBelow, processTexts } from './pod/texts';
import { scenario, since } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { Reach } from './world';
import { Model, ModelGuard } from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { Load } from '../support/load';
import { describeCall } from '../support/providers/call';

const CHAIN = [PRIMARY, MODELS.openai, MODELS.google];
const KEYS = Object.fromEntries(CHAIN.map(({ provider: { keyName, id } }) => [keyName, `sk-needle-of-${id}-0123456789`]));
/** The files at a path, be it one or a folder of them. */
const textsAt = (source: string): [string, Buffer][] => fs.statSync(source).isDirectory() ? filesBelow(source) : [[source, fs.readFileSync(source)]];
/** A model that OpenClaw knows and no chain names. */
const OUTSIDE = 'openai/gpt-4o';
const SWITCHED = 'agent:main:switched';
const QUIET_MS = 5000;
/** Many times what an idle machine needs. */
const SOON_MS = 60_000;
const timeoutMs = 300_000;

describe('a gateway behind a guard, without what closes other ways to a model', () => {
  const gateway = new SharedGateway(() => wideOpen(manifestsOf(CHAIN, { httpApi: true, keys: KEYS, guard: ModelGuard.sidecar() })));
  const allowed = CHAIN.map(({ id }) => id);

  const see = (kind: string) => gateway.client.turn(`see this ${kind}`, { session: gateway.paths.session(), attachments: [ATTACHMENTS[kind]] });
  const embed = (model?: string) => gateway.paths.post('/v1/embeddings', { model: 'openclaw', input: 'hello' }, model);
  const ways: (() => Promise<unknown>)[] = [
    () => gateway.paths.dashboardChat(),
    () => gateway.paths.turn(),
    () => see('image'),
    () => see('recording'),
    () => gateway.paths.tool('memory_search', { query: 'berlin' }),
    () => gateway.paths.tool('tts', { text: 'hello' }),
    () => gateway.paths.tool('web_search', { query: 'berlin' }),
    () => gateway.paths.subagent({ model: OUTSIDE }),
    () => gateway.paths.job(OUTSIDE),
    () => embed(),
    () => embed('openai/text-embedding-3-large'),
    () => gateway.paths.post('/v1/chat/completions', { model: 'openclaw', messages: [{ role: 'user', content: 'hello' }] }, OUTSIDE),
    () => gateway.paths.run(OUTSIDE),
    () => gateway.client.turn(`/model ${OUTSIDE}`, { session: SWITCHED }),
    () => gateway.client.turn('hello', { session: SWITCHED }),
  ];

  scenario('no call to another model than those of the chain reaches a provider', async () => {
    for (const way of ways) await way().catch(() => {}); // most are refused somewhere
    await eventually('no call for a while', () => performance.now() - Math.max(0, ...gateway.world.providers.calls.map(({ at }) => at)) > QUIET_MS, 60_000);
    const calls = gateway.world.providers.calls.filter(call => !asksNoModel(call)); // a gateway lists models with a key that opens nothing
    expect(calls.filter(({ model }) => !allowed.includes(model ?? '')).map(describeCall)).toEqual([]);
    expect(calls.length).toBeGreaterThan(3);
    const refused = gateway.pod.guard!.log.match(/"status":404/g) ?? [];
    figure('calls that the guard refused', refused.length, 'calls');
    expect(refused.length).toBeGreaterThan(0); // older versions try fewer
  }, { timeoutMs });
});

describe('a gateway behind a guard', () => {
  const gateway = new SharedGateway(() => manifestsOf(CHAIN, { keys: KEYS, guard: ModelGuard.sidecar() }));
  const turn = () => gateway.client.turn('hello', { session: gateway.paths.session() });

  beforeEach(() => gateway.world?.providers.reset());

  scenario('no key of a provider is in its processes, its files, its log, or what its guard logs and measures', async () => {
    expect(await turn()).toMatchObject({ text: `answer of ${PRIMARY.id}` });
    const { pod, world } = gateway;
    expect(world.providers.calls.map(({ key }) => key)).toContain(KEYS.ANTHROPIC_API_KEY);
    const containers = [pod.gateway, pod.sidecar];
    const texts: [string, Buffer][] = [
      ...containers.flatMap(processTexts),
      ...containers.flatMap(({ spec }) => spec.mounts.filter(({ target }) => !/^\/(app|node_modules|opt)/.test(target)).flatMap(({ source }) => textsAt(source))),
      ...filesBelow(pod.claims),
      ...[...containers, pod.guard!].map(({ spec, log }): [string, Buffer] => [`log of ${spec.name}`, Buffer.from(log)]),
      ['metrics', Buffer.from(await guardMetrics())],
    ];
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter(([, text]) => text.includes('sk-needle-of-')).map(([name]) => name)).toEqual([]);
    // the search would find one
    expect(processTexts(pod.guard!).length).toBeGreaterThan(0);
    expect(pod.guard!.spec.mounts.flatMap(({ source }) => textsAt(source)).some(([, text]) => text.includes('sk-needle-of-anthropic'))).toBe(true);
  }, { timeoutMs });

  scenario('a rotated key is used within a second, and no turn is lost', async () => {
    const key = 'sk-needle-of-anthropic-rotated';
    const load = await Load.start({ gateway: GATEWAY, token: GATEWAY_TOKEN, over: 'chat' });
    let first: number;
    try {
      await load.more(3);
      const swapped = performance.now();
      gateway.pod.apply(manifestsOf(CHAIN, { keys: { ...KEYS, ANTHROPIC_API_KEY: key }, guard: ModelGuard.sidecar() }));
      first = (await gateway.world.providers.waitForCall(call => call.key === key, SOON_MS)).at;
      figure('behind a guard, from the swap of a key to the first call with it, in short chats', first - swapped, 'ms');
      expect(first - swapped).toBeLessThan(15_000); // on a busy machine a turn itself takes seconds
      await load.more(6);
    } finally {
      await load.stop();
    }
    const begun = load.begunAfter(first, gateway.calls);
    expect(begun.length).toBeGreaterThan(0);
    expect(begun.filter(call => call.key !== key)).toEqual([]);
    expect(load.turns.map(({ text, error }) => error ?? text)).toEqual(load.turns.map(() => `answer of ${PRIMARY.id}`));
    expect(gateway.pod.sidecar.log).not.toMatch(/ANTHROPIC_API_KEY/);
  }, { timeoutMs });

  scenario('while a key is empty the next model answers, and once it is repaired the primary', async () => {
    const useKey = (key: string) => gateway.pod.apply(manifestsOf(CHAIN, { keys: { ...KEYS, ANTHROPIC_API_KEY: key }, guard: ModelGuard.sidecar() }));
    const answeredBy = (model: Model) => eventually(`${model.id} answers`, async () => (await turn()).text === `answer of ${model.id}`, 60_000);
    useKey('');
    await answeredBy(MODELS.openai);
    gateway.world.providers.calls.length = 0;
    useKey('sk-needle-of-anthropic-repaired');
    const repaired = performance.now();
    await answeredBy(PRIMARY);
    figure('behind a guard, from the repair of an empty key to an answer with it', performance.now() - repaired, 'ms');
    expect(performance.now() - repaired).toBeLessThan(20_000); // a key that OpenClaw takes for bad is left alone for a minute
    expect(gateway.calls.at(-1)!.key).toBe('sk-needle-of-anthropic-repaired');
  }, { timeoutMs });

  scenario('a provider that never accepts the connection: the next model answers after two attempts of 1.75 s', async () => {
    const healthy = [await turn(), await turn(), await turn()].map(({ ms }) => ms).sort((a, b) => a - b)[1];
    const before = await addressChanges();
    gateway.world.route('api.anthropic.com', Reach.BLACK_HOLE);
    await eventually('the guard has the other address', async () => await addressChanges() > before);
    const { text, ms } = await turn();
    gateway.world.route('api.anthropic.com', Reach.PROVIDER);
    figure('behind a guard, the primary never accepts the connection: later than a healthy turn', ms - healthy, 'ms');
    expect(text).toContain(`answer of ${MODELS.openai.id}`);
    expect(ms - healthy).toBeLessThan(20_000); // 3.5 s on an idle machine
  }, { timeoutMs });

  scenario('a turn that runs when the pod is ended is answered', async () => {
    await eventually('the primary answers again', async () => (await turn()).text === `answer of ${PRIMARY.id}`, 60_000);
    gateway.world.providers.when({ text: 'slowly' }, { delayMs: 3000, text: 'at last' });
    const slow = gateway.client.turn('slowly', { session: gateway.paths.session() });
    await gateway.world.providers.waitForCall(({ text }) => text.includes('slowly'));
    const stopped = gateway.pod.stop();
    expect(await slow).toMatchObject({ text: 'at last' });
    const exits = await stopped;
    expect(exits['model-guard'].code).toBe(0);
  }, { timeoutMs, limit: { since: '2026.8.1', before: 'it ends with an error', body: async () => { await gateway.pod.stop(); } } });
});

describe('a gateway with an HTTP proxy, behind a guard with a limit', () => {
  const proxy = kplus.EnvValue.fromValue(`http://${Reach.REFUSED}:3128`);
  const gateway = new SharedGateway(() => manifestsOf(CHAIN, {
    guard: ModelGuard.sidecar({ requestsPerMinute: { anthropic: 1 } }),
    envVariables: { HTTP_PROXY: proxy, http_proxy: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy },
    acknowledge: { 'guard-environment-unused': 'the providers are reached without it' },
  }));

  scenario('its calls of models take no proxy', async () => {
    expect(await gateway.way()).toBe(wayOf(PRIMARY));
  });

  scenario('requestsPerMinute: beyond it the next model answers', async () => {
    await gateway.way();
    expect(await gateway.way()).toBe(wayOf(MODELS.openai));
  }, {
    limit: since('2026.8.1') && !since('2026.9.1') ? {
      since: '2026.9.1',
      before: 'the primary is asked again after a minute',
      body: async () => {
        await gateway.way();
        expect(await gateway.way()).toBe(wayOf(PRIMARY));
      },
    } : undefined,
    timeoutMs,
  });
});
