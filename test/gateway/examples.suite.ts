import { connect } from './gateways';
import { RELEASE, scenario } from './scenario';
import { World } from './world';
import { configIn, DUMMY_VALUE, gatewayContainer, gatewaysOf } from '../support/gateway-pod';
import { describeCall } from '../support/providers/call';
import { EXAMPLES, synthExample } from '../support/synth';

/** The manifests of each chart of the examples that has a gateway; that of `whole` has a suite of its own. */
const every = EXAMPLES.filter(name => name !== 'whole').flatMap(name => Object.values(synthExample(name).objects)).filter(objects => gatewaysOf(objects).length > 0);

/** Those of this run's version; of those with one primary, the last. */
function examples(): Map<string, any[]> {
  const ofRelease = every.filter(objects => gatewaysOf(objects).some(each => gatewayContainer(each).image.includes(`:${RELEASE}`)));
  return new Map(ofRelease.map(objects => [primaryOf(objects), objects])); // a fleet has many that are alike
}

const primaryOf = (objects: any[]): string => configIn(objects).agents.defaults.model.primary;

/** The ids of all models that a gateway may call. */
const knownTo = (objects: any[]): string[] =>
  Object.values<any>(configIn(objects).models.providers).flatMap(({ models }) => models.map(({ id }: any) => id));

describe('examples', () => {
  const found = examples();
  let world: World;

  beforeAll(async () => { world = await World.open(); });
  afterAll(() => world?.close());

  scenario('the gateways of the examples answer as they are synthesised', async () => {
    expect(found.size).toBeGreaterThan(0);
    for (const [primary, objects] of found) {
      const pod = await world.start(objects);
      const client = await connect(DUMMY_VALUE);
      expect(await client.turn('hello')).toMatchObject({ text: `answer of ${primary.replace(/^[^/]*\//, '')}` });
      await client.close();
      await pod.remove();
      expect(world.providers.calls.filter(({ api, model }) => api !== 'unknown' && !knownTo(objects).includes(model!)).map(describeCall)).toEqual([]);
      world.providers.reset();
    }
  }, {
    timeoutMs: 600_000,
    limit: found.size > 0 ? undefined : { before: 'no example has this release', body: async () => expect(every.length).toBeGreaterThan(0) },
  });
});
