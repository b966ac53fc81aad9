import { manifestsOf, MODELS } from './gateways';
import { scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { figure } from '../support/figure';

describe('turns', () => {
  const models = Object.values(MODELS);
  const gateway = new SharedGateway(() => manifestsOf(models));

  scenario.each(Object.entries(MODELS), ([name]) => `${name} answers as the primary`, async ([, model]) => {
    await gateway.change(manifestsOf([model, ...models.filter(each => each !== model)]), wayOf(model));
    const { ms } = await gateway.paths.turn();
    const { hostname } = new URL(model.provider.baseUrl);
    expect(gateway.calls.map(({ host, key, status }) => ({ host, key, status })))
      .toEqual([{ host: hostname, key: `key-of-${model.provider.keyName}`, status: 200 }]);
    figure('a healthy turn', ms, 'ms');
  });
});
