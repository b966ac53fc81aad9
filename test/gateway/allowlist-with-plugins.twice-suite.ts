import { CHAIN, closedWays, embeddingsOf, silenceOf } from './closed-ways';
import { manifestsOf } from './gateways';
import { scenario, since } from './scenario';
import { SharedGateway } from './shared-gateway';

describe('allowlist with plugins', () => {
  const props = { plugins: ['telegram'] };
  const gateway = new SharedGateway(() => manifestsOf(CHAIN, { ...props, httpApi: since('2026.8.1') })).allowOnly(CHAIN);

  closedWays(gateway);

  scenario('/v1/embeddings calls no model, whichever is asked for', () => embeddingsOf(gateway), {
    limit: {
      since: '2026.8.1',
      before: 'refused when synthesised',
      body: async () => expect(() => manifestsOf(CHAIN, { ...props, httpApi: true })).toThrow('leaves /v1/embeddings open to any model'),
    },
  });

  scenario('a gateway that nobody asks for anything calls no model', () => silenceOf(gateway));
});
