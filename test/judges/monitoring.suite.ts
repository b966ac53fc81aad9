import { ChildProcess, execFileSync, spawn } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Budget, ModelGuard, Monitoring, ProviderKeys, SecretStore } from '../../src/index';
import { manifestsOf, modelsAt } from '../guard/support/fixture';
import { Judge } from '../guard/support/judge';
import { post } from '../guard/support/load';
import { METERED_FORMATS } from '../guard/support/metered-answers';
import { RunningGuard } from '../guard/support/running-guard';
import { bodyOf, Target, TARGETS } from '../guard/support/targets';
import { eventually } from '../support/eventually';
import { GPT, newChain, newChart, newGateway, objects, SONNET } from '../support/gateway';

const FIRST_PORT = 19_090;
const [PRIMARY, FALLBACK] = ['anthropic', 'openai'].map(id => TARGETS.find(({ path: where }) => where.startsWith(`/${id}/`))!);
const MILLION = { fresh: 1_000_000, cached: 0, written: 0, output: 1 };

/** A real Prometheus that reads a real guard as the PodMonitor says, with the alerts of the PrometheusRule. */
class RunningPrometheus {
  public readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'prometheus-'));
  private readonly process: ChildProcess;
  private said = '';

  public constructor(manifests: any[], guard: RunningGuard, private readonly port = FIRST_PORT + process.pid % 1000) {
    const [rule, monitor] = ['PrometheusRule', 'PodMonitor'].map(kind => manifests.find(each => each.kind === kind));
    const [{ path: metricsPath, relabelings: [{ targetLabel, replacement }] }] = monitor.spec.podMetricsEndpoints;
    fs.writeFileSync(path.join(this.folder, 'rules.json'), JSON.stringify(rule.spec)); // JSON is YAML too
    fs.writeFileSync(path.join(this.folder, 'prometheus.json'), JSON.stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.json'],
      scrape_configs: [{
        job_name: 'guard',
        metrics_path: metricsPath,
        static_configs: [{
          targets: [`127.0.0.1:${guard.metricsPort}`], labels: { namespace: rule.metadata.namespace, pod: 'guard-1', [targetLabel]: replacement },
        }],
      }],
    }));
    const options = { 'config.file': 'prometheus.json', 'storage.tsdb.path': 'data', 'web.listen-address': `127.0.0.1:${port}`, 'log.level': 'warn' };
    this.process = spawn('prometheus', Object.entries(options).map(([name, value]) => `--${name}=${value}`), { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout!, this.process.stderr!]) stream.on('data', text => { this.said += text; });
    this.process.on('error', error => { this.said += `${error.message}; prometheus is in the Debian package prometheus`; });
  }

  public async ask(what: string): Promise<any> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/v1/${what}`).catch(() => undefined);
    if (!answer) {
      if (this.process.exitCode !== null || this.process.pid === undefined) throw new Error(this.said);
      return undefined;
    }
    return answer.status === 503 ? undefined : answer.json(); // while it starts
  }

  /** The values of an expression, now. */
  public async values(expr: string): Promise<number[]> {
    const answer = await this.ask(`query?query=${encodeURIComponent(expr)}`);
    if (answer.status !== 'success') throw new Error(`${expr}: ${answer.error}`);
    return answer.data.result.map(({ value }: any) => Number(value[1]));
  }

  public async firing(): Promise<string[]> {
    const answer = await this.ask('alerts');
    return [...new Set<string>((answer?.data.alerts ?? []).map(({ labels }: any) => labels.alertname))].sort();
  }

  public async stop(): Promise<void> {
    const ended = new Promise(resolve => this.process.on('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
    fs.rmSync(this.folder, { recursive: true });
  }
}

let judge: Judge;
let guard: RunningGuard;
let prometheus: RunningPrometheus;
let manifests: any[];

beforeAll(async () => {
  judge = await Judge.start();
  const { anthropic, openai } = modelsAt(judge.origin);
  const budgets = [Budget.perDay({ usd: 4.9, models: [anthropic] })];
  manifests = manifestsOf([anthropic, openai], ModelGuard.sidecar({ budgets }), { monitoring: Monitoring.prometheusOperator({ dollarsPerHour: 4 }) });
  guard = await RunningGuard.start(manifests);
  prometheus = new RunningPrometheus(manifests, guard);
  await eventually('Prometheus reads the guard', async () => (await prometheus.ask('query?query=up'))?.data?.result[0]?.value[1] === '1');
});
afterAll(async () => {
  await prometheus.stop();
  await guard.stop();
  await judge.close();
});

async function call(target: Target, status: number, model = target.model): Promise<void> {
  const format = METERED_FORMATS[target.format];
  judge.answer = (_arrival, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? format.whole(format.usage(MILLION)) : '{"error":{}}');
  };
  await post(guard.port, target.path, { ...bodyOf(target), model });
}

async function alerts(what: string, names: string[]): Promise<void> {
  let now: string[] = [];
  await eventually(what, async () => {
    now = await prometheus.firing();
    return names.every(name => now.includes(name));
  }).catch(error => { throw new Error(`${error.message}; firing: ${now.join(', ')}; wanted: ${names.join(', ')}`); });
}

test('no alert fires while nothing happens', async () => {
  expect(await prometheus.firing()).toEqual([]);
});

test('alerts fire at real faults: all models fail', async () => {
  for (const target of [PRIMARY, PRIMARY, PRIMARY, FALLBACK, FALLBACK, FALLBACK]) await call(target, 529);
  await alerts('the failures are seen', ['ModelGuardAllModelsDown', 'ModelGuardFails', 'ModelGuardPrimaryDown']);
  expect(await prometheus.firing()).toEqual(['ModelGuardAllModelsDown', 'ModelGuardFails', 'ModelGuardPrimaryDown']);
});

test('alerts fire at real faults: a fallback answers', async () => {
  await call(FALLBACK, 200);
  await alerts('the fallback is seen', ['ModelGuardFallbackInUse']);
  await eventually('the gateway answers again', async () => !(await prometheus.firing()).includes('ModelGuardAllModelsDown'));
  expect(await prometheus.firing()).toEqual(['ModelGuardFails', 'ModelGuardFallbackInUse', 'ModelGuardPrimaryDown']);
});

test('alerts fire at real faults: a model and a key are refused', async () => {
  await call(PRIMARY, 200, 'claude-of-tomorrow');
  await call(PRIMARY, 401);
  await alerts('the refusals are seen', ['ModelGuardRefuses', 'ModelGuardUnauthorized']);
});

test('alerts fire at real faults: more dollars in an hour than agreed', async () => {
  expect(await prometheus.firing()).not.toContain('ModelGuardSpending');
  await call(FALLBACK, 200); // a million tokens of GPT-5.4 cost 2.50 dollars
  await call(PRIMARY, 200);
  await alerts('the dollars are seen', ['ModelGuardSpending']);
});

test('alerts fire at real faults: a budget is spent', async () => {
  const ofBudgets = ['ModelGuardBudgetHalfSpent', 'ModelGuardBudgetNearlySpent', 'ModelGuardBudgetUsedUp'];
  expect((await prometheus.firing()).filter(name => ofBudgets.includes(name))).toEqual([]);
  await call(PRIMARY, 200); // the second million tokens of Claude Sonnet 5, 2 dollars each
  await alerts('the budget is nearly spent', ofBudgets.slice(0, 2));
  await call(PRIMARY, 200);
  await alerts('the budget is used up', ofBudgets);
});

test('each query of the dashboard has data', async () => {
  const { data } = manifests.find(each => each.metadata.labels?.grafana_dashboard === '1');
  const dashboard = JSON.parse(data['openclaw.json']);
  const gateway = manifests.find(each => each.kind === 'PodMonitor').spec.podMetricsEndpoints[0].relabelings[0].replacement;
  await call(FALLBACK, 200);
  await call(FALLBACK, 529);
  judge.answer = (_arrival, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end('{}'); };
  await post(guard.port, FALLBACK.path, bodyOf(FALLBACK));
  const queries: [string, string][] = dashboard.panels.flatMap(({ title, targets }: any) => targets.map(({ expr }: any) => [
    title, expr.replace(/\$gateway/g, gateway).replace(/\$__range/g, '10m').replace(/\$__rate_interval/g, '20s'),
  ]));
  expect(queries.length).toBeGreaterThan(10);
  await eventually('the last calls are read', async () => (await prometheus.values('envoy_guard_unmetered')).length > 0);
  for (const [title, expr] of queries) {
    await eventually(`'${title}' shows a figure`, async () => (await prometheus.values(expr)).some(value => value >= 0)); // Envoy gives histograms every 5 s
  }
  const shown = async (title: string) => prometheus.values(queries.find(([each]) => each === title)![1]);
  expect(await shown('Spent')).toEqual([await guard.metric('envoy_guard_microdollars') / 1e6]);
  expect(await shown('Answers')).toEqual([6]);
  expect(await shown('Failed and refused calls')).toEqual([10]);
  expect(await shown('Calls without known tokens')).toEqual([1]);
  const [{ query }] = dashboard.templating.list.filter(({ name }: any) => name === 'gateway');
  expect((await prometheus.ask(`label/openclaw_gateway/values?match[]=${/\((\w+),/.exec(query)![1]}`)).data).toEqual([gateway]);
});

describe('as promtool tells time', () => {
  /** The series of the guard as Prometheus has them, with the labels that a real one gives. */
  async function labelsOf(metric: string, more = ''): Promise<string> {
    const { data: { result: [{ metric: { __name__: name, ...labels } }] } } = await prometheus.ask(`query?query=${encodeURIComponent(`envoy_guard_${metric}{${more}}`)}`);
    return `${name}{${Object.entries(labels).map(([label, value]) => `${label}="${value}"`).join(', ')}}`;
  }

  /** Whether an alert fires, at minutes. */
  async function fires(rules: string, alert: string, series: { [series: string]: string }, times: { [minute: number]: boolean }, interval = '1m'): Promise<void> {
    const file = path.join(prometheus.folder, 'cases.json');
    const { annotations: { summary }, labels } = JSON.parse(fs.readFileSync(path.join(prometheus.folder, rules), 'utf8')).groups[0].rules.find((each: any) => each.alert === alert);
    const names = ['namespace', 'openclaw_gateway', 'guard_policy'];
    const [first] = Object.keys(series);
    const given = Object.fromEntries([...first.matchAll(/(\w+)="(.*?)"/g)].map(([, label, value]) => [label, value]));
    const grouped = Object.fromEntries(names.filter(name => alert !== 'ModelGuardAllModelsDown' || name !== 'guard_policy').map(name => [name, given[name]]));
    const expected = { exp_labels: { ...labels, ...first.startsWith('external') ? given : grouped }, exp_annotations: { summary } };
    fs.writeFileSync(file, JSON.stringify({
      rule_files: [rules],
      evaluation_interval: interval,
      tests: [{
        interval,
        input_series: Object.entries(series).map(([each, values]) => ({ series: each, values })),
        alert_rule_test: Object.entries(times).map(([minute, fired]) => ({ eval_time: `${minute}m`, alertname: alert, exp_alerts: fired ? [expected] : [] })),
      }],
    }));
    expect(execFileSync('promtool', ['test', 'rules', file], { encoding: 'utf8' })).toContain('SUCCESS');
  }

  test('the rules are free of findings', () => {
    expect(execFileSync('promtool', ['check', 'rules', '--lint', 'all', '--lint-fatal', path.join(prometheus.folder, 'rules.json')], { encoding: 'utf8' }))
      .toContain('16 rules found');
  });

  test('one failure is no fault of the model, three are, and ten minutes later it is over', async () => {
    const failing = await labelsOf('requests', 'guard_provider="anthropic", guard_status="529"');
    await fires('rules.json', 'ModelGuardPrimaryDown', { [failing]: '_x20 1x10 4x30' }, { 25: false, 32: true, 45: false });
    await fires('rules.json', 'ModelGuardAllModelsDown', { [failing]: '_x20 1x10 4x30' }, { 25: false, 32: true, 45: false });
  });

  test('a cache that is used less than the day before is told, an idle hour is not', async () => {
    const [cached, input] = [await labelsOf('cached_tokens', 'guard_provider="openai"'), await labelsOf('input_tokens', 'guard_provider="openai"')];
    const day = 144; // of ten minutes each
    await fires('rules.json', 'ModelGuardCacheHitsDropped', {
      [cached]: `0+20000x${day} ${20000 * day}+1000x12 ${20000 * day}+0x20`, [input]: `0+30000x${day} ${30000 * day}+30000x12 ${30000 * (day + 12)}+0x20`,
    }, { [day * 10]: false, [day * 10 + 70]: true, [day * 10 + 300]: false }, '10m');
    await fires('rules.json', 'ModelGuardCacheHitsDropped', { [cached]: `0+20000x${day} ${20000 * day}+15000x12`, [input]: `0+30000x${day + 12}` }, { [day * 10 + 70]: false }, '10m');
  });

  test('a store that cannot be read for an hour is told', async () => {
    const chart = newChart();
    newGateway(chart, {
      guard: ModelGuard.sidecar(),
      monitoring: Monitoring.prometheusOperator(),
      chain: newChain(chart, [SONNET, GPT]),
      providerSecrets: [],
      providerKeys: ProviderKeys.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'openclaw/{provider}' }),
    });
    fs.writeFileSync(path.join(prometheus.folder, 'store.json'), JSON.stringify(objects(chart, 'PrometheusRule')[0].spec));
    const { metadata: { name, namespace } } = objects(chart, 'ExternalSecret')[0];
    for (const label of ['namespace', 'exported_namespace']) {
      const of = (other: string) => `externalsecret_status_condition{name="${other}", ${label}="${namespace}", condition="Ready", status="False"}`;
      await fires('store.json', 'ModelGuardKeyNotRefreshed', { [of(name)]: '0x10 1x100 0x30', [of('another')]: '1x140' }, { 30: false, 80: true, 115: false });
    }
  });
});
