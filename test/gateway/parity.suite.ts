import { connect, manifestsOf } from './gateways';
import { ACCEPTED, Accepted, lostPlaces } from './parity/accepted';
import { converse } from './parity/conversation';
import { atProxy, PARITY_MODELS } from './parity/models';
import { differences, requestsOf } from './parity/requests';
import { RELEASE, scenario } from './scenario';
import { World } from './world';
import { Model, ModelGuard } from '../../src';

const ALL = Object.values(PARITY_MODELS).flat();
/** Servers of one's own have no other address than the one that is given. */
const CUSTOMIZED = Object.entries(PARITY_MODELS).filter(([, [model]]) => model.provider._facts.kind !== 'custom').map(([name]) => name);
const RECORD_TIMEOUT_MS = 900_000;

/** What each model's provider is asked, by a gateway that is started for it. */
async function record(models: Model[], guard: ModelGuard): Promise<Map<string, object[]>> {
  const world = await World.open();
  try {
    await world.start(manifestsOf(models, { guard }));
    const client = await connect();
    const requests = new Map<string, object[]>();
    for (const model of models) requests.set(model.modelRef, requestsOf(await converse(client, world.providers, model)));
    await client.close();
    return requests;
  } catch (error) {
    (error as Error).message += `\n\n${world.describe()}`;
    throw error;
  } finally {
    await world.close();
  }
}

describe('requests', () => {
  const recorded: { direct: Map<string, object[]>; guarded: Map<string, object[]>; elsewhere: Map<string, object[]> } = {} as any;

  beforeAll(async () => {
    recorded.direct = await record(ALL, ModelGuard.none());
  }, RECORD_TIMEOUT_MS);

  /** All differences that are not accepted, and all accepted ones that are not there. */
  function unexpected(name: string, other: Map<string, object[]>, where: Accepted['where'], skipped: RegExp = /^$/): string[] {
    return PARITY_MODELS[name].flatMap(model => {
      const [here, there] = [recorded.direct, other].map(requests => requests.get(model.modelRef)!);
      const lost = lostPlaces(model, RELEASE).filter(place => !skipped.test(place));
      const found = differences(here, there).filter(({ place }) => !skipped.test(place));
      const accepted = [...lost, ...ACCEPTED.filter(each => each.where === where).map(({ place }) => place)];
      return [
        ...found.filter(({ place }) => !accepted.includes(place)).map(({ place, direct, other: value }) => `${model.modelRef}: ${place} is ${value}, but ${direct} directly`),
        ...lost.filter(place => !found.some(difference => difference.place === place)).map(place => `${model.modelRef}: ${place} is listed as lost, but is the same`),
      ];
    });
  }

  describe('behind a guard', () => {
    beforeAll(async () => {
      recorded.guarded = await record(ALL, ModelGuard.sidecar());
    }, RECORD_TIMEOUT_MS);

    scenario.each(Object.keys(PARITY_MODELS), name => `${name}: the same behind a guard, but for what is listed`, async name => {
      expect(unexpected(name, recorded.guarded, 'behind a guard')).toEqual([]);
    });
  });

  describe('at another base URL', () => {
    beforeAll(async () => {
      recorded.elsewhere = await record(atProxy(CUSTOMIZED.flatMap(name => PARITY_MODELS[name])), ModelGuard.none());
    }, RECORD_TIMEOUT_MS);

    scenario.each(CUSTOMIZED, name => `${name}: the same at another base URL, but for what is listed`, async name => {
      expect(unexpected(name, recorded.elsewhere, 'at another base URL', /^(call .*|header host)$/)).toEqual([]);
    });
  });
});
