import { foreign } from './foreign';
import { connect, MODELS } from './gateways';
import { mounted, ROUTE } from './mounted';
import { scenario } from './scenario';
import { World } from './world';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';
import { Answers } from '../support/providers/name-server';

const timeoutMs = 300_000;

describe('a start without a network', () => {
  scenario.each([['no name exists', Answers.NONE], ['name servers are silent', Answers.SILENCE]] as const,
    ([what]) => `where ${what}, the gateway starts, asks nobody else, and serves once providers can be reached`, async ([, answers]) => {
      const world = await World.open();
      try {
        world.names.answers = answers;
        const pod = await world.start(mounted());
        figure('start without a network', pod.startMs, 'ms');
        const client = await connect();
        expect((await client.turn('anybody there?')).error).toBeDefined();
        expect(foreign(world, ROUTE)).toEqual([]);
        world.names.answers = Answers.KNOWN;
        let turns = 0;
        const answered = async () => client.turn(`hello ${turns += 1}`, { session: 'agent:main:later' });
        await eventually('turns are answered', async () => (await answered()).text === `answer of ${MODELS.anthropic.id}`, 60_000);
        await client.close();
      } finally {
        await world.close();
      }
    }, { timeoutMs });
});
