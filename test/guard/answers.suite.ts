import * as fs from 'fs';
import * as path from 'path';
import { post } from './support/load';
import { SharedGuard } from './support/shared-guard';

const DOCS = path.join(__dirname, '..', '..', 'docs');
const PATH = '/anthropic/v1/messages';
const BODY = { model: 'claude-sonnet-5' };

const shared = new SharedGuard('sidecar', { requestsPerMinute: { openai: 2 } });

function answering(text: string, type = 'text/event-stream; charset=utf-8'): void {
  shared.judge.answer = (_arrival, response) => { response.writeHead(200, { 'content-type': type }).end(text); };
}

test.each<[string, string]>([
  ['keys in their order', 'data: {"type":"x","b":1.10,"a":12345678901234567890,"u":"\\u00e9 \\/"}\n\n'],
  ['half a character', 'data: {"b":1,"a":"\\ud83d"}\n\n'],
  ['no JSON', 'data: {"b":1,\n\ndata: [DONE]\n\n'],
  ['lines', 'data: {"b":1,\ndata: "a":2}\n\n'],
  ['comments, ids and carriage returns', ': ping\r\n\r\nid: 3\r\nevent: q\r\nretry: 5\r\ndata:{"b":1,"a":1}\r\n\r\n'],
  ['what is no object', 'data: 1\n\ndata: null\n\ndata: "x"\n\ndata: []\n\ndata: [{"usage":1}]\n\ndata: {"usage":5}\n\ndata: -0\n\ndata:\n\n\n\n'],
  ['no end', 'data: {"b":1,"a":1}'],
  ['megabytes', `data: {"b":"${'x'.repeat(2_500_000)}","a":1}\n\n`],
])('an answer in events with %s arrives byte for byte', async (_what, text) => {
  answering(text);
  const { text: arrived, headers } = await post(shared.guard.port, PATH, BODY);
  expect(arrived === text).toBe(true);
  expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(Object.keys(headers).filter(name => name.startsWith('x-guard'))).toEqual([]);
});

test.each(['1', 'null', '[]', '"x"', '', '{"usage":', '{"usage":5}', '\ud800', '{"a":1}{"b":2}', '['.repeat(50_000)])('the guard lives on after the answer %#', async text => {
  for (const type of ['application/json', 'text/event-stream', 'text/plain']) {
    answering(text, type);
    const { text: arrived } = await post(shared.guard.port, PATH, BODY);
    expect(arrived).toBe(Buffer.from(text).toString());
  }
  expect(shared.guard.running).toBe(true);
});

test('events arrive as they are sent, not at the end', async () => {
  shared.judge.answer = (_arrival, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"n":1}\n\n');
    setTimeout(() => response.end('data: {"n":2}\n\n'), 10_000).unref();
  };
  const start = performance.now();
  const response = await fetch(`http://127.0.0.1:${shared.guard.port}${PATH}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(BODY) });
  const reader = response.body!.getReader();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: {"n":1}\n\n');
  expect(performance.now() - start).toBeLessThan(8000);
  await reader.cancel();
});

test('a caller hears at once of an answer that breaks off', async () => {
  shared.judge.answer = (_arrival, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"n":1}\n\n', () => response.destroy());
  };
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    await expect(post(shared.guard.port, PATH, BODY)).rejects.toThrow();
    times.push(performance.now() - start);
  }
  expect(Math.min(...times)).toBeLessThan(700); // Envoy would wait for a second
});

test('an error of a provider arrives as it is', async () => {
  shared.judge.answer = (_arrival, response) => { response.writeHead(529, { 'content-type': 'application/json', 'retry-after': '7' }).end('{"type":"error"}'); };
  const { status, text, headers } = await post(shared.guard.port, PATH, BODY);
  expect([status, text, headers['retry-after']]).toEqual([529, '{"type":"error"}', '7']);
});

describe('what is measured', () => {
  beforeAll(async () => {
    answering('data: {}\n\n');
    await post(shared.guard.port, '/openrouter/api/v1/chat/completions', { model: 'anthropic/claude-sonnet-4.5' });
    await post(shared.guard.port, PATH, { ...BODY, messages: ['measured'] });
    await post(shared.guard.port, PATH, { model: 'gpt-4o' });
    for (let i = 0; i < 3; i++) await post(shared.guard.port, '/openai/v1/responses', { model: 'gpt-5.4' });
    await post(shared.guard.port, '/openrouter/api/v1/chat/completions', { model: 'anthropic/claude-sonnet-4.5', plugins: [{ id: 'web' }] });
    await post(shared.guard.port, '/elsewhere', {});
  });

  test.each<[string, string[], number]>([
    ['envoy_guard_requests', ['guard_provider="anthropic"', 'guard_status="404"'], 1],
    ['envoy_guard_requests', ['guard_provider="openai"', 'guard_status="200"', 'guard_policy="openai/gpt-5_4"'], 2],
    ['envoy_guard_requests', ['guard_provider="openai"', 'guard_status="429"'], 1],
    ['envoy_guard_requests', ['guard_provider="none"', 'guard_status="404"'], 1],
    ['envoy_guard_key_requests', ['guard_provider="openrouter"', 'guard_key="1"', 'guard_reason="failed_to_inject_credential"'], 1],
    ['envoy_guard_key_requests', ['guard_provider="openrouter"', 'guard_key="2"', 'guard_status="200"'], 1],
    ['envoy_http_rbac_policy_denied', ['envoy_rbac_policy_name="field"'], 1],
    ['envoy_http_local_rate_limit_rate_limited', ['guard_openai'], 1],
    ['envoy_http_rds_update_rejected', [], 0],
  ])('%s %j', async (name, parts, value) => {
    expect(await shared.guard.metrics()).toContain(`\n${name}{`);
    expect(await shared.guard.metric(name, ...parts)).toBe(value);
  });

  test('what the alerts ask for is there', async () => {
    const rules = fs.readFileSync(path.join(__dirname, '..', '..', 'assets', 'model-guard-alerts.yaml'), 'utf8');
    const lines = (await shared.guard.metrics()).split('\n');
    const selectors = [...rules.matchAll(/(envoy_\w+)\{(.*?)\}/g)].flatMap(([, name, labels]) => [...labels.matchAll(/(\w+)!?=/g)].map(([, label]) => [name, label]));
    expect(selectors.length).toBeGreaterThan(0);
    for (const [name, label] of selectors) expect(lines).toContainEqual(expect.stringMatching(`^${name}\\{.*\\b${label}="`));
    const names = new RegExp(`^(${/__name__=~"(.*?)"/.exec(rules)![1]})\\{`);
    const filters = ['forbidden', 'read_fields', 'read_model'].map(filter => `extension_config_discovery_http_filter_${filter}`);
    expect([...new Set(lines.flatMap(line => names.exec(line)?.[1] ?? []))].sort()).toEqual([
      ...['cluster_manager_cds', ...filters].flatMap(source => ['failure', 'rejected'].map(kind => `envoy_${source}_update_${kind}`)),
      ...['empty', 'failure', 'rejected'].map(kind => `envoy_http_rds_update_${kind}`),
      ...['failure', 'rejected'].map(kind => `envoy_listener_manager_lds_update_${kind}`),
      ...['key_rotation_failed', 'update_failure', 'update_rejected'].map(kind => `envoy_sds_${kind}`),
    ]);
  });

  test('the log says who asked for which model and what became of it', async () => {
    const deadline = performance.now() + 3000; // Envoy writes its log now and then
    const wanted = () => shared.guard.requests.filter(({ provider }) => ['anthropic', 'openai', 'openrouter'].includes(provider)).slice(-6);
    while (wanted().length < 6 || wanted()[5].provider !== 'openrouter') {
      if (performance.now() > deadline) throw new Error(shared.guard.log.slice(-2000));
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    const facts = wanted().map(each => ['provider', 'model', 'policy', 'status', 'details'].map(field => each[field]));
    expect(facts).toEqual([
      ['anthropic', 'claude-sonnet-5', 'anthropic/claude-sonnet-5', 200, 'via_upstream'],
      ['anthropic', 'gpt-4o', null, 404, 'rbac_access_denied_matched_policy[none]'],
      ['openai', 'gpt-5.4', 'openai/gpt-5_4', 200, 'via_upstream'],
      ['openai', 'gpt-5.4', 'openai/gpt-5_4', 200, 'via_upstream'],
      ['openai', 'gpt-5.4', 'openai/gpt-5_4', 429, 'local_rate_limited'],
      ['openrouter', 'anthropic/claude-sonnet-4.5', null, 404, 'rbac_access_denied_matched_policy[field]'],
    ]);
  });

  test('docs/observability.md names every field of the log', async () => {
    const page = fs.readFileSync(path.join(DOCS, 'observability.md'), 'utf8');
    const named = [...page.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(shared.guard.requests[0]).sort());
  });
});
