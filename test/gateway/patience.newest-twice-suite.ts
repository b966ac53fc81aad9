import { manifestsOf, MODELS } from './gateways';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { FallbackChain } from '../../src/index';
import { figure } from '../support/figure';
import { newChart } from '../support/gateway';

const { anthropic, openai } = MODELS;
/** What docs/providers.md says of a chain without idleTimeout. */
const DEFAULT_MS = 120_000;
const timeoutMs = 300_000;

describe('failover', () => {
  const gateway = new SharedGateway(() => manifestsOf([anthropic, openai]));

  scenario('without idleTimeout the next model answers after two minutes of silence', async () => {
    const host = 'api.anthropic.com';
    const faults = { 'never answers': 'silent', 'stops in the middle of its answer': 'stall' } as const;
    await Promise.all(Object.entries(faults).map(async ([does, fault]) => {
      gateway.world.providers.when({ host, text: does }, { fault });
      const { text, ms } = await gateway.paths.turn(does, { timeoutMs });
      expect(text).toContain(`answer of ${openai.id}`);
      figure(`the primary ${does}, without idleTimeout: until the next model has answered`, ms, 'ms');
      expect(ms).toBeGreaterThan(DEFAULT_MS - 5000);
      expect(ms).toBeLessThan(DEFAULT_MS + 60_000);
    }));
  }, { timeoutMs });
});

describe('a chain with retries', () => {
  const coder = { workspace: '/home/node/.openclaw/coder' };
  const gateway = new SharedGateway(() => manifestsOf([anthropic, openai], {
    chain: new FallbackChain(newChart('chains'), 'Chain', { primary: anthropic, fallbacks: [openai], retries: 1 }),
    extraConfig: { agents: { entries: { main: {}, coder } } },
  }));

  scenario('each agent asks a model that often again, then the next one', async () => {
    for (const agent of ['main', 'coder']) {
      gateway.world.providers.reset();
      gateway.world.providers.when({ host: 'api.anthropic.com' }, { status: 500 });
      expect(await gateway.paths.turn('hello', { session: `agent:${agent}:retries` })).toMatchObject({ text: `answer of ${openai.id}` });
      expect(gateway.calls.map(({ model }) => model)).toEqual([anthropic.id, anthropic.id, openai.id]);
    }
  });
});
