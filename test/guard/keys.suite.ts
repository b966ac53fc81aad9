import { CALLER, guardOf, manifestsOf, modelsAt } from './support/fixture';
import { Judge } from './support/judge';
import { post } from './support/load';
import { RunningGuard } from './support/running-guard';
import { ModelGuard, ProviderSecret, SecretSource } from '../../src/index';
import { eventually } from '../support/eventually';
import { newChart } from '../support/gateway';
import { find } from '../support/gateway-manifests';
import { cleanKey, storedKeys } from '../support/stored-keys';

const CALLS: [string, string, object, string][] = [
  ['anthropic', '/anthropic/v1/messages', { model: 'claude-sonnet-5' }, 'x-api-key'],
  ['openai', '/openai/v1/responses', { model: 'gpt-5.4' }, 'authorization'],
];

const REFUSED = new Error('SecretSource.unsafePlainText(): value must be one line of visible ASCII, without blanks and without quotes around it');
const REFUSED_EMPTY = new Error('SecretSource.unsafePlainText(): value must be a non-empty string, got an empty one');

let judge: Judge;
let guard: RunningGuard;
beforeAll(async () => { judge = await Judge.start(); });
afterEach(() => guard.stop());
afterAll(() => judge.close());

test('a key is sent as it was issued, or not at all and with the reason in the metrics, in whichever form it is stored', async () => {
  const models = modelsAt(judge.origin);
  guard = await RunningGuard.start(manifestsOf([models.anthropic, models.openai], guardOf('sidecar')));
  const store = (key: string | Buffer) => CALLS.forEach(([provider]) => guard.files.swap(`/etc/guard/keys/${provider}`, { key }));
  /** What reaches a provider, or the answer without it. */
  const sent = async ([, path, body, header]: typeof CALLS[number]) => {
    judge.reset();
    const { status, text } = await post(guard.port, path, body);
    const [arrived] = judge.arrivals;
    return arrived ? arrived.headers[header] : `${status} ${JSON.parse(text).error.reason}`;
  };
  const becomes = async (what: string, expected: string[]) => {
    for (const [i, call] of CALLS.entries()) {
      let seen: unknown;
      await eventually(`the key ${what} at ${call[0]}`, async () => (seen = await sent(call)) === expected[i])
        .catch(() => expect({ what, seen }).toEqual({ what, seen: expected[i] }));
    }
  };
  for (const [i, form] of storedKeys('key-of-a-provider').entries()) {
    store(`former-${i}`);
    await becomes('a former key', [`former-${i}`, `Bearer former-${i}`]);
    store(form.stored);
    const clean = cleanKey(form);
    await becomes(form.what, form.fault ? CALLS.map(() => '503 failed_to_inject_credential') : [clean, `Bearer ${clean}`]);
  }
  expect(await guard.metric('envoy_guard_requests', 'guard_status="503"', 'guard_reason="failed_to_inject_credential"')).toBeGreaterThan(0);
  expect(guard.log).not.toMatch(/key-of-a-provider|of-a-prov/);
});

test("the credential of a guard's caller opens it in each form that is taken, and the others are refused at synthesis", async () => {
  const guardOfCaller = (credential: string) => ModelGuard.pod({ caller: SecretSource.unsafePlainText(credential) });
  const manifests = (credential: string) => manifestsOf([modelsAt(judge.origin).anthropic], guardOfCaller(credential));
  const [, path, body, header] = CALLS[0];
  guard = await RunningGuard.start(manifests(CALLER));
  for (const form of storedKeys('credential-of-a-gateway')) {
    if (Buffer.isBuffer(form.stored)) continue; // no text of a program
    const { stored } = form;
    if (form.fault) {
      expect(() => manifests(stored)).toThrow(stored === '' ? REFUSED_EMPTY : REFUSED);
      continue;
    }
    guard.apply(manifests(stored));
    const { data, stringData } = find(manifests(stored).filter(({ stringData: each }) => each?.['caller.json']), 'Secret');
    const credential = (stringData ?? data).MODEL_GUARD_KEY;
    expect(credential).toBe(cleanKey(form));
    const status = async () => (await post(guard.port, path, body, { headers: { [header]: credential } })).status;
    await eventually(`the credential ${form.what} opens the guard`, async () => await status() === 200);
  }
});

test('while a key that may be missing is missing, its provider alone is barred, and the next guard uses it', async () => {
  const models = modelsAt(judge.origin);
  const key = (name: string, options = {}) => SecretSource.fromSecretName('openclaw-secrets', name, options);
  const manifests = (stored: string) => {
    const [chart, providers] = [newChart('keys'), [models.anthropic.provider, models.openai.provider]];
    const sources = [key('ANTHROPIC_API_KEY'), key(stored, { optional: true })];
    const providerSecrets = providers.map((provider, i) => new ProviderSecret(chart, provider.id, { provider, source: sources[i] }));
    return manifestsOf([models.anthropic, models.openai], guardOf('sidecar'), { providerSecrets });
  };
  const statuses = () => Promise.all(CALLS.map(async ([, path, body]) => (await post(guard.port, path, body)).status));
  guard = await RunningGuard.start(manifests('NOT_THERE'));
  expect(await statuses()).toEqual([200, 503]);
  await guard.stop();
  guard = await RunningGuard.start(manifests('OPENAI_API_KEY'));
  expect(await statuses()).toEqual([200, 200]);
});

describe('secret headers of a provider', () => {
  const source = (key: string) => SecretSource.fromSecretName('openclaw-secrets', key);
  const manifests = (headers = {}) => {
    const models = modelsAt(judge.origin);
    const openai = models.openai.provider.customize({
      headers: { 'x-portkey-provider': 'openai' }, secretHeaders: { 'X-Portkey-Api-Key': source('PORTKEY') }, bearerHeaders: { 'helicone-auth': source('HELICONE') },
    });
    return manifestsOf([models.anthropic, openai.model('gpt-5.4')], guardOf('sidecar'), {}, { PORTKEY: 'portkey-1', HELICONE: 'helicone-1', ...headers });
  };
  const [anthropic, openai] = CALLS;
  const FORGED = { 'X-Portkey-Api-Key': 'forged', 'helicone-auth': 'Bearer forged', 'x-portkey-config': 'forged' };
  /** What reaches a provider under each name, or the answer without it. */
  const sent = async ([, path, body]: typeof CALLS[number], headers = FORGED) => {
    judge.reset();
    const { status, text } = await post(guard.port, path, body, { headers });
    const [arrived] = judge.arrivals;
    if (!arrived) return `${status} ${JSON.parse(text).error.reason}`;
    return ['authorization', 'x-portkey-provider', 'x-portkey-api-key', 'helicone-auth', 'x-portkey-config'].map(name => arrived.headers[name] ?? '-').join(' ');
  };

  test('are added by the guard to the calls of this provider alone, rotate, and a missing one is a missing key', async () => {
    guard = await RunningGuard.start(manifests());
    const becomes = async (expected: string) => {
      let seen: unknown;
      await eventually(expected, async () => (seen = await sent(openai)) === expected).catch(() => expect(seen).toBe(expected));
    };
    expect(await sent(openai)).toBe('Bearer key-of-openai openai portkey-1 Bearer helicone-1 -');
    expect(await sent(anthropic)).toBe('- - - - -');
    guard.files.swap('/etc/guard/keys/openai.x-portkey-api-key', { key: 'portkey-2' });
    guard.files.swap('/etc/guard/keys/openai.helicone-auth', { key: 'helicone-2\n' });
    await becomes('Bearer key-of-openai openai portkey-2 Bearer helicone-2 -');
    for (const [folder, value] of [['openai.x-portkey-api-key', 'portkey-2'], ['openai.helicone-auth', 'helicone-2']]) {
      for (const { stored, fault } of storedKeys('secret-of-a-header').filter(form => form.fault)) {
        guard.files.swap(`/etc/guard/keys/${folder}`, { key: stored });
        await becomes('503 failed_to_inject_credential').catch(error => { throw new Error(`${folder} ${fault}: ${error.message}`); });
        expect(await sent(anthropic)).toBe('- - - - -');
      }
      guard.files.swap(`/etc/guard/keys/${folder}`, { key: value });
      await becomes('Bearer key-of-openai openai portkey-2 Bearer helicone-2 -');
    }
    expect(guard.log).not.toMatch(/portkey-[12]|helicone-[12]|secret-of-a-header/);
    expect(await guard.metrics()).not.toMatch(/portkey-[12]|helicone-[12]|secret-of-a-header/);
  });
});
