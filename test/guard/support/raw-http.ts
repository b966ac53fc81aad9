import * as net from 'net';

export interface RawAnswer { readonly status: number; readonly text: string }

const PATIENCE_MS = 3000;

/** Sends bytes as they are and reads the first answer; status 0 where the connection ends or stays silent without one. */
export async function sendRaw(port: number, bytes: string | Buffer, patienceMs = PATIENCE_MS): Promise<RawAnswer> {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    let got = '';
    const done = () => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(got)?.[1] ?? 0), text: got });
    };
    socket.setTimeout(patienceMs, done);
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', data => {
      got += data.toString('latin1');
      if (isWhole(got)) done();
    });
    socket.on('close', done);
    socket.on('error', done);
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, end))?.[1];
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length);
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: [string, string][];
  readonly body?: string | Buffer;
  readonly version?: string;
}

/** A request's bytes; Host, Content-Type and Content-Length are added unless they are given. */
export function rawRequest({ method = 'POST', path, headers = [], body = '', version = 'HTTP/1.1' }: RawRequest): Buffer {
  const given = new Set(headers.map(([name]) => name.trim().toLowerCase()));
  const bytes = Buffer.from(body);
  const all = [
    ...given.has('host') ? [] : [['Host', 'guard']],
    ...given.has('content-type') ? [] : [['Content-Type', 'application/json']],
    ...given.has('content-length') || given.has('transfer-encoding') ? [] : [['Content-Length', String(bytes.length)]],
    ...headers.filter(([name, value]) => !(name.toLowerCase() === 'content-type' && value === '')),
  ];
  return Buffer.concat([Buffer.from(`${method} ${path} ${version}\r\n${all.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`), bytes]);
}
