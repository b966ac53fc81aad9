import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { connect, GATEWAY_TOKEN, GatewayProps, manifestsOf, MODELS } from './gateways';
import { RunningPod } from './pod/running-pod';
import { filesBelow, processTexts } from './pod/texts';
import { releaseBefore } from './releases';
import { RELEASE, scenario, since } from './scenario';
import { World } from './world';
import { OpenClawVersion } from '../../src/index';
import { KEYS_FILE } from '../../src/settings/pod-layout';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { Turn } from '../support/openclaw-client';

const KEYS = { ANTHROPIC_API_KEY: 'sk-ant-needle-0123456789', OPENAI_API_KEY: 'sk-proj-needle-0123456789' };
const ANSWER = 'answer of claude-haiku-4-5';
const TMPFS = 0x01021994;
/** Some start a gateway twice. */
const timeoutMs = 300_000;

describe('lifecycle', () => {
  let world: World, folder: string, running: RunningPod | undefined, starts = 0;

  beforeAll(async () => {
    world = await World.open();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'claims-'));
  });

  afterAll(async () => {
    await world?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => world.providers.reset());

  const start = (claims: string, props: GatewayProps = {}) =>
    world.start(manifestsOf([MODELS.anthropic, MODELS.openai], { keys: KEYS, ...props }), { claims: path.join(folder, claims) });

  /** The gateway that the scenarios share, started again on its state where one of them has ended it. */
  async function gateway(): Promise<RunningPod> {
    if (!running) {
      running = await start('shared');
      figure(starts++ === 0 ? 'start on an empty volume' : 'start on the state of an earlier start', running.startMs, 'ms');
    }
    return running;
  }

  /** Milliseconds until a pod has ended as it should. */
  async function stop(pod: RunningPod): Promise<number> {
    if (pod === running) running = undefined;
    const begun = performance.now();
    const exits = await pod.stop();
    const ms = performance.now() - begun;
    await pod.remove();
    const failed = Object.keys(exits).find(name => exits[name].code !== 0);
    if (failed) throw pod.container(failed).failure('ended otherwise than with 0 after SIGTERM');
    return ms;
  }

  async function turn(text: string, session: string): Promise<Turn> {
    const client = await connect();
    try {
      return await client.turn(text, { session: `agent:main:${session}` });
    } finally {
      await client.close();
    }
  }

  async function say(message: string, session: string): Promise<void> {
    const { text, error } = await turn(message, session);
    expect({ text, error }).toEqual({ text: ANSWER, error: undefined });
  }

  /** All that the model is told in a new turn of the session. */
  async function whatTheModelKnows(session: string): Promise<string> {
    world.providers.reset();
    // a session that was in use at the end is recovered first, and refuses a message meanwhile
    await eventually('the session answers', async () => (await turn('what do you know?', session)).error === undefined);
    return world.providers.calls.map(({ body }) => JSON.stringify(body)).find(body => body.includes('what do you know?'))!;
  }

  scenario('starts on an empty volume, with a read-only root', async () => {
    const pod = await gateway();
    await say('hello', 'greeting');
    const denied = pod.gateway.log.split('\n').filter(line => /EROFS|EACCES|EPERM|read-only/i.test(line));
    // versions before 2026.9.4 want to keep a copy of each configuration beside it, and do without
    expect(denied.filter(line => !/failed to promote config last-known-good backup: Error: EROFS/.test(line))).toEqual([]);
  }, { timeoutMs });

  scenario('ends at once when it is stopped while it starts', async () => {
    if (running) await stop(running); // one at a time: all pods have one network here
    const pod = await world.start(manifestsOf([MODELS.anthropic, MODELS.openai], { keys: KEYS }), { claims: path.join(folder, 'early'), wait: false });
    await pod.gateway.waitForLog(/./, { timeoutMs: 200_000 });
    const begun = performance.now();
    await pod.stop();
    const ms = performance.now() - begun;
    await pod.remove();
    figure('stop while it starts', ms, 'ms');
    expect(ms).toBeLessThan(20_000); // the grace period has 330 s
  }, { timeoutMs });

  scenario('no key is in the environment, on the disk or in a log', async () => {
    const pod = await gateway();
    for (const message of ['hello', '/model openai/gpt-5.4', 'hello']) await turn(message, 'two-models');
    expect(new Set(world.providers.calls.map(({ key }) => key))).toEqual(new Set(Object.values(KEYS)));

    for (const container of [pod.gateway, pod.sidecar]) {
      const file = container.seenAs(KEYS_FILE);
      const { mode, uid } = fs.statSync(file);
      expect({ mode: mode % 0o1000, uid, fileSystem: fs.statfsSync(file).type }).toEqual({ mode: 0o600, uid: 1000, fileSystem: TMPFS });
    }
    const places = new Map([...processTexts(pod.gateway), ...processTexts(pod.sidecar), ...filesBelow(pod.claimed()), ...filesBelow(pod.gateway.seenAs('/tmp'))]);
    for (const name of ['make-files', 'openclaw', 'live-sync']) places.set(`log of ${name}`, Buffer.from(pod.container(name).log));
    expect([...places.keys()].filter(name => name.endsWith('/environ')).length).toBeGreaterThanOrEqual(2);
    expect(places.size).toBeGreaterThan(20);
    const secrets = [...Object.values(KEYS), GATEWAY_TOKEN];
    expect([...places].filter(([, text]) => secrets.some(secret => text.includes(secret))).map(([name]) => name)).toEqual([]);
  }, { timeoutMs });

  scenario('starts again after it was killed, with its sessions', async () => {
    const pod = await gateway();
    await say('the tulip is red', 'tulip');
    pod.gateway.kill('SIGKILL');
    await pod.restart('openclaw');
    await pod.ready();
    expect(await whatTheModelKnows('tulip')).toContain('the tulip is red');
  }, { timeoutMs });

  scenario('keeps its sessions when the pod is replaced', async () => {
    const pod = await gateway();
    await say('the rose is white', 'rose');
    figure('stop without a turn', await stop(pod), 'ms');
    await gateway();
    expect(await whatTheModelKnows('rose')).toContain('the rose is white');
  }, { timeoutMs });

  const LONG = { text: 'a long story ends well', chunks: 40, chunkDelayMs: 200 };

  /** A turn that runs for eight seconds more when the pod is stopped, and until there has been a look at that. */
  async function stopInTurn(whileStopping: (pod: RunningPod) => Promise<void>): Promise<Turn> {
    const pod = await gateway();
    let end = () => {};
    const until = new Promise<void>(resolve => { end = resolve; });
    world.providers.when({ text: 'tell a story' }, { ...LONG, until });
    const told = turn('tell a story', 'story');
    await world.providers.waitForCall(call => call.text.includes('tell a story'), 60_000);
    const [ended, ms] = await Promise.all([told, stop(pod), whileStopping(pod).finally(() => end())]);
    figure('stop in a turn of 8 s', ms, 'ms');
    return ended;
  }

  scenario('a turn that runs when the pod is stopped ends with its answer', async () => {
    const { text, error } = await stopInTurn(async pod => {
      await eventually('the readiness probe fails', async () => await pod.status('/startupz') === 503);
      expect(await pod.status('/healthz')).toBe(200);
      expect(world.providers.calls.map(({ outcome }) => outcome)).toEqual(['pending']);
    });
    expect({ text, error }).toEqual({ text: LONG.text.padEnd(40, '.'), error: undefined });
  }, {
    timeoutMs,
    limit: {
      since: '2026.8.1',
      before: 'the turn is cut off',
      body: async () => {
        const { error } = await stopInTurn(async () => undefined);
        expect(error).toMatch(/./);
        expect(world.providers.calls.map(({ outcome }) => outcome)).toEqual(['aborted']);
      },
    },
  });

  /** Leaves a session on a volume, by the version before. */
  async function olderState(): Promise<void> {
    if (running) await stop(running);
    const old = await start('upgraded', { version: OpenClawVersion.of(releaseBefore(RELEASE)) });
    await say('the lily is yellow', 'lily').finally(() => old.stop());
    await old.remove();
  }

  scenario('takes over the sessions of the version before', async () => {
    await olderState();
    const upgraded = await start('upgraded');
    figure('start on the state of the version before', upgraded.startMs, 'ms');
    expect(await whatTheModelKnows('lily').finally(() => stop(upgraded))).toContain('the lily is yellow');
  }, {
    timeoutMs,
    limit: since('2026.8.1') && !since('2026.9.1') ? {
      since: '2026.9.1',
      before: 'refuses a volume of 2026.7 until `openclaw doctor --fix` has run on it',
      body: async () => {
        await olderState();
        await expect(start('upgraded')).rejects.toThrow('requires migration');
      },
    } : undefined,
  });
});
