import { manifestsOf, MODELS } from './gateways';
import { changed } from './opened';
import { scenario } from './scenario';
import { SharedGateway } from './shared-gateway';
import { ModelGuard } from '../../src/index';

const FIELDS = { models: ['openai/gpt-5.5'], preset: 'x' };

/** `params` of an agent each, and where in the body of its calls OpenClaw puts the fields. */
const PARAMS: { readonly [agent: string]: readonly [params: object, where: 'top' | 'extra_body' | 'nowhere'] } = {
  camel: [{ extraBody: FIELDS }, 'top'],
  snake: [{ extra_body: FIELDS }, 'top'],
  nested: [{ extra_body: { extra_body: FIELDS } }, 'extra_body'],
  kebab: [{ 'extra-body': FIELDS }, 'nowhere'],
  list: [{ extra_body: [FIELDS] }, 'nowhere'],
  plain: [FIELDS, 'nowhere'],
};
const CHAIN = [MODELS.openrouter];

describe('fields of requests in params', () => {
  const gateway = new SharedGateway(() => changed(manifestsOf(CHAIN, { guard: ModelGuard.none() }), config => {
    config.agents.ownership = 'explicit';
    config.agents.entries = { main: {}, ...Object.fromEntries(Object.entries(PARAMS).map(([agent, [params]]) => [agent, { params }])) };
  }));

  scenario('every spelling that OpenClaw passes on is refused in extraConfig', async () => {
    const seen: { [agent: string]: string } = {};
    for (const [agent, [params, where]] of Object.entries(PARAMS)) {
      gateway.world.providers.reset();
      await gateway.paths.turn(`hello ${agent}`, { session: `agent:${agent}:fields` });
      const { body } = gateway.calls[0] as { body: any };
      seen[agent] = ['models', 'preset'].every(field => field in body) ? 'top' : body.extra_body ? 'extra_body' : 'nowhere';
      const make = () => manifestsOf(CHAIN, { guard: ModelGuard.none(), extraConfig: { agents: { ownership: 'explicit', entries: { main: {}, [agent]: { params } } } } });
      if (where !== 'nowhere') expect(make).toThrow(/\[governed-path\] .*params.* is a field by which the provider uses another model/);
    }
    expect(seen).toEqual(Object.fromEntries(Object.entries(PARAMS).map(([agent, [, where]]) => [agent, where])));
  }, { timeoutMs: 300_000 });
});
