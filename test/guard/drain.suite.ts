import { spawn } from 'child_process';
import * as net from 'net';
import { CALLER, guardOf, manifestsOf, modelsAt, Placement } from './support/fixture';
import { Judge } from './support/judge';
import { post } from './support/load';
import { RunningGuard } from './support/running-guard';
import { eventually } from '../support/eventually';
import { guardsOf } from '../support/guard-files';

const PATH = '/anthropic/v1/messages';

let judge: Judge;
let guard: RunningGuard;

afterEach(async () => {
  await guard.stop();
  await judge.close();
});

/** Starts a guard and its hook, with the ports of this machine; when the hook ends Envoy is told to end, as kubelet does it. */
async function start(placement: Placement, gatewayPort = 1): Promise<() => Promise<number>> {
  judge = await Judge.start();
  const manifests = manifestsOf([modelsAt(judge.origin).anthropic], guardOf(placement));
  guard = await RunningGuard.start(manifests);
  const [{ container: { lifecycle } }] = guardsOf(manifests);
  const [program, ...args] = lifecycle.preStop.exec.command.map((word: string) => word.replace(/\b9402\b/g, String(guard.metricsPort)).replace(/\b18789\b/g, String(gatewayPort)));
  return async () => {
    const begun = performance.now();
    const code = await new Promise(resolve => spawn(program, args, { stdio: 'ignore', timeout: 60_000 }).on('close', resolve));
    expect(code).toBe(0);
    return performance.now() - begun;
  };
}

test('in pods of its own a guard ends when the running answers have', async () => {
  const hook = await start('pod');
  judge.answer = (_arrival, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    setTimeout(() => response.end('data: 2\n\n'), 7000);
  };
  const headers = { 'x-api-key': CALLER };
  const stream = post(guard.port, PATH, { model: 'claude-sonnet-5' }, { headers });
  await eventually('the request has arrived', () => judge.arrivals.length > 0);
  const ms = await hook();
  expect((await stream).text).toBe('data: 1\n\ndata: 2\n\n');
  expect(ms).toBeGreaterThan(6500);
  expect(ms).toBeLessThan(30_000);
  expect(await hook()).toBeLessThan(20_000); // without anything to wait for
}, 60_000);

test('in pods of its own a guard goes on while requests come, of which a probe is none', async () => {
  const hook = await start('pod');
  judge.answer = (_arrival, response) => response.end('{}');
  const headers = { 'x-api-key': CALLER };
  let sent = 0;
  const requests = setInterval(() => {
    if (++sent === 8) clearInterval(requests);
    void post(guard.port, PATH, { model: 'claude-sonnet-5' }, { headers });
  }, 2000);
  const probes = setInterval(() => void fetch(`http://127.0.0.1:${guard.metricsPort}/policy`), 1900);
  const ms = await hook();
  clearInterval(probes);
  expect(sent).toBe(8);
  expect(judge.arrivals).toHaveLength(8);
  expect(ms).toBeGreaterThan(25_000);
  expect(ms).toBeLessThan(45_000);
}, 60_000);

test('in pods of its own a guard uses each connection for one request, so that the next one goes elsewhere', async () => {
  await start('pod');
  const { headers } = await post(guard.port, PATH, { model: 'claude-sonnet-5' }, { headers: { 'x-api-key': CALLER, 'connection': 'keep-alive' } });
  expect(headers.connection).toBe('close');
});

test('beside the gateway a guard ends when the gateway has', async () => {
  const gateway = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => gateway.once('listening', resolve));
  const hook = await start('sidecar', (gateway.address() as net.AddressInfo).port);
  setTimeout(() => gateway.close(), 2000);
  expect(await hook()).toBeGreaterThan(1900);
  expect(await hook()).toBeLessThan(10_000);
});
