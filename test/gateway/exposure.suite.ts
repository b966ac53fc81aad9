import * as kplus from 'cdk8s-plus-28';
import { WebSocket } from 'ws';
import { askFrom } from './ask-from';
import { GATEWAY_TOKEN, manifestsOf, MODELS } from './gateways';
import { RunningPod } from './pod/running-pod';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { eventually } from '../support/eventually';
import { newChart } from '../support/gateway';

const ORIGIN = 'https://assistant.example.com';
const PROXY = '10.244.1.9';
const ANOTHER = '10.244.1.10';
/** What a proxy adds. */
const FORWARDED = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' };

const manifests = (origins = [ORIGIN]) => manifestsOf([MODELS.anthropic], {
  httpApi: true,
  exposure: { origins, trustedProxies: [PROXY], peers: [kplus.Pods.all(newChart(), 'Proxy')] },
});

/** What the gateway says to a Control UI that nobody has paired: which wall it meets first. */
async function wallFor(origin: string, localAddress = PROXY, headers: object = FORWARDED): Promise<string> {
  const socket = new WebSocket(`ws://${localAddress === '127.0.0.1' ? localAddress : RunningPod.ADDRESS}:18789`, {
    localAddress, origin, headers: { host: new URL(origin).host, ...headers },
  });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', (code, reason) => resolve(`${code} ${reason}`));
      socket.on('message', data => {
        const { event, type, ok, error } = JSON.parse(String(data));
        if (event === 'connect.challenge') {
          const client = { id: 'openclaw-control-ui', version: '1.0.0', platform: 'linux', mode: 'webchat' };
          const params = { minProtocol: 3, maxProtocol: 99, role: 'operator', scopes: ['operator.read'], client, auth: { token: GATEWAY_TOKEN } };
          socket.send(JSON.stringify({ type: 'req', id: '1', method: 'connect', params }));
        } else if (type === 'res') {
          resolve(ok ? 'none' : error.details?.code ?? error.message);
        }
      });
    });
  } finally {
    socket.terminate();
  }
}

describe('reaching a gateway', () => {
  const gateway = new SharedGateway(() => manifests());

  scenario('exposure: browsers are let in under its origins, refused under others, and kubectl port-forward goes on to work', async () => {
    expect(await wallFor(ORIGIN)).not.toMatch(/ORIGIN/);
    for (const other of ['https://evil.example.com', 'http://assistant.example.com', 'https://assistant.example.com:8443', 'http://localhost:18789']) {
      expect(await wallFor(other)).toMatch(/ORIGIN/);
    }
    expect(await wallFor('http://localhost:18789', '127.0.0.1', {})).not.toMatch(/ORIGIN/);
  });

  scenario('exposure: what its proxy forwards is answered', async () => {
    expect(await askFrom(PROXY, { ...FORWARDED, authorization: `Bearer ${GATEWAY_TOKEN}` })).toBe(200);
  });

  scenario('exposure: what another proxy forwards is refused', async () => {
    expect([401, 403]).toContain(await askFrom(ANOTHER, { ...FORWARDED, authorization: `Bearer ${GATEWAY_TOKEN}` }));
  }, {
    limit: {
      since: '2026.8.1',
      before: 'answered, to whoever has the token',
      body: async () => expect(await askFrom(ANOTHER, { ...FORWARDED, authorization: `Bearer ${GATEWAY_TOKEN}` })).toBe(200),
    },
  });

  const next = 'https://chat.example.com';
  const STARTED = /http server listening/;
  const letInNext = () => eventually('the new origin is let in', () => wallFor(next).then(wall => !/ORIGIN/.test(wall), () => false), 60_000);

  scenario('exposure: another origin is let in without a restart', async () => {
    const { pid, log } = gateway.pod.gateway;
    gateway.pod.apply(manifests([ORIGIN, next]));
    await gateway.pod.gateway.waitForLog(/hot reload applied/, { from: log.length, timeoutMs: 60_000 });
    await letInNext();
    expect(gateway.pod.gateway.log.slice(log.length)).not.toMatch(STARTED);
    expect(gateway.pod.gateway.pid).toBe(pid);
  }, {
    limit: {
      since: '2026.9.6',
      before: 'let in once OpenClaw has restarted in its pod',
      body: async () => {
        const { pid, log } = gateway.pod.gateway;
        gateway.pod.apply(manifests([ORIGIN, next]));
        await gateway.pod.gateway.waitForLog(STARTED, { from: log.length, timeoutMs: 60_000 });
        await letInNext();
        expect(gateway.pod.gateway.pid).toBe(pid);
      },
    },
  });
});
