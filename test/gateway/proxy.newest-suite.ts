import * as http from 'http';
import * as net from 'net';
import { manifestsOf, MODELS } from './gateways';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { Reach } from './world';
import { SecretSource, SecretText } from '../../src/index';

const PORT = 3128;
const PASSWORD = 'needle-proxy';

/** A proxy that lets in those who know its password. */
class Proxy {
  public readonly tunnels: { readonly to: string; readonly allowed: boolean }[] = [];
  private readonly server = http.createServer((_, response) => response.writeHead(405).end());

  public constructor() {
    this.server.on('connect', ({ url = '', headers }, socket: net.Socket) => {
      const allowed = headers['proxy-authorization'] === `Basic ${Buffer.from(`openclaw:${PASSWORD}`).toString('base64')}`;
      this.tunnels.push({ to: url, allowed });
      socket.on('error', () => {});
      if (!allowed) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="company"\r\n\r\n');
      const onward = net.connect(443, Reach.PROVIDER, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      return onward.on('error', () => socket.destroy());
    });
  }

  public async start(): Promise<void> {
    await new Promise<void>(resolve => this.server.listen(PORT, '127.0.0.1', resolve));
  }

  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe('an HTTP proxy with credentials', () => {
  const proxy = new Proxy();
  beforeAll(() => proxy.start());
  afterAll(() => proxy.stop());

  const gateway = new SharedGateway(() => manifestsOf([MODELS.anthropic], {
    secrets: { PROXY: SecretSource.fromSecretName('openclaw-secrets', 'PROXY') },
    extraConfig: { proxy: { enabled: true, proxyUrl: SecretText.of('PROXY', `http://openclaw:{}@127.0.0.1:${PORT}`) } },
    keys: { PROXY: PASSWORD },
  }));

  scenario('calls of models go through it, with a password that the manifests only name', async () => {
    expect((await gateway.client.turn('hello', { session: 'agent:main:proxied' })).error).toBeUndefined();
    expect(proxy.tunnels.filter(({ to }) => to === 'api.anthropic.com:443').map(({ allowed }) => allowed)).toContain(true);
    expect(proxy.tunnels.every(({ allowed }) => allowed)).toBe(true);
    expect([gateway.pod.gateway.log, gateway.pod.sidecar.log].join('\n')).not.toContain('needle-');
  }, { timeoutMs: 300_000 });
});
