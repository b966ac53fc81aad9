import { manifestsOf, MODELS } from './gateways';
import { scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { ModelGuard } from '../../src/index';
import { keyPlaceOf } from '../../src/models/provider-kinds';
import { KEY_HEADERS } from '../../src/models/wire-facts';
import { figure } from '../support/figure';

describe.each([
  { group: 'turns', healthy: 'a healthy turn', guard: ModelGuard.none() },
  { group: 'turns behind a guard', healthy: 'a healthy turn behind a guard', guard: ModelGuard.sidecar() },
])('$group', ({ healthy, guard }) => {
  const models = Object.values(MODELS);
  const gateway = new SharedGateway(() => manifestsOf(models, { guard })).allowOnly(models);

  scenario.each(Object.entries(MODELS), ([name]) => `${name} answers as the primary`, async ([, model]) => {
    await gateway.change(manifestsOf([model, ...models.filter(each => each !== model)], { guard }), wayOf(model));
    const { ms } = await gateway.paths.turn();
    const { hostname } = new URL(model.provider.baseUrl);
    expect(gateway.calls.map(({ host, key, status }) => ({ host, key, status })))
      .toEqual([{ host: hostname, key: `key-of-${model.provider.keyName}`, status: 200 }]);
    expect(KEY_HEADERS.filter(header => gateway.calls[0].headers[header])).toEqual([keyPlaceOf(model.provider._facts).keyHeader]);
    figure(healthy, ms, 'ms');
  });
});
