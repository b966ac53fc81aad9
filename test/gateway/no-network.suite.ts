import { foreign } from './foreign';
import { connect, MODELS } from './gateways';
import { mounted, ROUTE } from './mounted';
import { Paths } from './paths';
import { scenario } from './scenario';
import { World } from './world';
import { Model } from '../../src/index';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { Answers } from '../support/providers/name-server';

const timeoutMs = 300_000;

describe('a start without a network', () => {
  let world: World | undefined;

  afterEach(() => world?.close());

  scenario.each([['no name exists', Answers.NONE], ['name servers are silent', Answers.SILENCE]] as const,
    ([what]) => `where ${what}, the gateway starts, asks nobody else, and serves once providers can be reached`, async ([, answers]) => {
      world = await World.open();
      world.names.answers = answers;
      const pod = await world.start(mounted());
      figure('start without a network', pod.startMs, 'ms');
      const client = await connect();
      expect((await client.turn('anybody there?')).error).toBeDefined();
      expect(foreign(world, ROUTE)).toEqual([]);
      world.names.answers = Answers.KNOWN;
      const paths = new Paths(client, world.providers);
      const answerIsOf = (models: Model[]) => async () => {
        const { text } = await client.turn('hello', { session: paths.session() });
        return models.some(({ id }) => text === `answer of ${id}`);
      };
      await eventually('turns are answered', answerIsOf(ROUTE), 60_000);
      // by another model, when the guard has found the primary's address last: the gateway leaves the primary alone for a minute then
      await eventually('the primary answers', answerIsOf([MODELS.anthropic]), 120_000);
      await client.close();
    }, { timeoutMs });
});
