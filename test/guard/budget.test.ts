import { Duration } from 'cdk8s';
import { Budget, ModelGuard, ModelReport } from '../../src/index';
import { GPT, keysOf, messageOf, newChain, newChart, newGateway, objects, SONNET } from '../support/gateway';

const BUDGETS = [Budget.perDay({ usd: 20 }), Budget.of(Duration.hours(1), { usd: 7.5, models: [SONNET], name: 'premium' })];

test('arguments of the wrong type are all reported at once', () => {
  const wrong = { usd: 0, models: ['x'], name: 'Day!', dollars: 5 } as any;
  expect(messageOf(() => Budget.perDay(wrong))).toBe([
    'Budget.perDay() has 4 problems:',
    '  usd must be a number of US dollars above 0, up to 1000000, got 0',
    "  models[0] must be a model, as Provider.ANTHROPIC.model() makes it, got the string 'x'",
    "  name must be small letters, digits and hyphens, at most 32, got the string 'Day!'",
    "  unknown option 'dollars'; valid options: usd, models, name",
  ].join('\n'));
  for (const usd of [-1, NaN, Infinity, '20', undefined, 1_000_001]) expect(messageOf(() => Budget.perWeek({ usd } as any))).toContain('usd must be');
  for (const duration of [Duration.seconds(59), Duration.days(367), Duration.millis(90_500), 3600 as any]) {
    expect(messageOf(() => Budget.of(duration, { usd: 1 }))).toContain('duration must be a Duration of whole seconds, from a minute to 366 days');
  }
  expect(messageOf(() => Budget.perMonth(undefined as any))).toContain('options must be BudgetOptions');
});

test('a guard takes budgets of different names, and only beside its gateway', () => {
  expect(messageOf(() => ModelGuard.sidecar({ budgets: [...BUDGETS, Budget.perDay({ usd: 1 })] })))
    .toBe("ModelGuard.sidecar(): budgets has two budgets of the name 'day'; give one of them another name");
  expect(messageOf(() => ModelGuard.sidecar({ budgets: [20] as any }))).toContain('budgets[0] must be a Budget, got 20; use for example Budget.perDay({ usd: 20 })');
  expect(messageOf(() => ModelGuard.pod({ budgets: BUDGETS }))).toContain('budgets is for ModelGuard.sidecar()');
});

test('two gateways with one guard have a ledger each, which no other container mounts', () => {
  const chart = newChart();
  const guard = ModelGuard.sidecar({ budgets: BUDGETS });
  const shared = { guard, chain: newChain(chart, [SONNET, GPT]), providerSecrets: keysOf(chart, SONNET.provider, GPT.provider) };
  const claims = ['First', 'Second'].map(id => newGateway(chart, shared, id).guard!.ledgerClaim!.name);
  expect(new Set(claims).size).toBe(2);
  const mounting = objects(chart, 'Deployment').flatMap(({ spec: { template: { spec } } }) => spec.containers.concat(spec.initContainers)
    .filter(({ volumeMounts }: any) => volumeMounts.some(({ name }: any) => name === 'guard-ledger')).map(({ name }: any) => name));
  expect(mounting).toEqual(['model-guard', 'model-guard']);
});

test('summary and report show them', () => {
  const chart = newChart();
  const gateway = newGateway(chart, { guard: ModelGuard.sidecar({ budgets: BUDGETS }) });
  expect(gateway.summary).toContain([
    '  budgets   day      $20.00 a day           all models',
    '            premium  $7.50 in 3600 seconds  anthropic/claude-sonnet-5',
  ].join('\n'));
  const report = ModelReport.of(chart);
  expect(report.markdown()).toContain('| premium | $7.50 in 3600 seconds | anthropic/claude-sonnet-5 |');
  expect(JSON.parse(report.json()).gateways[0].budgets).toEqual([
    { name: 'day', limit: '$20.00 a day' }, { name: 'premium', limit: '$7.50 in 3600 seconds', models: ['anthropic/claude-sonnet-5'] },
  ]);
});

test('no more than a limit is another one: the policy changes, the pod does not', () => {
  const rendered = (usd: number, models?: typeof GPT[]) => {
    const chart = newChart();
    newGateway(chart, { guard: ModelGuard.sidecar({ budgets: [Budget.perDay({ usd, models })] }) });
    return JSON.stringify(objects(chart, 'Deployment')[0].spec.template);
  };
  expect(rendered(30)).toBe(rendered(20));
  expect(rendered(30, [GPT])).toBe(rendered(20));
});
