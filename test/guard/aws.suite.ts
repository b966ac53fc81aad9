import { signerOf } from './support/aws-signature';
import { guardOf, manifestsOf, Placement, PROFILE } from './support/fixture';
import { Judge } from './support/judge';
import { Load, post } from './support/load';
import { RunningGuard } from './support/running-guard';
import { AwsCredentials, ModelApi, Provider, ProviderSecret, SecretSource } from '../../src/index';
import { eventually } from '../support/eventually';
import { newChart } from '../support/gateway';

const FACTS = { contextWindow: 128_000, maxTokens: 8192 };
const CLAUDE = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
const MESSAGES = '/bedrock/anthropic/v1/messages';
const BODY = { model: CLAUDE, messages: [{ role: 'user', content: 'hello' }] };
const SECRETS: { [id: string]: string } = { AKIAEXAMPLE000000001: 'secret/of+first', AKIAEXAMPLE000000002: 'secret/of+second', AKIAEXAMPLE000000003: 'secret/of+us' };
const [FIRST, SECOND, US] = Object.keys(SECRETS);
const PARTS = ['id', 'secret'] as const;

let judge: Judge;
let guard: RunningGuard;
beforeAll(async () => {
  judge = await Judge.start('HTTP/2');
  guard = await RunningGuard.start(manifests('sidecar'));
});
beforeEach(() => judge.reset());
afterAll(async () => {
  await guard.stop();
  await judge.close();
});

function manifests(placement: Placement): any[] {
  const chart = newChart('keys');
  const eu = Provider.bedrock({ region: 'eu-central-1' }).customize({ baseUrl: judge.origin });
  const us = Provider.bedrock({ region: 'us-east-1', id: 'bedrock-us' }).customize({ baseUrl: judge.origin });
  const models = [
    eu.model(CLAUDE, FACTS), eu.model(PROFILE, { ...FACTS, api: ModelApi.ANTHROPIC_MESSAGES }), eu.model('openai.gpt-oss-120b-1:0', FACTS),
    us.model('us.anthropic.claude-haiku-4-5-20251001-v1:0', FACTS),
  ];
  const source = (key: string) => SecretSource.fromSecretName('openclaw-secrets', key);
  const secretOf = (provider: Provider, name: string) => new ProviderSecret(chart, name, {
    provider, credentials: AwsCredentials.accessKeys({ accessKeyId: source(`${name}_ID`), secretAccessKey: source(`${name}_SECRET`) }),
  });
  const stored = { EU_ID: FIRST, EU_SECRET: SECRETS[FIRST], US_ID: US, US_SECRET: SECRETS[US] };
  const options = { certificateAuthorities: judge.authoritiesOf(models) };
  return manifestsOf(models, guardOf(placement, options), { providerSecrets: [secretOf(eu, 'EU'), secretOf(us, 'US')] }, stored);
}

const signers = () => judge.arrivals.map(arrival => signerOf(arrival, SECRETS));

/** Stores the two values of an access key. */
function store(...values: (string | Buffer | undefined)[]): void {
  PARTS.forEach((part, i) => guard.files.swap(`/etc/guard/keys/bedrock.aws.${part}`, values[i] === undefined ? {} : { key: values[i]! }));
}

/** Waits for what leaves: who signs, or the answer of the guard. */
async function becomes(expected: string): Promise<void> {
  let seen: unknown;
  const look = async () => {
    judge.arrivals.length = 0;
    const { status, text } = await post(guard.port, MESSAGES, BODY);
    seen = signers()[0] ?? `${status} ${JSON.parse(text).error.reason}`;
    return seen === expected;
  };
  await eventually(expected, look).catch(() => expect(seen).toBe(expected));
}

test('requests are signed for their region, in each format, whatever the model is called, streamed or not', async () => {
  const forged = { 'authorization': 'AWS4-HMAC-SHA256 Credential=forged', 'x-api-key': 'forged', 'x-amz-date': '20200101T000000Z', 'x-amz-security-token': 'forged' };
  const calls: [string, object][] = [
    [MESSAGES, BODY],
    [`${MESSAGES}?beta=true`, { ...BODY, stream: true }],
    [MESSAGES, { ...BODY, model: PROFILE }],
    [MESSAGES, { ...BODY, pad: 'ü'.repeat(4 * 2 ** 20) }],
    ['/bedrock/openai/v1/chat/completions', { ...BODY, model: 'openai.gpt-oss-120b-1:0', stream: true }],
    ['/bedrock-us/anthropic/v1/messages', { ...BODY, model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' }],
  ];
  judge.answer = (_arrival, response) => { response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {}\n\n'); };
  for (const [path, body] of calls) expect([path, (await post(guard.port, path, body, { headers: forged })).status]).toEqual([path, 200]);
  expect(signers()).toEqual([...Array(5).fill(`${FIRST} eu-central-1 bedrock`), `${US} us-east-1 bedrock`]);
  expect(judge.arrivals.map(({ body }) => body.toString())).toEqual(calls.map(([, body]) => JSON.stringify(body)));
  expect(judge.arrivals.flatMap(({ headers }) => ['x-api-key', 'x-amz-security-token'].filter(name => name in headers))).toEqual([]);
});

test('models that are not allowed leave neither signed nor unsigned', async () => {
  for (const model of ['eu.anthropic.claude-opus-4-5-20251101-v1:0', `${CLAUDE}%`, 'openai.gpt-oss-120b-1:0']) expect((await post(guard.port, MESSAGES, { ...BODY, model })).status).toBe(404);
  for (const path of ['/bedrock/model/x/invoke', '/bedrock/model/x/converse-stream', '/bedrock/']) expect((await post(guard.port, path, BODY)).status).toBe(404);
  expect(judge.arrivals).toEqual([]);
});

test('nothing leaves without a whole access key, and a stored one heals it', async () => {
  await becomes(`${FIRST} eu-central-1 bedrock`);
  for (const pair of [[undefined, undefined], [FIRST, ''], [FIRST, 'secret\nof first']]) {
    store(...pair);
    await becomes('503 failed_to_inject_credential');
    store(FIRST, SECRETS[FIRST]);
    await becomes(`${FIRST} eu-central-1 bedrock`);
  }
  store(undefined, SECRETS[FIRST]);
  await becomes('503 failed_to_inject_credential');
  expect((await post(guard.port, '/bedrock-us/anthropic/v1/messages', { ...BODY, model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' })).status).toBe(200);
  store(`${SECOND}\r\n`, `${SECRETS[SECOND]}\n`);
  await becomes(`${SECOND} eu-central-1 bedrock`);
});

test('access keys that are swapped under load lose no call, also if their values arrive one after the other', async () => {
  store(FIRST, SECRETS[FIRST]);
  await becomes(`${FIRST} eu-central-1 bedrock`);
  judge.arrivals.length = 0;
  const load = new Load(guard.port, MESSAGES, BODY);
  guard.files.swap('/etc/guard/keys/bedrock.aws.id', { key: SECOND });
  await new Promise(resolve => setTimeout(resolve, 100));
  guard.files.swap('/etc/guard/keys/bedrock.aws.secret', { key: SECRETS[SECOND] });
  await eventually('the new key signs', async () => judge.arrivals.length > 0 && signerOf(judge.arrivals.at(-1)!, SECRETS).startsWith(SECOND));
  await load.stop();
  expect(load.failures).toEqual([]);
  expect(new Set(signers())).toEqual(new Set([`${FIRST} eu-central-1 bedrock`, `${SECOND} eu-central-1 bedrock`]));
});

test('neither log, nor metrics, nor the command hold a value', async () => {
  const texts = [guard.log, await guard.metrics(), guard.files.wrapper.join(' ')];
  const values = Object.entries(SECRETS).flat();
  expect(texts.map(text => values.find(value => text.includes(value)))).toEqual([undefined, undefined, undefined]);
});

test('a guard in pods of its own signs too', async () => {
  const pod = await RunningGuard.start(manifests('pod'));
  try {
    expect((await post(pod.port, MESSAGES, BODY, { headers: { 'x-api-key': 'caller-0123456789abcdef' } })).status).toBe(200);
    expect(signers()).toEqual([`${FIRST} eu-central-1 bedrock`]);
  } finally {
    await pod.stop();
  }
});
