import * as fs from 'fs';
import { join } from 'path';
import { connect } from './gateways';
import { RELEASE, scenario } from './scenario';
import { World } from './world';
import { DUMMY_VALUE, gatewaysOf } from '../support/gateway-pod';
import { EXAMPLES, synthExample } from '../support/synth';

describe('examples', () => {
  const constant = `OpenClawVersion.V${RELEASE.replace(/\W/g, '_')}`;
  const source = (name: string) => fs.readFileSync(join(__dirname, '..', '..', 'examples', name, 'main.ts'), 'utf8');

  let world: World;

  beforeAll(async () => { world = await World.open(); });
  afterAll(() => world?.close());

  scenario.each(EXAMPLES.filter(name => source(name).includes(constant)), name => `examples/${name} answers as it is synthesised`, async name => {
    const files = Object.values(synthExample(name).objects)
      .filter(objects => gatewaysOf(objects).some(({ spec }) => spec.template.spec.containers[0].image.includes(`:${RELEASE}`)));
    const kinds = new Map(files.map(objects => [primaryOf(objects), objects])); // a fleet has many that are alike
    expect(kinds.size).toBeGreaterThan(0);
    for (const [primary, objects] of kinds) {
      const pod = await world.start(objects);
      const client = await connect(DUMMY_VALUE);
      expect(await client.turn('hello')).toMatchObject({ text: `answer of ${primary.replace(/^[^/]*\//, '')}` });
      await client.close();
      await pod.remove();
    }
  }, { timeoutMs: 300_000 });
});

function primaryOf(objects: any[]): string {
  const { data } = objects.find(object => object.kind === 'ConfigMap' && object.data['openclaw.json']);
  return JSON.parse(data['openclaw.json']).agents.defaults.model.primary;
}
