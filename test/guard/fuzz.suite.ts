import { Placement } from './support/fixture';
import { offence } from './support/judge';
import { mutated, Random } from './support/mutate';
import { rawRequest, sendRaw } from './support/raw-http';
import { SharedGuard } from './support/shared-guard';
import { TARGETS } from './support/targets';

/** Seeds, each of so many requests; add those that find something. `GUARD_FUZZ_SEED` tries one alone. */
const SEEDS = process.env.GUARD_FUZZ_SEED ? [Number(process.env.GUARD_FUZZ_SEED)] : [1, 2, 3, 5, 8, 77];
const REQUESTS = 2500;
const AT_ONCE = 16;

describe.each<Placement>(['sidecar', 'pod'])('%s', placement => {
  const shared = new SharedGuard(placement);

  test.each(SEEDS)(`seed %i: of ${REQUESTS} requests none reaches a provider unless every parser reads an allowed model`, async seed => {
    const random = new Random(seed);
    const requests = Array.from({ length: REQUESTS }, () => {
      const target = random.of(TARGETS);
      return rawRequest(mutated(random, target, shared.callerOf(target)));
    });
    const waiting = [...requests];
    const statuses: { [status: number]: number } = {};
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let bytes = waiting.pop(); bytes; bytes = waiting.pop()) {
        const { status } = await sendRaw(shared.guard.port, bytes, 300);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }));
    const offences = shared.judge.arrivals.flatMap(arrival => {
      const found = offence(arrival);
      return found ? [`${found}: ${arrival.method} ${arrival.url} ${JSON.stringify(arrival.body.toString('latin1').slice(0, 300))}`] : [];
    });
    expect(offences).toEqual([]);
    expect(shared.guard.running).toBe(true);
    // both sides of the line were tried
    const refused = (statuses[404] ?? 0) + (statuses[400] ?? 0);
    expect(Math.min(shared.judge.arrivals.length, refused)).toBeGreaterThan(REQUESTS / 10);
  }, 180_000);
});
