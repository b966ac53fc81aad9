import * as path from 'path';
import { ask, composerOf, ORIGIN, shows, signIn, Site } from './site';
import { scenario } from '../gateway/scenario';

const PICTURE = path.join(__dirname, '..', '..', 'docs', 'images', 'control-ui.png');
const QUESTION = 'Which model answers?';
const ANSWER = /answer of claude-haiku-4-5/;

describe('Control UI', () => {
  const site = new Site();

  scenario('its page is served under the origin, and wants the token', async () => {
    await site.page.goto(ORIGIN);
    await site.page.locator('input[type=password]').first().waitFor();
    expect(site.page.url()).toMatch(/^https:\/\/assistant\.example\.com\//);
    expect(await site.page.title()).toMatch(/OpenClaw/);
  });

  const signInAndApprove = async () => {
    await signIn(site.page, ORIGIN);
    await shows(site.page, /pairing required|Approve this browser/i);
    await site.approve();
  };

  scenario('a browser with the token is not in before somebody approves it in the pod; then it connects by itself', async () => {
    await signInAndApprove();
    await composerOf(site.page).waitFor();
  }, {
    limit: {
      since: '2026.9.6',
      before: 'then its page asks to connect again',
      body: async () => {
        await signInAndApprove();
        await shows(site.page, /Reconnect after the approval completes/);
        await site.page.getByRole('button', { name: 'Connect', exact: true }).first().click();
        await composerOf(site.page).waitFor();
      },
    },
  });

  scenario('a turn is answered over its websocket', async () => {
    await ask(site.page, QUESTION);
    await shows(site.page, ANSWER);
    expect(site.world.providers.calls.some(({ text, status }) => text.includes(QUESTION) && status === 200)).toBe(true);
    if (process.env.WRITE_DOCS) await site.page.screenshot({ path: PICTURE });
  });

  scenario('the browser stays paired when the page is loaded again', async () => {
    await site.page.reload();
    await shows(site.page, ANSWER);
    const { pending, paired } = await site.devices();
    expect([pending, paired.length]).toEqual([[], 1]);
  });

  scenario('through kubectl port-forward the token alone is enough', async () => {
    const local = await site.browser.newPage();
    await signIn(local, 'http://127.0.0.1:18789');
    await composerOf(local).waitFor();
    await local.close();
  });

  scenario('under another name of the proxy the browser is refused', async () => {
    const other = await site.browser.newPage();
    await other.goto('https://evil.example.com/');
    await shows(other, /origin not allowed/i);
    await other.close();
  });

  const statusThroughStranger = async () => {
    const stranger = await site.browser.newPage();
    const answer = await stranger.goto(`${ORIGIN}:8443/`);
    const text = await answer!.text();
    await stranger.close();
    return [answer!.status(), /proxy_attribution_required/.test(text)];
  };

  scenario('through a proxy that is not trusted nobody gets in', async () => {
    expect(await statusThroughStranger()).toEqual([403, true]);
  }, {
    limit: {
      since: '2026.8.1',
      before: 'the page is served',
      body: async () => expect(await statusThroughStranger()).toEqual([200, false]),
    },
  });
});
