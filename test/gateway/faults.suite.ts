import { once } from 'events';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { WebSocket } from 'ws';
import { connect, GATEWAY, MODELS } from './gateways';
import { mounted, ROUTE } from './mounted';
import { Clock } from './pod/clock';
import { scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { Provider, ProviderSecret, SecretSource } from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { keysOf, newChart } from '../support/gateway';

type Files = { [file: string]: string };

const { anthropic, openai, google } = MODELS;
const KEY = anthropic.provider.keyName;
const FIRST_WAY = wayOf(anthropic);
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

/** The time that the gateway tells whoever connects. */
async function gatewayTime(): Promise<number> {
  const socket = new WebSocket(`ws://${GATEWAY}`);
  const [frame] = await once(socket, 'message');
  socket.close();
  return JSON.parse(frame.toString()).payload.ts;
}

describe('faults', () => {
  let folder: string, clock: Clock;
  const gateway = new SharedGateway(() => twoSecrets(), () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clock-'));
    return { clock: clock = new Clock(folder) };
  });

  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** What the sidecar says from now on. */
  function sidecarLog(): { says(level: string, msg: string, subject: string): Promise<unknown> } {
    const from = gateway.pod.sidecar.log.length;
    return {
      says: async (level, msg, subject) => {
        const facts = JSON.stringify({ level, msg, subject }).slice(1);
        return gateway.pod.sidecar.waitForLog(new RegExp(facts.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), { from, timeoutMs: SOON_MS });
      },
    };
  }

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
      await gateway.change(twoSecrets(), FIRST_WAY);
      const log = sidecarLog();
      const subject = volume === 'config' ? 'openclaw.json' : 'keys.json';
      gateway.pod.volumes.get(volume).swap(spoil(gateway.pod.volumes.get(volume).files));
      await log.says('error', says, subject);
      expect(await gateway.way()).toBe(FIRST_WAY);
      const repaired = subject === 'keys.json' ? twoSecrets(ROUTE, 'repaired') : twoSecrets([openai, anthropic, google]);
      await gateway.change(repaired, subject === 'keys.json' ? wayOf(anthropic, 'repaired') : wayOf(openai));
      await log.says('info', `${subject} is good again`, subject);
      await gateway.change(twoSecrets(), FIRST_WAY);
    }, { timeoutMs });

  scenario('a configuration that OpenClaw refuses leaves the last good one in use until it is repaired', async () => {
    await gateway.change(twoSecrets(), FIRST_WAY);
    const { files } = gateway.pod.volumes.get('config');
    const from = gateway.pod.gateway.log.length;
    gateway.pod.volumes.get('config').swap({ ...files, 'openclaw.json': JSON.stringify({ ...JSON.parse(files['openclaw.json']), defaultModel: 'x' }) });
    await gateway.pod.gateway.waitForLog(/config reload skipped \(invalid config\)/, { from, timeoutMs: SOON_MS });
    expect(await gateway.way()).toBe(FIRST_WAY);
    await gateway.change(twoSecrets([openai, anthropic, google]), wayOf(openai));
    await gateway.change(twoSecrets(), FIRST_WAY);
  }, { timeoutMs });

  scenario('a key that changes while the sidecar is dead is delivered when it is back', async () => {
    await gateway.change(twoSecrets(), FIRST_WAY);
    gateway.pod.sidecar.kill('SIGKILL');
    await gateway.pod.sidecar.exited;
    gateway.pod.apply(twoSecrets(ROUTE, 'rotated'));
    expect(await gateway.way()).toBe(FIRST_WAY);
    await gateway.pod.restart('live-sync');
    await gateway.change(twoSecrets(ROUTE, 'rotated'), wayOf(anthropic, 'rotated'));
    await gateway.change(twoSecrets(), FIRST_WAY);
  }, { timeoutMs });

  /** Ends containers without notice, and starts them again. */
  async function crash(names: string[], meanwhile = () => {}): Promise<void> {
    for (const name of names) gateway.pod.container(name).kill('SIGKILL');
    await gateway.client.closed;
    meanwhile();
    const start = performance.now();
    for (const name of names) await gateway.pod.restart(name);
    await gateway.pod.ready();
    figure('from a crash of the gateway until it is ready again', performance.now() - start, 'ms');
    gateway.client = await connect();
  }

  scenario('a gateway that crashed serves again, with its keys and its sessions', async () => {
    await gateway.change(twoSecrets(), FIRST_WAY);
    const session = 'agent:main:remembered';
    await gateway.client.turn('remember the word zebra', { session });
    await crash(['openclaw']);
    expect(await gateway.way()).toBe(FIRST_WAY);
    for (const question of ['which word', 'which animal']) {
      gateway.world.providers.reset();
      expect(await gateway.client.turn(question, { session })).toMatchObject({ text: `answer of ${anthropic.id}` });
      expect(JSON.stringify(gateway.world.providers.calls.at(-1)!.body)).toContain('remember the word zebra');
    }
  }, { timeoutMs });

  scenario('a key that changes while gateway and sidecar are dead is in use when they are back', async () => {
    await gateway.change(twoSecrets(), FIRST_WAY);
    await crash(['openclaw', 'live-sync'], () => gateway.pod.apply(twoSecrets(ROUTE, 'rotated')));
    await gateway.change(twoSecrets(ROUTE, 'rotated'), wayOf(anthropic, 'rotated'));
    await gateway.change(twoSecrets(), FIRST_WAY);
  }, { timeoutMs });

  scenario('turns and rotations go on when the clock jumps by hours, ahead and back', async () => {
    await gateway.change(twoSecrets(), FIRST_WAY);
    for (const [hours, key] of [[6, 'ahead'], [0, 'back']] as const) {
      clock.jump(hours);
      await eventually('the gateway goes by the changed clock', async () => Math.round((await gatewayTime() - Date.now()) / 3_600_000) === hours);
      await gateway.change(twoSecrets(ROUTE, key), wayOf(anthropic, key));
    }
    await gateway.change(twoSecrets(), FIRST_WAY);
  }, { timeoutMs });
});
