import { GATEWAY, GATEWAY_TOKEN, MODELS } from './gateways';
import { guardMetrics } from './guard-metrics';
import { mounted } from './mounted';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { Budget, Model, ModelGuard } from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { Load } from '../support/load';

const { anthropic, openai, google } = MODELS;
const CHANGES = 3;
const SOON_MS = 60_000;

/** A gateway that may call these models and no others. */
const limitedTo = (models: Model[]) => mounted(models, { allowed: models, guard: ModelGuard.sidecar({ budgets: [BUDGET] }), httpApi: true });

/** Of one model alone; no scenario but one uses it up. */
const BUDGET = Budget.perDay({ usd: 1000, models: [openai], name: 'premium' });

/** How many requests the guard has refused. */
async function refused(): Promise<number> {
  const counts = [...(await guardMetrics()).matchAll(/^envoy_guard_requests\{.*guard_status="404".*\} (\d+)$/gm)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('a gateway behind a guard, under load', () => {
  const all = [anthropic, openai, google];
  const gateway = new SharedGateway(() => limitedTo(all));

  scenario('an allowlist gets smaller and larger: no turn is lost, and a model that left it is called no more', async () => {
    const { world, pod } = gateway;
    const next = (model: Model, at: number) => world.providers.waitForCall(call => call.at > at && call.model === model.id, SOON_MS);
    const load = await Load.start({ gateway: GATEWAY, token: GATEWAY_TOKEN, over: 'http' });
    try {
      for (let i = 0; i < CHANGES; i++) {
        await load.more(10);
        const before = await refused();
        const smaller = performance.now();
        pod.apply(limitedTo([openai, google]));
        const { at } = await next(openai, smaller);
        await eventually('the gateway asks for no other model', async () => {
          const seen = await refused();
          await load.more(10);
          return await refused() === seen;
        }, SOON_MS);
        const inBetween = await refused() - before;
        figure('allowlist gets smaller behind a guard: requests refused until the gateway follows', inBetween, 'calls');
        expect(load.begunAfter(at, world.providers.calls).map(({ model }) => model)).not.toContain(anthropic.id);

        const larger = performance.now();
        pod.apply(limitedTo(all));
        await next(anthropic, larger);
        await load.more(10);
        expect(await refused() - before).toBe(inBetween); // the guard allows it before the gateway asks
      }
    } finally {
      await load.stop();
    }
    figure('turns while an allowlist behind a guard changed', load.turns.length, 'turns');
    expect(load.lost).toEqual([]);
  }, { timeoutMs: 300_000 });

  scenario('a budget that is used up: the next model answers; raised, the first one does in the next turn', async () => {
    const withLimit = (most: number) => JSON.parse(JSON.stringify(limitedTo([openai, anthropic, google])).replace(/\\"most\\":\s*1000000000\b/g, `\\"most\\":${most}`));
    const answeredBy = async (model: Model) => eventually(`${model.id} answers`, async () => (await gateway.client.turn('hello')).text === `answer of ${model.id}`, SOON_MS);
    gateway.pod.apply(withLimit(1_000_000_000));
    await answeredBy(openai);
    gateway.pod.apply(withLimit(1));
    await answeredBy(anthropic);
    gateway.world.providers.reset();
    expect(await gateway.client.turn('hello')).toMatchObject({ text: `answer of ${anthropic.id}` });
    expect(gateway.models()).toEqual([anthropic.id]);
    expect(gateway.pod.guard!.log).toMatch(/"budget":"premium".*"refused":"budget_used_up"/);
    gateway.pod.apply(withLimit(1_000_000_000));
    await answeredBy(openai);
  }, { timeoutMs: 300_000 });
});
