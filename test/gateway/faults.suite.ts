import { once } from 'events';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { WebSocket } from 'ws';
import { foreign } from './foreign';
import { GATEWAY_TOKEN, MODELS } from './gateways';
import { mounted, ROUTE } from './mounted';
import { Clock } from './pod/clock';
import { RunningPod } from './pod/running-pod';
import { eventually, figure, scenario } from './scenario';
import { World } from './world';
import { Model, Provider, ProviderSecret, SecretSource } from '../../src';
import { keysOf, newChart } from '../support/gateway';
import { OpenClawClient } from '../support/openclaw-client';
import { Answers } from '../support/providers/name-server';

type Files = { [file: string]: string };

const { anthropic, openai, google } = MODELS;
const URL = 'ws://127.0.0.1:18789';
const KEY = anthropic.provider.keyName;
const timeoutMs = 300_000;
/** Many times what an idle machine needs. */
const SOON_MS = 60_000;

/** A gateway that takes the keys of its providers from two Secrets. */
function twoSecrets(chain = ROUTE, key = `key-of-${KEY}`): any[] {
  const chart = newChart('keys');
  const elsewhere = SecretSource.fromSecretName('google', google.provider.keyName);
  return mounted(chain, {
    providerSecrets: [
      ...keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI), new ProviderSecret(chart, 'Google', { provider: Provider.GOOGLE, source: elsewhere }),
    ],
    keys: { [KEY]: key },
  });
}

let world: World, pod: RunningPod, client: OpenClawClient, clock: Clock;
let turns = 0;

const connect = async () => OpenClawClient.connect(URL, { token: GATEWAY_TOKEN });

/** The way that a turn takes: the model that answers, and with which key. */
async function way(): Promise<string> {
  world.providers.reset();
  const { text, error } = await client.turn(`turn ${turns += 1}`, { session: 'agent:main:way' });
  const [call] = world.providers.calls.filter(({ api }) => api !== 'unknown');
  return `${call?.model} with ${call?.key}: ${error ?? text}`;
}

const wayOf = (model: Model, key: string) => `${model.id} with ${key}: answer of ${model.id}`;
const FIRST_WAY = wayOf(anthropic, `key-of-${KEY}`);

async function change(manifests: any[], expected: string): Promise<void> {
  pod.apply(manifests);
  await eventually(`turns take the way of ${expected}`, async () => await way() === expected, SOON_MS);
}

/** The time that the gateway tells whoever connects. */
async function gatewayTime(): Promise<number> {
  const socket = new WebSocket(URL);
  const [frame] = await once(socket, 'message');
  socket.close();
  return JSON.parse(frame.toString()).payload.ts;
}

/** What the sidecar says from now on. */
function sidecarLog(): { says(level: string, msg: string, subject: string): Promise<unknown> } {
  const from = pod.sidecar.log.length;
  return {
    says: async (level, msg, subject) => {
      const facts = JSON.stringify({ level, msg, subject }).slice(1);
      return pod.sidecar.waitForLog(new RegExp(facts.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), { from, timeoutMs: SOON_MS });
    },
  };
}

describe('faults', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clock-'));

  beforeAll(async () => {
    clock = new Clock(folder);
    world = await World.open();
    pod = await world.start(twoSecrets(), { clock });
    client = await connect();
  }, timeoutMs);

  afterAll(async () => {
    await client?.close();
    await world?.close();
    fs.rmSync(folder, { recursive: true });
  });

  const config = (text?: string) => (files: Files) => {
    const { 'openclaw.json': _, ...others } = files;
    return { ...others, ...text === undefined ? {} : { 'openclaw.json': text } };
  };
  const CONFIG = '/etc/openclaw/config/openclaw.json';
  const SPOILT: { what: string; volume: string; spoil: (files: Files) => Files; says: string }[] = [
    { what: 'openclaw.json that is no JSON', volume: 'config', spoil: config('{ "agents": '), says: `${CONFIG} is not valid JSON` },
    { what: 'openclaw.json that is empty', volume: 'config', spoil: config(''), says: `${CONFIG} is empty` },
    { what: 'openclaw.json that is gone', volume: 'config', spoil: config(), says: `${CONFIG} is missing` },
    { what: 'key that is empty', volume: 'keys-0', spoil: files => ({ ...files, [KEY]: '' }), says: `key ${KEY} in volume keys-0 is empty` },
    { what: 'Secret without keys', volume: 'keys-0', spoil: () => ({}), says: '/etc/openclaw/keys/keys-0 is empty' },
    {
      what: 'key that two Secrets hold',
      volume: 'keys-1',
      spoil: files => ({ ...files, [KEY]: 'from-the-other-secret' }),
      says: `key ${KEY} is in two volumes, keys-0 and keys-1: keep it in one`,
    },
  ];

  scenario.each(SPOILT, ({ what }) => `with ${what.replace(/^(?=[aeio])/, 'an ').replace(/^(?=[kS])/, 'a ')} the last good state serves until it is repaired`,
    async ({ volume, spoil, says }) => {
      await change(twoSecrets(), FIRST_WAY);
      const log = sidecarLog();
      const subject = volume === 'config' ? 'openclaw.json' : 'keys.json';
      pod.volumes.get(volume).swap(spoil(pod.volumes.get(volume).files));
      await log.says('error', says, subject);
      expect(await way()).toBe(FIRST_WAY);
      const repaired = subject === 'keys.json' ? twoSecrets(ROUTE, 'repaired') : twoSecrets([openai, anthropic, google]);
      await change(repaired, subject === 'keys.json' ? wayOf(anthropic, 'repaired') : wayOf(openai, `key-of-${openai.provider.keyName}`));
      await log.says('info', `${subject} is good again`, subject);
      await change(twoSecrets(), FIRST_WAY);
    }, { timeoutMs });

  scenario('a configuration that OpenClaw refuses leaves the last good one in use until it is repaired', async () => {
    await change(twoSecrets(), FIRST_WAY);
    const { files } = pod.volumes.get('config');
    const from = pod.gateway.log.length;
    pod.volumes.get('config').swap({ ...files, 'openclaw.json': JSON.stringify({ ...JSON.parse(files['openclaw.json']), defaultModel: 'x' }) });
    await pod.gateway.waitForLog(/config reload skipped \(invalid config\)/, { from, timeoutMs: SOON_MS });
    expect(await way()).toBe(FIRST_WAY);
    await change(twoSecrets([openai, anthropic, google]), wayOf(openai, `key-of-${openai.provider.keyName}`));
    await change(twoSecrets(), FIRST_WAY);
  }, { timeoutMs });

  scenario('a key that changes while the sidecar is dead is delivered when it is back', async () => {
    await change(twoSecrets(), FIRST_WAY);
    pod.sidecar.kill('SIGKILL');
    await pod.sidecar.exited;
    pod.apply(twoSecrets(ROUTE, 'rotated'));
    expect(await way()).toBe(FIRST_WAY);
    await pod.restart('live-sync');
    await change(twoSecrets(ROUTE, 'rotated'), wayOf(anthropic, 'rotated'));
    await change(twoSecrets(), FIRST_WAY);
  }, { timeoutMs });

  /** Ends containers without notice, and starts them again. */
  async function crash(names: string[], meanwhile = () => {}): Promise<void> {
    for (const name of names) pod.container(name).kill('SIGKILL');
    await client.closed;
    meanwhile();
    const start = performance.now();
    for (const name of names) await pod.restart(name);
    await pod.ready();
    figure('from a crash of the gateway until it is ready again', performance.now() - start, 'ms');
    client = await connect();
  }

  scenario('a gateway that crashed serves again, with its keys and its sessions', async () => {
    await change(twoSecrets(), FIRST_WAY);
    const session = 'agent:main:remembered';
    await client.turn('remember the word zebra', { session });
    await crash(['openclaw']);
    expect(await way()).toBe(FIRST_WAY);
    for (const question of ['which word', 'which animal']) {
      world.providers.reset();
      expect(await client.turn(question, { session })).toMatchObject({ text: `answer of ${anthropic.id}` });
      expect(JSON.stringify(world.providers.calls.at(-1)!.body)).toContain('remember the word zebra');
    }
  }, { timeoutMs });

  scenario('a key that changes while gateway and sidecar are dead is in use when they are back', async () => {
    await change(twoSecrets(), FIRST_WAY);
    await crash(['openclaw', 'live-sync'], () => pod.apply(twoSecrets(ROUTE, 'rotated')));
    await change(twoSecrets(ROUTE, 'rotated'), wayOf(anthropic, 'rotated'));
    await change(twoSecrets(), FIRST_WAY);
  }, { timeoutMs });

  scenario('turns and rotations go on when the clock jumps by hours, ahead and back', async () => {
    await change(twoSecrets(), FIRST_WAY);
    for (const [hours, key] of [[6, 'ahead'], [0, 'back']] as const) {
      clock.jump(hours);
      await eventually('the gateway goes by the changed clock', async () => Math.round((await gatewayTime() - Date.now()) / 3_600_000) === hours);
      await change(twoSecrets(ROUTE, key), wayOf(anthropic, key));
    }
    await change(twoSecrets(), FIRST_WAY);
  }, { timeoutMs });
});

describe('a start without a network', () => {
  scenario.each([['no name exists', Answers.NONE], ['name servers are silent', Answers.SILENCE]] as const,
    ([what]) => `where ${what}, the gateway starts, asks nobody else, and serves once providers can be reached`, async ([, answers]) => {
      world = await World.open();
      try {
        world.names.answers = answers;
        pod = await world.start(mounted());
        figure('start without a network', pod.startMs, 'ms');
        client = await connect();
        expect((await client.turn('anybody there?')).error).toBeDefined();
        expect(foreign(world, ROUTE)).toEqual([]);
        world.names.answers = Answers.KNOWN;
        await eventually('turns are answered', async () => (await way()).endsWith(`answer of ${anthropic.id}`), SOON_MS);
        await client.close();
      } finally {
        await world.close();
      }
    }, { timeoutMs });
});
