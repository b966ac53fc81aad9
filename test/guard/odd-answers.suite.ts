import { mkdtempSync, rmSync } from 'fs';
import * as http2 from 'http2';
import * as net from 'net';
import * as os from 'os';
import * as path from 'path';
import { guardOf, HOST, manifestsOf, modelsAt } from './support/fixture';
import { post } from './support/load';
import { RunningGuard } from './support/running-guard';
import { makeCertificate } from '../support/providers/certificate';

const PATH = '/anthropic/v1/messages';
const BODY = { model: 'claude-sonnet-5' };

describe('a provider answers', () => {
  let answer = '';
  const provider = net.createServer(socket => socket.on('error', () => {}).on('data', () => socket.write(answer)));
  let guard: RunningGuard;

  beforeAll(async () => {
    await new Promise<void>(resolve => provider.listen(0, '127.0.0.1', resolve));
    guard = await RunningGuard.start(manifestsOf([modelsAt(`http://${HOST}:${(provider.address() as net.AddressInfo).port}`).anthropic], guardOf('sidecar')));
  });
  afterAll(async () => {
    await guard.stop();
    provider.close();
  });

  test.each([
    ...[300, 301, 302, 303, 304, 305, 307, 308].map(status => `${status} Moved\r\nlocation: /openai/v1/responses\r\ncontent-length: 0`),
    '101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket', '101 Switching Protocols', '000 Nothing', '000 Nothing\r\ncontent-length: 0', '099 Nothing', '600 Odd', '999 Odd',
  ])('with %j, and the caller hears of a 502 at once', async head => {
    answer = `HTTP/1.1 ${head}\r\n\r\n`;
    const { status, headers, text, ms } = await post(guard.port, PATH, BODY);
    expect([status, headers.location, headers.upgrade, JSON.parse(text).error.type]).toEqual([502, undefined, undefined, 'server_error']);
    expect(ms).toBeLessThan(10_000);
  });

  test.each([200, 201, 204, 400, 429, 500, 529])('with %i, and the caller hears of it', async code => {
    answer = `HTTP/1.1 ${code} Status\r\nretry-after: 7\r\nrequest-id: r1\r\n${code === 204 ? '' : 'content-length: 2\r\n'}\r\n${code === 204 ? '' : '{}'}`;
    const { status, headers } = await post(guard.port, PATH, BODY);
    expect([status, headers['retry-after'], headers['request-id']]).toEqual([code, '7', 'r1']);
  });

  test('with headers for proxies and browsers, and the caller gets the others', async () => {
    const headers = ['X-Guard-Model', 'x-guard-caller', 'x-envoy-immediate-health-check-fail', 'X-Envoy-Overloaded', 'alt-svc', 'Set-Cookie', 'set-cookie', 'x-request-id', 'anthropic-ratelimit-requests-remaining'];
    answer = `HTTP/1.1 200 OK\r\n${headers.map(name => `${name}: 1\r\n`).join('')}content-length: 2\r\n\r\n{}`;
    const got = (await post(guard.port, PATH, BODY)).headers;
    expect(Object.keys(got).sort()).toEqual(['anthropic-ratelimit-requests-remaining', 'content-length', 'date', 'server', 'x-request-id']);
  });
});

test('a stream that a provider refuses is not sent again', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'refusing-'));
  const { key, cert } = makeCertificate(folder, [HOST]);
  let streams = 0;
  const provider = http2.createSecureServer({ key, cert }).on('stream', stream => {
    streams += 1;
    stream.on('error', () => {}).close(http2.constants.NGHTTP2_REFUSED_STREAM);
  });
  await new Promise<void>(resolve => provider.listen(0, '127.0.0.1', resolve));
  const model = modelsAt(`https://${HOST}:${(provider.address() as net.AddressInfo).port}`).anthropic;
  const guard = await RunningGuard.start(manifestsOf([model], guardOf('sidecar', { certificateAuthorities: { anthropic: cert } })));
  try {
    expect((await post(guard.port, PATH, BODY)).status).toBe(503);
    expect(streams).toBe(1);
  } finally {
    await guard.stop();
    provider.close();
    rmSync(folder, { recursive: true });
  }
});
