import * as dgram from 'dgram';
import * as net from 'net';
import * as dns from 'dns-packet';

const NXDOMAIN = 3;

export interface NameServerOptions {
  /** Where it listens. */
  readonly address: string;
  /** UDP and TCP; 0 takes a free one. @default 53 */
  readonly port?: number;
  /** IPv4 addresses by name. */
  readonly names: { readonly [name: string]: string };
}

/** How a name server takes questions. */
export enum Answers {
  /** It says what it knows. */
  KNOWN,
  /** There is no name that it knows. */
  NONE,
  /** It keeps silent. */
  SILENCE,
}

/** A DNS server that knows IPv4 addresses for some names, and no other name. */
export class NameServer {
  public static async start({ address, port = 53, names }: NameServerOptions): Promise<NameServer> {
    const server = new NameServer(names);
    await server.listen(address, port);
    return server;
  }

  /** Every name that was asked for, in order; once for each type of record. */
  public readonly asked: string[] = [];
  public answers = Answers.KNOWN;
  private readonly addresses = new Map<string, string>();
  private readonly udp = dgram.createSocket('udp4');
  private readonly tcp = net.createServer(socket => this.serve(socket));

  private constructor(names: { readonly [name: string]: string }) {
    for (const [name, address] of Object.entries(names)) this.set(name, address);
    this.udp.on('message', (query, { port, address }) => {
      const answer = this.answer(dns.decode(query));
      if (answer) this.udp.send(dns.encode(answer), port, address);
    });
  }

  public get port(): number {
    return this.udp.address().port;
  }

  /** Without an address the name is unknown from now on. */
  public set(name: string, address: string | undefined): void {
    if (address === undefined) this.addresses.delete(name.toLowerCase());
    else this.addresses.set(name.toLowerCase(), address);
  }

  public async close(): Promise<void> {
    await Promise.all([
      new Promise<void>(resolve => this.udp.close(resolve)),
      new Promise(resolve => this.tcp.close(resolve)),
    ]);
  }

  private async listen(address: string, port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => this.udp.once('error', reject).bind(port, address, resolve));
    await new Promise<void>((resolve, reject) => this.tcp.once('error', reject).listen(this.port, address, resolve));
  }

  private serve(socket: net.Socket): void {
    let received = Buffer.alloc(0);
    socket.on('error', () => socket.destroy()).on('data', (data) => {
      received = Buffer.concat([received, data]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const answer = this.answer(dns.streamDecode(received));
      if (answer) socket.end(dns.streamEncode(answer));
    });
  }

  private answer({ id, questions = [] }: dns.Packet): dns.Packet | undefined {
    const names = questions.map(({ name }) => name.toLowerCase());
    this.asked.push(...names);
    if (this.answers === Answers.SILENCE) return undefined;
    const known = this.answers === Answers.KNOWN && names.every(name => this.addresses.has(name));
    return {
      type: 'response',
      id,
      flags: dns.RECURSION_DESIRED + dns.RECURSION_AVAILABLE + dns.AUTHORITATIVE_ANSWER + (known ? 0 : NXDOMAIN),
      questions,
      answers: known ? questions.filter(({ type }) => type === 'A').map(({ name }) => (
        { type: 'A', name, ttl: 0, data: this.addresses.get(name.toLowerCase())! }
      )) : [],
    };
  }
}
