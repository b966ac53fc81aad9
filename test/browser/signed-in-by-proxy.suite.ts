import { ADDRESSES } from './addresses';
import { ask, composerOf, ORIGIN, shows, Site } from './site';
import { GatewayAuth } from '../../src/index';
import { scenario } from '../gateway/scenario';

describe('Control UI behind a proxy that signs users in', () => {
  const auth = GatewayAuth.trustedProxy({ userHeader: 'x-forwarded-user', trustedProxies: [ADDRESSES.proxy], allowUsers: ['ada@example.com'] });
  const site = new Site({ auth }, { 'X-Forwarded-User': 'ada@example.com' });

  scenario('a browser is not in before somebody approves it in the pod, and is asked for no token', async () => {
    await site.page.goto(ORIGIN);
    await shows(site.page, /pairing required|Approve this browser/i);
    await site.approve();
    await site.page.reload();
    await composerOf(site.page).waitFor();
  });

  scenario('a turn is answered', async () => {
    await ask(site.page, 'Who am I?');
    await shows(site.page, /answer of claude-haiku-4-5/);
  });
});
