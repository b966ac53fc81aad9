import * as http from 'http';
import { parseArgs } from 'util';
import { Size } from 'cdk8s';
import { ModelGuard } from '../src/index';
import { manifestsOf, modelsAt } from '../test/guard/support/fixture';
import { Judge } from '../test/guard/support/judge';
import { RunningGuard } from '../test/guard/support/running-guard';

const { values: { quick } } = parseArgs({ options: { quick: { type: 'boolean' } } });

/** Bytes of a body, connections, and requests a round. A turn of OpenClaw has about 60 kB. */
const LOADS = [
  { bytes: 200, connections: 1, requests: 400 },
  { bytes: 200, connections: 8, requests: 1600 },
  { bytes: 60_000, connections: 1, requests: 300 },
  { bytes: 60_000, connections: 8, requests: 800 },
  { bytes: 1_000_000, connections: 1, requests: 40 },
  { bytes: 20_000_000, connections: 1, requests: 4 },
];
const ROUNDS = quick ? 1 : 5;
const EVENTS = 50;

async function send(url: URL, body: Buffer, agent: http.Agent): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': body.length } }, response => {
      response.resume().on('end', () => response.statusCode === 200 ? resolve(performance.now() - start) : reject(new Error(`${url} answered ${response.statusCode}`)));
    });
    request.on('error', reject).end(body);
  });
}

async function round(url: URL, body: Buffer, connections: number, requests: number): Promise<number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let left = requests;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (left-- > 0) times.push(await send(url, body, agent));
  }));
  agent.destroy();
  return times;
}

function quantile(times: number[], q: number): number {
  return [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))];
}

function row(...cells: (string | number)[]): void {
  console.log(`| ${cells.map(cell => typeof cell === 'number' ? cell.toFixed(2) : cell).join(' | ')} |`);
}

/** The same bodies straight to a stand-in for a provider and through a guard, turn about. */
async function main(): Promise<void> {
  const judge = await Judge.start();
  judge.record = false;
  const guard = await RunningGuard.start(manifestsOf([modelsAt(judge.origin).anthropic], ModelGuard.sidecar({ bodyLimit: Size.mebibytes(32) })));
  const direct = new URL(`http://127.0.0.1:${judge.port}/v1/messages`);
  const guarded = new URL(`http://127.0.0.1:${guard.port}/anthropic/v1/messages`);
  row('body, bytes', 'connections', 'direct p50, ms', 'direct p99', 'guard p50', 'guard p99', 'more at the median', 'memory, MiB');
  row(...Array(8).fill('---'));
  const { now: atRest } = guard.memory;
  for (const { bytes, connections, requests } of LOADS) {
    const body = Buffer.from(JSON.stringify({ model: 'claude-sonnet-5', messages: [{ role: 'user', content: 'word '.repeat(Math.ceil(bytes / 5)).slice(0, Math.max(0, bytes - 80)) }] }));
    await round(guarded, body, connections, Math.ceil(requests / 10));
    const times: { direct: number[]; guard: number[] } = { direct: [], guard: [] };
    for (let i = 0; i < ROUNDS; i++) {
      times.direct.push(...await round(direct, body, connections, requests));
      times.guard.push(...await round(guarded, body, connections, requests));
    }
    const [d, g] = [quantile(times.direct, 0.5), quantile(times.guard, 0.5)];
    row(String(bytes), String(connections), d, quantile(times.direct, 0.99), g, quantile(times.guard, 0.99), g - d, guard.memory.now);
  }

  judge.answer = (_arrival, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const timer = setInterval(() => {
      response.write(`data: {"n":${sent},"at":${performance.now()}}\n\n`);
      if ((sent += 1) === EVENTS) { clearInterval(timer); response.end(); }
    }, 20);
  };
  const late: number[] = [];
  await new Promise<void>((resolve, reject) => http.request(guarded, { method: 'POST', headers: { 'content-type': 'application/json' } }, response => {
    response.on('data', chunk => { for (const [, at] of String(chunk).matchAll(/"at":([\d.]+)/g)) late.push(performance.now() - Number(at)); }).on('end', resolve);
  }).on('error', reject).end('{"model":"claude-sonnet-5","messages":[]}'));
  console.log(`${late.length} events of a stream, later by p50 ${quantile(late, 0.5).toFixed(2)} ms, p99 ${quantile(late, 0.99).toFixed(2)} ms`);
  console.log(`memory at rest ${atRest.toFixed(0)} MiB, now ${guard.memory.now.toFixed(0)} MiB, at its peak ${guard.memory.peak.toFixed(0)} MiB`);
  await guard.stop();
  await judge.close();
}

void main();
