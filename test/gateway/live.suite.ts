import { connect, GATEWAY_TOKEN, MODELS } from './gateways';
import { mounted, ROUTE } from './mounted';
import { cpuMsOf, memoryOf } from './pod/usage';
import { scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { Delivery, Model } from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';

const { anthropic, openai, google, mistral } = MODELS;
const OTHER_TOKEN = 'token-fedcba9876543210fedcba9876543210';
const timeoutMs = 300_000;
/** Many times what an idle machine needs. */
const SOON_MS = 60_000;

/** Why the gateway refuses a client; undefined when it does not. */
const refusal = async (token: string) => connect(token).then(client => client.close(), error => error.details?.code ?? error.message);

describe('live delivery', () => {
  const gateway = new SharedGateway(() => mounted());
  let choices = 0;

  /** Whether a session can be given a model; the gateway's words when it cannot. */
  async function choose(model: Model): Promise<string> {
    const key = `agent:main:choice-${choices += 1}`;
    return gateway.client.request('sessions.patch', { key, model: model.modelRef }).then(() => 'chosen', error => error.message);
  }

  scenario('a turn that runs while the route changes ends with its answer', async () => {
    const { client, world } = gateway;
    let goOn = () => {};
    world.providers.when({ text: 'think' }, { after: new Promise<void>(resolve => { goOn = resolve; }), text: 'thought through' });
    const running = client.turn('think', { session: 'agent:main:thinker' });
    const call = await world.providers.waitForCall(({ text }) => text.endsWith('think'), SOON_MS);
    await gateway.change(mounted([openai, google]), wayOf(openai));
    expect(call.outcome).toBe('pending');
    goOn();
    expect(await running).toMatchObject({ text: 'thought through' });
    await gateway.change(mounted(), wayOf(anthropic));
  }, { timeoutMs });

  scenario('a model that leaves the allowlist is refused, one that joins it can be chosen', async () => {
    expect(await choose(google)).toBe('chosen');
    const smaller = [anthropic, openai];
    gateway.pod.apply(mounted(smaller, { allowed: smaller }));
    await eventually(`${google.modelRef} is refused`, async () => await choose(google) === `model not allowed: ${google.modelRef}`, SOON_MS);
    expect(await choose(openai)).toBe('chosen');
    gateway.pod.apply(mounted());
    await eventually(`${google.modelRef} can be chosen`, async () => await choose(google) === 'chosen', SOON_MS);
  }, { timeoutMs });

  scenario('a provider whose key was not mounted is a new pod', async () => {
    expect(() => gateway.pod.apply(mounted([mistral, ...ROUTE]))).toThrow('these manifests need a new pod');
  });

  scenario('the token of the gateway rotates: clients with the old one are cut off, only the new one lets in', async () => {
    gateway.pod.apply(mounted(ROUTE, { keys: { OPENCLAW_GATEWAY_TOKEN: OTHER_TOKEN } }));
    expect(await gateway.client.closed).toEqual({ code: 4001, reason: 'gateway auth changed' });
    expect([await refusal(GATEWAY_TOKEN), await refusal(OTHER_TOKEN)]).toEqual(['AUTH_TOKEN_MISMATCH', undefined]);
    gateway.pod.apply(mounted());
    gateway.client = await eventually('the first token lets in again', () => connect().catch(() => undefined), SOON_MS);
  }, { timeoutMs });

  scenario('the sidecar is small', async () => {
    const { pod } = gateway;
    await gateway.change(mounted(ROUTE, { keys: { [anthropic.provider.keyName]: 'another-key' } }), wayOf(anthropic, 'another-key'));
    await gateway.change(mounted(), wayOf(anthropic)); // so that it has read, written and asked for a reload
    const { rss, pss } = memoryOf(pod.sidecar.pid);
    figure('sidecar: resident memory', rss, 'MiB');
    figure('sidecar: its share of memory', pss, 'MiB');
    expect(rss).toBeLessThan(160); // the container's limit

    const [start, used] = [performance.now(), cpuMsOf(pod.sidecar.pid)];
    await new Promise(resolve => setTimeout(resolve, 6000)); // it looks around once in five seconds
    const idle = 100 * (cpuMsOf(pod.sidecar.pid) - used) / (performance.now() - start);
    figure('sidecar: processor when idle', idle, '%');
    expect(idle).toBeLessThan(2);

    pod.sidecar.kill('SIGTERM');
    await pod.sidecar.exited;
    const stopped = performance.now();
    await pod.restart('live-sync');
    await pod.sidecar.waitForLog(/"msg":"watching"/);
    figure('sidecar: from its start until it watches', performance.now() - stopped, 'ms');
  }, { timeoutMs });
});

describe('Delivery.RESTART', () => {
  const gateway = new SharedGateway(() => mounted([openai, anthropic], { delivery: Delivery.RESTART }));

  scenario('a gateway runs without a sidecar, and another route is another pod', async () => {
    expect(() => gateway.pod.sidecar).toThrow("no container 'live-sync'");
    expect(await gateway.way()).toBe(wayOf(openai));
    expect(() => gateway.pod.apply(mounted([anthropic, openai], { delivery: Delivery.RESTART }))).toThrow('these manifests need a new pod');
  });
});
