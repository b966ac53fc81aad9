import * as http from 'http';
import * as https from 'https';
import { AddressInfo } from 'net';
import { Behaviour, Match, Rules } from './behaviour';
import { Call, describeCalls, readCall } from './call';
import { Connections } from './connections';
import { respond, settle } from './respond';

export interface MockProvidersOptions {
  /**
   * OpenClaw blocks an official host that resolves to a loopback, private or reserved address: there a network namespace must have an address
   * that looks public.
   * @default 127.0.0.1
   */
  readonly address?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** 0 takes a free port. */
  readonly ports: { readonly http?: number[]; readonly https?: number[] };
}

interface Waiter { readonly matches: (call: Call) => boolean; readonly found: (call: Call) => void }

/**
 * Stands in for the model providers: understands their wire formats, logs every call and answers it `answer of <model>`, or as
 * the newest rule that matches says. What it does not understand, an upgrade to a websocket too, is logged as `unknown` and answered 404.
 */
export class MockProviders {
  public static async start({ address = '127.0.0.1', tls, ports }: MockProvidersOptions): Promise<MockProviders> {
    const mock = new MockProviders(address);
    for (const port of ports.http ?? []) await mock.listen('http', http.createServer(), port);
    for (const port of ports.https ?? []) await mock.listen('https', https.createServer({ ...tls }), port);
    return mock;
  }

  /** In the order in which the requests were read. */
  public readonly calls: Call[] = [];
  /** Such as `http://127.0.0.1:9300`: the HTTP ones first, each in the order of the options. */
  public readonly origins: string[] = [];
  private readonly servers: http.Server[] = [];
  private readonly connections = new Connections();
  private readonly rules = new Rules();
  private readonly waiters = new Set<Waiter>();
  private lastId = 0;

  private constructor(private readonly address: string) {}

  /** The newest rule comes first. */
  public when(match: Match, behaviour: Behaviour): void {
    this.rules.add(match, behaviour);
  }

  /** Forgets rules and calls. */
  public reset(): void {
    this.rules.clear();
    this.calls.length = 0;
  }

  /** A call that is, or comes to be, as wanted: one that is already logged, a new one, or one whose outcome changes. */
  public async waitForCall(matches: (call: Call) => boolean, timeoutMs = 10_000): Promise<Call> {
    const logged = this.calls.find(matches);
    if (logged) return logged;
    return new Promise((resolve, reject) => {
      const waiter = { matches, found: (call: Call) => { clearTimeout(timer); resolve(call); } };
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        reject(new Error([`no such call within ${timeoutMs} ms; ${this.calls.length} seen`, ...describeCalls(this.calls)].join('\n  ')));
      }, timeoutMs);
      this.waiters.add(waiter);
    });
  }

  /** Ends idle connections now and busy ones after their answer, so that a changed DNS answer takes effect. */
  public dropConnections(host?: string): void {
    this.connections.drop(host);
  }

  public async close(): Promise<void> {
    await Promise.all(this.servers.map(server => new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    })));
  }

  private async listen(scheme: string, server: http.Server, port: number): Promise<void> {
    this.connections.watch(server);
    server.on('request', (request, response) => {
      this.take(request, response).catch((error) => { if (!request.destroyed && !response.destroyed) throw error; });
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, this.address, resolve));
    this.servers.push(server);
    this.origins.push(`${scheme}://${this.address}:${(server.address() as AddressInfo).port}`);
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { socket } = request;
    const gone = new AbortController();
    const read = await readCall(request, `mock${this.lastId += 1}`);
    const { call } = read;
    const end = this.connections.begin(socket, call.host);
    const conclude = (outcome: Call['outcome']) => { settle(call, outcome); this.announce(call); };
    response.once('finish', () => conclude((call.status ?? 0) < 400 ? 'answered' : 'failed'));
    response.once('close', () => { conclude('aborted'); end(); gone.abort(); });
    this.calls.push(call);
    this.announce(call);
    await respond({
      ...read, response, gone: gone.signal, reset: () => this.connections.reset(socket),
    }, this.rules.take(call));
  }

  private announce(call: Call): void {
    for (const waiter of this.waiters) {
      if (!waiter.matches(call)) continue;
      this.waiters.delete(waiter);
      waiter.found(call);
    }
  }
}
