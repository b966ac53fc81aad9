import * as fs from 'fs';
import * as https from 'https';
import { AddressInfo } from 'net';
import * as os from 'os';
import * as path from 'path';
import { guardOf, HOST, manifestsOf } from './support/fixture';
import { Judge } from './support/judge';
import { post } from './support/load';
import { RunningGuard } from './support/running-guard';
import { ModelGuardOptions, Provider } from '../../src/index';
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

test("a parameter may be called as a tool of Google's where no model of Google's answers; a tool of its own by type is refused there too", async () => {
  const models = [
    Provider.ANTHROPIC.model('claude-sonnet-5'), Provider.OPENAI.model('gpt-5.4'), Provider.GOOGLE.model('gemini-2.5-flash'),
    Provider.OPENROUTER.model('moonshotai/kimi-k2.5', FACTS), Provider.MISTRAL.customize({ baseUrl: 'https://proxy.example.com/v1' }).model('mistral-small-latest', FACTS),
  ];
  const manifests = JSON.stringify(manifestsOf(models, guardOf('sidecar'))).replace(/(\\"address\\":\\")[a-z.]+\.(com|ai)\\"/g, '$1127.0.0.1\\"'); // nobody listens on port 443
  guard = await RunningGuard.start(JSON.parse(manifests));
  const paths = ['/anthropic/v1/messages', '/openai/v1/responses', '/google/v1beta/models/gemini-2.5-flash:generateContent', '/openrouter/api/v1/chat/completions', '/mistral/v1/chat/completions'];
  const statuses = async (tool: object) => Promise.all(paths.map(async (address, i) => (
    await post(guard!.port, address, { ...i !== 2 && { model: models[i].id }, tools: [tool] })).status));
  const parameters = { type: 'object', properties: { retrieval: { type: 'string' }, file_search: { type: 'boolean' } } };
  expect(await statuses({ type: 'function', name: 'find', parameters })).toEqual([503, 503, 404, 404, 404]);
  expect(await statuses({ type: 'file_search' })).toEqual([404, 404, 404, 404, 404]);
  expect(await statuses({ type: 'function', name: 'find', parameters: { type: 'object', properties: {} } })).toEqual([503, 503, 503, 503, 503]);
});
