import { createHash } from 'crypto';
import * as http from 'http';
import { AddressInfo } from 'net';
import { Duplex } from 'stream';

const TEXT = 1;
const CLOSE = 8;

export interface Connect {
  readonly auth: { readonly token?: string; readonly password?: string };
  readonly [param: string]: unknown;
}

type Answer = { readonly payload: unknown } | { readonly error: unknown } | { readonly closeCode: number } | { readonly text: string };

/** The part of OpenClaw's WebSocket protocol that `secrets.reload` takes: connect.challenge, connect, the method. */
export class FakeGateway {
  /** What each client sent to connect, refused ones included. */
  readonly connects: Connect[] = [];
  reloads = 0;
  private readonly sockets = new Set<Duplex>();
  private server?: http.Server;
  private port = 0;
  accepts: (auth: Connect['auth']) => boolean = () => true;
  onReload: () => Answer | Promise<Answer> = () => ({ payload: { ok: true, warningCount: 0 } });

  public get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  public get tokens(): (string | undefined)[] {
    return this.connects.map(({ auth }) => auth.token);
  }

  /** Listens, after a stop on the same port. */
  public async start(): Promise<void> {
    const server = http.createServer().on('upgrade', (request, socket) => this.accept(request, socket));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  public async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server ? this.server.close(resolve) : resolve(undefined));
    this.server = undefined;
  }

  private accept(request: http.IncomingMessage, socket: Duplex): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
    const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
    let received: Buffer = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => { received = this.readFrames(Buffer.concat([received, data]), socket); });
    sendJson(socket, { type: 'event', event: 'connect.challenge', payload: { nonce: 'n' } });
  }

  private readFrames(buffer: Buffer, socket: Duplex): Buffer {
    const frame = decodeFrame(buffer);
    if (!frame) return buffer;
    if (frame.opcode === CLOSE) socket.end(encodeFrame(CLOSE, frame.payload));
    if (frame.opcode === TEXT) void this.receive(JSON.parse(frame.payload.toString()), socket);
    return this.readFrames(frame.rest, socket);
  }

  private async receive({ id, method, params }: { id: string; method: string; params: Connect }, socket: Duplex): Promise<void> {
    const answer = method === 'connect' ? this.connect(params) : await this.reload(method);
    if ('closeCode' in answer) {
      const code = Buffer.alloc(2);
      code.writeUInt16BE(answer.closeCode);
      socket.end(encodeFrame(CLOSE, code));
    } else if ('text' in answer) {
      socket.write(encodeFrame(TEXT, Buffer.from(answer.text)));
    } else {
      sendJson(socket, { type: 'res', id, ok: 'payload' in answer, ...answer });
    }
  }

  private connect(params: Connect): Answer {
    this.connects.push(params);
    if (this.accepts(params.auth)) return { payload: { type: 'hello-ok', protocol: 4 } };
    return { error: { code: 'INVALID_REQUEST', message: `bad ${JSON.stringify(params.auth)}`, details: { code: 'AUTH_TOKEN_MISMATCH' } } };
  }

  private async reload(method: string): Promise<Answer> {
    if (method !== 'secrets.reload') return { error: { code: 'INVALID_REQUEST', message: `unknown method: ${method}` } };
    this.reloads += 1;
    return this.onReload();
  }
}

function sendJson(socket: Duplex, message: unknown): void {
  socket.write(encodeFrame(TEXT, Buffer.from(JSON.stringify(message))));
}

/** Messages of these tests are shorter than 64 KiB. */
function encodeFrame(opcode: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(payload.length < 126 ? 2 : 4);
  header[0] = 0x80 + opcode;
  header[1] = Math.min(payload.length, 126);
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}

function decodeFrame(buffer: Buffer): { opcode: number; payload: Buffer; rest: Buffer } | undefined {
  if (buffer.length < 2) return undefined;
  const short = buffer[1] % 128;
  const maskAt = short === 126 ? 4 : 2;
  if (buffer.length < maskAt + 4) return undefined;
  const length = short === 126 ? buffer.readUInt16BE(2) : short;
  const start = maskAt + 4;
  if (buffer.length < start + length) return undefined;
  const mask = buffer.subarray(maskAt, start);
  // eslint-disable-next-line no-bitwise
  const payload = Buffer.from(buffer.subarray(start, start + length).map((byte, index) => byte ^ mask[index % 4]));
  return { opcode: buffer[0] % 16, payload, rest: buffer.subarray(start + length) };
}
