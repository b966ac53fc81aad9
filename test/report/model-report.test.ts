import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Chart, Duration } from 'cdk8s';
import {
  Fleet, ModelAllowlist, ModelGuard, ModelReport, OpenClawDeploymentProps, OpenClawVersion, Preset, Provider,
  ProviderKeys, ProviderSecret, SecretSource, Tenants,
} from '../../src/index';
import { ReportData } from '../../src/report/report-data';
import { GPT, keysOf, messageOf, newChain, newChart, newGateway, SONNET, TOKEN } from '../support/gateway';

const LOAD = { turnsPerDay: 500, inputTokens: 20_000, outputTokens: 500, cacheHitRatio: 0.7 };
const LOCAL = Provider.custom('vllm', { baseUrl: 'https://vllm.example.com/v1', requiresKey: false });
const LLAMA = LOCAL.model('llama', { contextWindow: 131072, maxTokens: 8192 });

const reportOf = (props: (chart: Chart) => Partial<OpenClawDeploymentProps> = () => ({}), load = LOAD) => {
  const chart = newChart();
  newGateway(chart, props(chart));
  return ModelReport.of(chart, { load });
};
const dataOf = (report: ModelReport): ReportData => JSON.parse(report.json());

/** The texts of an XML file, as a parser reads them; it refuses what is not XML. */
const xmlTexts = (xml: string): string[] => JSON.parse(execFileSync('python3', ['-c', [
  'import json, sys, xml.etree.ElementTree as tree',
  'print(json.dumps(["".join(each.itertext()) for each in tree.fromstring(sys.stdin.buffer.read()) if each.tag.endswith("text")]))',
].join('\n')], { input: xml, encoding: 'utf8' }));

describe('costs', () => {
  test('are those of a load, by the formula of docs/reports.md', () => {
    const { gateways: [{ agents: [{ route, monthly }] }] } = dataOf(reportOf());
    const turns = 30 * 500;
    // Anthropic charges for what is written to the cache; the catalog has no such price for GPT-5.4
    const sonnet = turns * (6000 * 2.5 + 14000 * 0.2 + 500 * 10) / 1e6;
    const gpt = turns * (6000 * 2.5 + 14000 * 0.25 + 500 * 15) / 1e6;
    expect(route).toEqual([
      { ref: 'anthropic/claude-sonnet-5', role: 'primary', monthlyUsd: sonnet },
      { ref: 'openai/gpt-5.4', role: 'fallback 1', monthlyUsd: gpt },
    ]);
    expect(monthly).toEqual({ primary: { usd: sonnet, isLowerBound: false }, dearest: { usd: gpt, isLowerBound: false } });
  });

  test('without a cache, all input has the price of input', () => {
    const { monthly } = dataOf(reportOf(() => ({}), { ...LOAD, cacheHitRatio: 0 }));
    expect(monthly!.primary.usd).toBe(15_000 * (20_000 * 2 + 500 * 10) / 1e6);
  });

  test('without a price of the cache, there is no discount', () => {
    const priced = LOCAL.model('llama', { contextWindow: 131072, maxTokens: 8192, cost: { input: 1, output: 1 } });
    const report = reportOf(chart => ({ chain: newChain(chart, [SONNET, priced]), providerSecrets: keysOf(chart, Provider.ANTHROPIC) }));
    const { gateways: [{ agents: [{ route }] }] } = dataOf(report);
    expect(route[1].monthlyUsd).toBe(15_000 * 20_500 / 1e6);
  });

  test('are lower bounds where a price is unknown, and the text says so', () => {
    const report = reportOf(chart => ({ chain: newChain(chart, [SONNET, LLAMA]), providerSecrets: keysOf(chart, Provider.ANTHROPIC) }));
    expect(dataOf(report).monthly).toEqual({ primary: { usd: 342, isLowerBound: false }, dearest: { usd: 342, isLowerBound: true } });
    expect(report.markdown()).toContain('| all |  |  | $342.00 | at least $342.00 |');
    expect(report.markdown()).toContain('Some prices are unknown.');
    expect(reportOf().markdown()).not.toContain('unknown');
  });

  test('are there for each agent, and their sum for all', () => {
    const { gateways: [{ agents }], monthly } = dataOf(reportOf(chart => ({ agents: { cheap: { chain: newChain(chart, [GPT, SONNET], 'Cheap') } } })));
    expect(agents.map(({ id, route: [{ ref }] }) => [id, ref])).toEqual([['main', 'anthropic/claude-sonnet-5'], ['cheap', 'openai/gpt-5.4']]);
    expect(monthly!.primary.usd).toBe(agents[0].monthly!.primary.usd + agents[1].monthly!.primary.usd);
  });

  test('without a load there are none', () => {
    const chart = newChart();
    newGateway(chart);
    const report = ModelReport.of(chart);
    expect(dataOf(report)).not.toHaveProperty('monthly');
    expect(report.markdown() + report.svg() + report.mermaid()).not.toContain('month');
  });
});

test('a fleet has a gateway for each tenant, whose costs add up', () => {
  const app = new App();
  new Fleet(app, 'fleet', {
    tenants: Tenants.of(['red', 'blue', 'green'].map(name => ({ name }))),
    version: OpenClawVersion.V2026_9_6,
    chain: newChain(new Chart(app, 'shared'), [SONNET, GPT]),
    providerKeys: ProviderKeys.fromSecretName('keys'),
    auth: TOKEN,
  });
  const { gateways, monthly } = dataOf(ModelReport.of(app, { load: LOAD }));
  expect(gateways.map(({ path: at, namespace, agents: [{ route: [{ ref }] }] }) => [at, namespace, ref]).sort())
    .toEqual(['blue', 'green', 'red'].map(name => [expect.stringContaining(name), name, 'anthropic/claude-sonnet-5']));
  expect(monthly!.primary.usd).toBeCloseTo(3 * gateways[0].monthly!.primary.usd);
});

test('a report has models with window, tier, price and its source, keys with source and rotation, and accepted findings with reasons', () => {
  const { gateways: [gateway] } = dataOf(reportOf(chart => ({
    chain: newChain(chart, [SONNET, Provider.ANTHROPIC.model('claude-haiku-4-5')]),
    providerSecrets: keysOf(chart, Provider.ANTHROPIC),
    modelSlots: { heartbeat: { every: Duration.minutes(30) } },
    acknowledge: { 'chain-single-provider': 'a trial' },
  })));
  expect(gateway).toMatchObject({ path: 'prod/Gateway', namespace: 'gateways', version: '2026.9.6', preset: 'prod', delivery: 'live', guard: 'none' });
  expect(gateway.models[1]).toEqual({
    ref: 'anthropic/claude-haiku-4-5',
    name: 'Claude Haiku 4.5',
    tiers: ['economy'],
    contextWindow: 200000,
    price: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25, source: expect.stringMatching(/^litellm [\d.]+, \d{4}-\d\d-\d\d$/) },
    key: 'ANTHROPIC_API_KEY',
  });
  expect(gateway.models[0].price!.source).toBe("OpenClaw's catalog");
  expect(gateway.keys[0]).toEqual({
    name: 'ANTHROPIC_API_KEY', providers: ['anthropic'], source: 'Secret openclaw-secrets, key ANTHROPIC_API_KEY', rotation: 'a new value is used without a restart',
  });
  expect(gateway.agents[0].slots).toEqual([{ slot: 'heartbeat every 30 min', ref: 'anthropic/claude-sonnet-5' }]);
  expect(gateway.findings).toContainEqual(expect.objectContaining({ rule: 'chain-single-provider', acknowledged: 'a trial' }));
});

test('a price of the catalog that the list contradicts is told with both', () => {
  const { gateways: [{ models }] } = dataOf(reportOf(chart => ({ chain: newChain(chart, [SONNET, Provider.OPENAI.model('gpt-5.6-sol')]) })));
  expect(models[1].price).toMatchObject({ input: 5, output: 30, listed: { input: 4, output: 20 } });
});

test('a pattern has the highest price of its known models', () => {
  const { gateways: [{ agents: [{ alternatives }] }] } = dataOf(reportOf(chart => ({
    allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT], providers: [Provider.GOOGLE] }),
    providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE),
  })));
  expect(alternatives).toEqual([{ ref: 'google/*', key: 'GEMINI_API_KEY', highestPrice: { input: 2, output: 12 } }]);
});

test('every gateway of an app is there, and the same app gives the same texts', () => {
  const app = () => {
    const made = new App();
    newGateway(newChart('dev', 'dev', made), { preset: Preset.DEV });
    newGateway(newChart('prod', 'prod', made), { guard: ModelGuard.sidecar() });
    const report = ModelReport.of(made, { load: LOAD });
    return [report.json(), report.markdown(), report.svg(), report.mermaid()];
  };
  expect(JSON.parse(app()[0]).gateways.map(({ path: at, guard }: any) => [at, guard])).toEqual([['dev/Gateway', 'none'], ['prod/Gateway', 'beside the gateway']]);
  expect(app()).toEqual(app());
});

test('no text contains a secret', () => {
  const chart = newChart();
  newGateway(chart, {
    preset: Preset.DEV,
    chain: newChain(chart, [SONNET]),
    providerSecrets: [new ProviderSecret(chart, 'Key', { provider: Provider.ANTHROPIC, source: SecretSource.unsafePlainText('sk-ant-hunter2-hunter2') })],
  });
  const report = ModelReport.of(chart);
  for (const text of [report.json(), report.markdown(), report.svg(), report.mermaid()]) expect(text).not.toContain('hunter2');
});

test('the picture is XML with every text, whatever names contain', () => {
  const chart = newChart('a<b>&"c"', null);
  newGateway(chart, { chain: newChain(chart, [SONNET, GPT, Provider.ANTHROPIC.model('claude-haiku-4-5'), Provider.OPENAI.model('gpt-5.4-mini')]) });
  const report = ModelReport.of(chart, { load: LOAD });
  const texts = xmlTexts(report.svg());
  expect(texts[0]).toBe('a<b>&"c"/Gateway');
  expect(texts).toEqual(expect.arrayContaining(['primary', 'fallback 3', 'openai/gpt-5.4-mini', 'key OPENAI_API_KEY', '$342.00 a month']));
  expect(report.mermaid()).toContain('["a#60;b#62;#38;#34;c#34;/Gateway<br/>');
  expect(report.markdown()).toContain('## a\\<b\\>\\&"c"/Gateway\n');
});

test('write() makes the folder and four files', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'model-report-'));
  try {
    const report = reportOf();
    report.write(path.join(folder, 'new', 'reports'));
    const files = ['models.json', 'models.md', 'models.mmd', 'models.svg'];
    expect(fs.readdirSync(path.join(folder, 'new', 'reports')).sort()).toEqual(files);
    expect(files.map(file => fs.readFileSync(path.join(folder, 'new', 'reports', file), 'utf8'))).toEqual([report.json(), report.markdown(), report.mermaid(), report.svg()]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test.each<[string, () => unknown, string]>([
  ['a scope without gateways', () => ModelReport.of(newChart()), "ModelReport.of(): 'prod' has no OpenClawDeployment; make the report after the gateways, of a scope that they are in"],
  ['no scope', () => ModelReport.of(undefined as any), 'ModelReport.of(): scope must be an App, a Chart or another construct, got undefined'],
  ['a ratio in percent', () => reportOf(() => ({}), { ...LOAD, cacheHitRatio: 70 }), 'ModelReport.of(): load: cacheHitRatio must be a number from 0 to 1, got 70'],
  ['an unknown option', () => ModelReport.of(newChart(), { loads: LOAD } as any), "ModelReport.of(): unknown option 'loads'; did you mean 'load'?"],
  ['no folder', () => reportOf().write(''), 'ModelReport.write(): directory must be a path, got an empty string'],
])('%s is refused', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});
