import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { GATEWAY_TOKEN, GatewayProps, manifestsOf, MODELS } from './gateways';
import { RunningPod } from './pod/running-pod';
import { releaseBefore } from './releases';
import { eventually, figure, RELEASE, scenario } from './scenario';
import { World } from './world';
import { OpenClawVersion } from '../../src';
import { OpenClawClient } from '../support/openclaw-client';

const KEYS = { ANTHROPIC_API_KEY: 'sk-ant-needle-0123456789', OPENAI_API_KEY: 'sk-proj-needle-0123456789' };

describe('lifecycle', () => {
  let world: World, folder: string, running: RunningPod | undefined;

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

  /** The gateway that the scenarios share; started again on its state where one of them ended it. */
  async function gateway(): Promise<RunningPod> {
    return running ??= await start('shared');
  }

  async function stop(pod: RunningPod): Promise<number> {
    if (pod === running) running = undefined;
    const begun = performance.now();
    const exits = await pod.stop();
    const ms = performance.now() - begun;
    await pod.remove();
    expect(exits).toEqual({ 'openclaw': { code: 0, signal: null }, 'live-sync': { code: 0, signal: null } });
    return ms;
  }

  async function say(text: string, session?: string): Promise<void> {
    const client = await OpenClawClient.connect('ws://127.0.0.1:18789', { token: GATEWAY_TOKEN });
    expect(await client.turn(text, { session })).toMatchObject({ text: 'answer of claude-haiku-4-5' });
    await client.close();
  }

  /** What the model is told beside the newest message. */
  async function recalled(session: string): Promise<string> {
    world.providers.reset();
    await say('and now?', session);
    return JSON.stringify(world.providers.calls.find(call => call.text === 'and now?')?.body);
  }

  scenario('starts on an empty volume with a read-only root', async () => {
    const pod = await start('empty');
    try {
      await say('hello');
      expect(logLines(pod.gateway.log, /EROFS|EACCES|EPERM|read-only/i)).toEqual([]);
      figure('start on an empty volume', pod.startMs, 'ms');
    } finally {
      running = undefined;
      await pod.remove();
    }
  });
});

function logLines(log: string, pattern: RegExp): string[] {
  return log.split('\n').filter(line => pattern.test(line));
}
