import { CALLER, guardOf, manifestsOf, modelsAt } from './support/fixture';
import { Judge, Protocol } from './support/judge';
import { Load, post } from './support/load';
import { RunningGuard } from './support/running-guard';
import { Model, ModelAllowlist, Provider } from '../../src/index';
import { eventually } from '../support/eventually';
import { keysOf, newChart } from '../support/gateway';
import { find } from '../support/gateway-manifests';

const POLICY = '/etc/guard/policy';
const KEY = '/etc/guard/keys/anthropic';
const PATH = '/anthropic/v1/messages';
const ALLOWED = { model: 'claude-sonnet-5', messages: [] };
const LATER = { model: 'claude-opus-5', messages: [] };
/** Many times what an idle machine needs. */
const SOON_MS = 10_000;
/** Requests of a load. */
const ENOUGH = 200;

describe.each<Protocol>(['HTTP/1.1', 'HTTP/2'])('providers with %s', protocol => {
  let judge: Judge;
  let guard: RunningGuard;
  let load: Load;
  let models: { [format: string]: Model };

  const statusOf = async (body: object, path = PATH) => (await post(guard.port, path, body)).status;

  /** How long it takes until a request is answered so. */
  async function inForce(body: object, status: number, path = PATH): Promise<number> {
    const start = performance.now();
    while (await statusOf(body, path) !== status) {
      if (performance.now() - start > SOON_MS) throw new Error(`not ${status} within ${SOON_MS} ms; the guard's log ends\n${guard.log.slice(-2000)}`);
    }
    return performance.now() - start;
  }

  function manifests(extra: Model[] = [], chain = [models.anthropic, models.openai]): any[] {
    const chart = newChart('allowlist');
    return manifestsOf(chain, guardOf('sidecar', { certificateAuthorities: judge.authoritiesOf(chain) }), {
      allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [...chain, ...extra] }),
      providerSecrets: keysOf(newChart('keys'), Provider.ANTHROPIC, Provider.OPENAI, Provider.OPENROUTER),
      acknowledge: { 'provider-key-unused': 'a route to it comes later', 'chain-single-provider': 'a short route', 'model-deprecated': 'a test' },
    }, { ANTHROPIC_API_KEY: 'key-1', OPENAI_API_KEY: 'key-2', OPENROUTER_API_KEY: 'key-3' });
  }

  beforeAll(async () => {
    judge = await Judge.start(protocol);
    models = modelsAt(judge.origin);
  });
  beforeEach(async () => {
    judge.reset();
    guard = await RunningGuard.start(manifests());
    load = new Load(guard.port, PATH, ALLOWED);
  });
  afterEach(() => guard.stop());
  afterAll(() => judge.close());

  /** Under load, no request of which failed. */
  async function underLoad(change: () => Promise<void>): Promise<void> {
    try {
      await change();
      while (load.sent < ENOUGH && load.failures.length === 0) await new Promise(resolve => setTimeout(resolve, 20));
    } finally {
      await load.stop();
    }
    expect(load.failures).toEqual([]);
  }

  test('a larger and a smaller allowlist are in force at once, and no request is lost', () => underLoad(async () => {
    const opus = models.anthropic.provider.model('claude-opus-5');
    for (let i = 0; i < 5; i++) {
      expect(await statusOf(LATER)).toBe(404);
      guard.apply(manifests([opus]));
      await inForce(LATER, 200);
      guard.apply(manifests());
      await inForce(LATER, 404);
    }
  }));

  test('another provider comes and goes, and no request is lost', () => underLoad(async () => {
    const body = { model: models.openrouter.id, messages: [] };
    const path = '/openrouter/api/v1/chat/completions';
    for (let i = 0; i < 3; i++) {
      expect(await statusOf(body, path)).toBe(404);
      guard.apply(manifests([], [models.anthropic, models.openrouter]));
      await inForce(body, 200, path);
      guard.apply(manifests());
      await inForce(body, 404, path);
    }
  }));

  test('another provider is reached before kubelet has linked the names of its files', async () => {
    await load.stop();
    guard.apply(manifests([], [models.anthropic, models.openrouter]), false);
    await inForce({ model: models.openrouter.id, messages: [] }, 200, '/openrouter/api/v1/chat/completions');
  });

  test('a rotated key is used, and no request is lost', () => underLoad(async () => {
    for (const key of ['second', 'third', 'fourth', 'fifth', 'sixth']) {
      guard.files.swap(KEY, { key: `${key}-key\n` });
      const start = performance.now();
      for (;;) {
        await statusOf(ALLOWED);
        if (judge.arrivals[judge.arrivals.length - 1].headers['x-api-key'] === `${key}-key`) break;
        if (performance.now() - start > SOON_MS) throw new Error(`'${key}' is not in use within ${SOON_MS} ms`);
      }
      judge.arrivals.length = 0;
    }
  }));

  test('a stream goes on while the policy changes', async () => {
    let [events, isChanged] = [0, false];
    judge.answer = ({ body }, response) => {
      const slow = body.includes('slow');
      response.writeHead(200, { 'content-type': slow ? 'text/event-stream' : 'application/json' });
      if (!slow) {
        response.end('{}');
        return;
      }
      const timer = setInterval(() => {
        response.write(`data: {"n":${events += 1}}\n\n`);
        if (isChanged) { clearInterval(timer); response.end('data: [DONE]\n\n'); }
      }, 100);
    };
    await load.stop();
    const stream = post(guard.port, PATH, { ...ALLOWED, messages: ['slow'], stream: true });
    await eventually('the stream has begun', () => events > 0);
    guard.apply(manifests([models.anthropic.provider.model('claude-opus-5')]));
    await inForce(LATER, 200);
    guard.apply(manifests([], [models.openai])); // its own provider goes
    await inForce(ALLOWED, 404);
    guard.apply(manifests());
    await inForce(ALLOWED, 200);
    isChanged = true;
    const { text } = await stream;
    expect(text).toContain(`data: {"n":${events}}\n\ndata: [DONE]`);
  });

  describe('of a malformed file the last good one stays in force', () => {
    const spoil: [string, string, (text: string) => string | undefined, string][] = [
      ['cut off routes', 'routes.json', text => text.slice(0, 3000), 'update_failure'],
      ['an empty file of routes', 'routes.json', () => '', 'update_failure'],
      ['no routes at all', 'routes.json', () => '{"resources":[]}', 'update_empty'],
      ['a misspelt field of a route', 'routes.json', text => text.replace('"idle_timeout"', '"idle_timeot"'), 'update_rejected'],
      ['routes of another name', 'routes.json', text => text.replace('"name":"guard"', '"name":"other"'), 'update_rejected'],
      ['routes that are gone', 'routes.json', () => undefined, 'update_failure'],
      ['a regular expression that is too large', 'routes.json', text => text.replace('[!->@-~]*', '([A-Za-z0-9]{1,900}x){1,90}'), 'update_rejected'],
      ['cut off providers', 'providers.json', text => text.slice(0, 3000), 'update_failure'],
      ['a provider that is wrong', 'providers.json', text => text.replace('"connect_timeout":"1.75s"', '"connect_timeout":"0s"'), 'update_rejected'],
      ['an empty file of what is forbidden', 'forbidden.json', () => '', 'update_failure'],
      ['nothing forbidden', 'forbidden.json', () => '{"resources":[]}', 'update_rejected'],
      ['a cut off list of fields', 'read-fields.json', text => text.slice(0, 300), 'update_failure'],
    ];

    test.each(spoil)('%s', async (_what, file, change, counter) => {
      const search = { ...ALLOWED, tools: [{ type: 'web_search_20250305' }] };
      await underLoad(async () => {
        const before = await failures(counter);
        const { [file]: text, ...others } = guard.files.files(POLICY);
        const changed = change(text);
        expect(changed).not.toBe(text);
        guard.files.swap(POLICY, changed === undefined ? others : { ...others, [file]: changed });
        const start = performance.now();
        while (await failures(counter) === before) {
          if (performance.now() - start > SOON_MS) throw new Error(`no ${counter} within ${SOON_MS} ms; the log ends\n${guard.log.slice(-2000)}`);
        }
        expect([await statusOf(ALLOWED), await statusOf(LATER), await statusOf(search), await guard.policy()]).toEqual([200, 404, 404, 200]);
        guard.files.swap(POLICY, { ...others, [file]: text });
      });
    });

    async function failures(counter: string): Promise<number> {
      const lines = (await guard.metrics()).split('\n').filter(line => new RegExp(`^envoy_(http_rds|cluster_manager_cds|extension_config_discovery\\w*?)_${counter}\\{`).test(line));
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    }
  });

  test.each(['routes.json', 'providers.json', 'forbidden.json', 'read-model.json'])('a guard that starts with a broken %s is not ready, refuses all, and heals', async file => {
    await load.stop();
    await guard.stop();
    judge.reset();
    const objects = manifests();
    const { data } = find(objects.filter(({ data: each }) => each?.['routes.json']), 'ConfigMap');
    const good = data[file];
    data[file] = good.slice(0, 200);
    guard = await RunningGuard.start(objects, { wait: false });
    const deadline = performance.now() + 5000;
    while (await guard.policy('/ready') !== 200) if (performance.now() > deadline) throw new Error(guard.log);
    expect(await guard.policy()).not.toBe(200);
    expect(await statusOf(ALLOWED)).toBeGreaterThanOrEqual(400);
    expect(judge.arrivals).toEqual([]);
    guard.files.swap(POLICY, { ...guard.files.files(POLICY), [file]: manifestsText(file) });
    await guard.until(200);
    expect(await statusOf(ALLOWED)).toBe(200);

    function manifestsText(name: string): string {
      return find(manifests().filter(({ data: each }) => each?.['routes.json']), 'ConfigMap').data[name]
        .split('/etc/guard').join(`${guard.files.root}/etc/guard`).split('/run/guard').join(`${guard.files.root}/run/guard`)
        .split('"address":"providers.test.svc"').join('"address":"127.0.0.1"');
    }
  });
});

test.each([['an empty', ''], ['a cut off', '{"resources":[{"@type"']])('a guard in a pod of its own that starts with %s file of its caller is not ready, lets nobody in, and heals', async (_what, spoilt) => {
  const judge = await Judge.start();
  const objects = manifestsOf([modelsAt(judge.origin).anthropic], guardOf('pod'));
  const { stringData } = find(objects.filter(({ stringData: each }) => each?.['caller.json']), 'Secret');
  const good = stringData['caller.json'];
  stringData['caller.json'] = spoilt;
  const guard = await RunningGuard.start(objects, { wait: false });
  try {
    await eventually('Envoy runs', async () => await guard.policy('/ready') === 200);
    const call = () => post(guard.port, PATH, ALLOWED, { headers: { 'x-api-key': CALLER } });
    expect([await guard.policy(), (await call()).status]).toEqual([500, 500]);
    guard.files.swap('/etc/guard/caller', { 'caller.json': good });
    await guard.until(200);
    expect((await call()).status).toBe(200);
    guard.files.swap('/etc/guard/caller', { 'caller.json': spoilt });
    await eventually('Envoy has seen the file', async () => await guard.metric('envoy_extension_config_discovery_http_filter_caller_update_failure') === 2);
    expect([await guard.policy(), (await call()).status]).toEqual([200, 200]); // the last good one stays in force
  } finally {
    await guard.stop();
    await judge.close();
  }
});
