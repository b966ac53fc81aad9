import * as fs from 'fs';
import * as https from 'https';
import { AddressInfo } from 'net';
import * as os from 'os';
import * as path from 'path';
import { guardOf, HOST, manifestsOf } from './support/fixture';
import { Judge } from './support/judge';
import { post } from './support/load';
import { RunningGuard } from './support/running-guard';
import { ModelGuardOptions, Provider } from '../../src';
import { AUTHORITY } from '../support/authority';
import { makeCertificate } from '../support/providers/certificate';

const FACTS = { contextWindow: 128_000, maxTokens: 8192 };
const BODY = { model: 'a', messages: [] };

let guard: RunningGuard | undefined;
afterEach(() => guard?.stop());

/** The status of a call of a provider's model, through a guard. */
async function call(id: string, baseUrl: string, options: ModelGuardOptions = {}): Promise<number> {
  const model = Provider.custom(id, { baseUrl }).model('a', FACTS);
  guard = await RunningGuard.start(manifestsOf([model], guardOf('sidecar', options)));
  return (await post(guard.port, `/${id}/v1/chat/completions`, BODY)).status;
}

describe('a provider with a certificate of a private authority', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'authority-'));
  const certificate = makeCertificate(folder, [HOST]);
  const server = https.createServer(certificate, (_request, response) => response.end('{}'));
  const baseUrl = () => `https://${HOST}:${(server.address() as AddressInfo).port}/v1`;

  beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.close();
    fs.rmSync(folder, { recursive: true });
  });

  test('is called where the guard has the authority, also among others', async () => {
    expect(await call('corp', baseUrl(), { certificateAuthorities: { corp: `# ours\n${AUTHORITY}# theirs\n${certificate.cert}` } })).toBe(200);
  });

  test('is not called where the guard has another one', async () => {
    expect(await call('corp', baseUrl(), { certificateAuthorities: { corp: AUTHORITY } })).toBe(503);
  });

  test('is not called where the guard has none', async () => {
    expect(await call('corp', baseUrl())).toBe(503);
  });
});

test.each(['probe', 'admin', 'guard', 'none', 'policy', 'metrics'])("a provider may have the name '%s', which the guard uses too", async id => {
  const judge = await Judge.start();
  try {
    expect(await call(id, `http://${HOST}:${judge.port}/v1`)).toBe(200);
    expect(judge.arrivals.map(({ url }) => url)).toEqual(['/v1/chat/completions']);
    expect(await guard!.policy()).toBe(200);
    expect(judge.arrivals).toHaveLength(1); // the probe is not answered by it
  } finally {
    await judge.close();
  }
});
