import { createHash, X509Certificate } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as kplus from 'cdk8s-plus-28';
import { BrowserContext, chromium, Page } from 'playwright-core';
import { ADDRESSES, makeNetwork } from './addresses';
import { execInPod } from './exec-in-pod';
import { Nginx } from './nginx';
import { GATEWAY_TOKEN, manifestsOf, MODELS } from '../gateway/gateways';
import { RunningPod } from '../gateway/pod/running-pod';
import { scenario, since } from '../gateway/scenario';
import { World } from '../gateway/world';
import { eventually } from '../support/eventually';
import { newChart } from '../support/gateway';
import { Certificate, makeCertificate } from '../support/providers/certificate';

const ORIGIN = 'https://assistant.example.com';
const IMAGES = path.join(__dirname, '..', '..', 'docs', 'images');
const QUESTION = 'Which model answers?';
const ANSWER = 'answer of claude-haiku-4-5';

/** A browser that has never been here, and finds all names at the proxy. */
async function openBrowser(folder: string, { cert }: Certificate): Promise<BrowserContext> {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return chromium.launchPersistentContext(path.join(folder, 'profile'), {
    executablePath: '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: false,
    viewport: { width: 1000, height: 560 },
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', `--host-resolver-rules=MAP *.example.com ${ADDRESSES.public}`,
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
    ],
  });
}

async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  const secret = page.locator('input[type=password]').first();
  await secret.fill(GATEWAY_TOKEN);
  await secret.press('Enter');
}

/** Waits until a page shows what it must. */
async function shows(page: Page, pattern: RegExp, timeoutMs = 30_000): Promise<void> {
  let text = '';
  await eventually(`the page shows ${pattern}`, async () => pattern.test(text = await page.locator('body').innerText()), timeoutMs)
    .catch(error => { throw new Error(`${error.message}; it shows\n${text}`); });
}

async function ask(page: Page, question: string): Promise<void> {
  const composer = page.locator('textarea').first();
  await composer.fill(question);
  await composer.press('Enter');
}

const openclaw = (pod: RunningPod, ...args: string[]) => execInPod(pod, 'node', '/app/openclaw.mjs', ...args);

describe('Control UI', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-'));
  let world: World, pod: RunningPod, nginx: Nginx, browser: BrowserContext, page: Page;

  beforeAll(async () => {
    makeNetwork();
    world = await World.open();
    pod = await world.start(manifestsOf([MODELS.anthropic], {
      exposure: { origins: [ORIGIN], trustedProxies: [ADDRESSES.proxy], peers: [kplus.Pods.all(newChart(), 'Proxy')] },
      extraConfig: since('2026.9.6') ? { gateway: { controlUi: { communityInvite: false } } } : undefined, // an advertisement
    }));
    const certificate = makeCertificate(path.join(folder, 'tls'), ['*.example.com']);
    nginx = await Nginx.start({
      folder,
      certificate,
      servers: [
        { listen: `${ADDRESSES.public}:443`, podAddress: ADDRESSES.proxy },
        { listen: `${ADDRESSES.public}:8443`, podAddress: ADDRESSES.strangeProxy },
      ],
      upstream: `${RunningPod.ADDRESS}:18789`,
    });
    browser = await openBrowser(folder, certificate);
    page = await browser.newPage();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await nginx?.stop();
    await world?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  scenario('its page is served under the origin, and wants the token', async () => {
    await page.goto(ORIGIN);
    await page.locator('input[type=password]').first().waitFor();
    expect(page.url()).toMatch(/^https:\/\/assistant\.example\.com\//);
    expect(await page.title()).toMatch(/OpenClaw/);
  });

  const signInAndApprove = async () => {
    await signIn(page, ORIGIN);
    await shows(page, /pairing required|Approve this browser/i);
    const { pending } = JSON.parse(await openclaw(pod, 'devices', 'list', '--json'));
    expect(pending).toHaveLength(1);
    await openclaw(pod, 'devices', 'approve', pending[0].requestId);
  };

  scenario('a browser with the token is not in before somebody approves it in the pod; then it connects by itself', async () => {
    await signInAndApprove();
    await page.locator('textarea').first().waitFor();
  }, {
    limit: {
      since: '2026.9.6',
      before: 'then Connect is to be pressed again',
      body: async () => {
        await signInAndApprove();
        await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
        await page.locator('textarea').first().waitFor();
      },
    },
  });

  scenario('a turn is answered over its websocket', async () => {
    await ask(page, QUESTION);
    await shows(page, new RegExp(ANSWER));
    expect(world.providers.calls.some(({ text, status }) => text.includes(QUESTION) && status === 200)).toBe(true);
    if (process.env.WRITE_DOCS) await page.screenshot({ path: path.join(IMAGES, 'control-ui.png') });
  });

  scenario('the browser stays paired when the page is loaded again', async () => {
    await page.reload();
    await shows(page, new RegExp(ANSWER));
    const { pending, paired } = JSON.parse(await openclaw(pod, 'devices', 'list', '--json'));
    expect([pending, paired.length]).toEqual([[], 1]);
  });

  scenario('through kubectl port-forward the token alone is enough', async () => {
    const local = await browser.newPage();
    await signIn(local, 'http://127.0.0.1:18789');
    await local.locator('textarea').first().waitFor();
    await local.close();
  });

  scenario('under another name of the proxy the browser is refused', async () => {
    const calls = world.providers.calls.length;
    const other = await browser.newPage();
    await other.goto('https://evil.example.com/');
    await shows(other, /origin not allowed/i);
    expect(world.providers.calls).toHaveLength(calls);
    await other.close();
  });

  scenario('through a proxy that is not trusted nobody gets in', async () => {
    const stranger = await browser.newPage();
    const answer = await stranger.goto(`${ORIGIN}:8443/`);
    expect(answer!.status()).toBe(403);
    await shows(stranger, /proxy_attribution_required/);
    await stranger.close();
  }, {
    limit: {
      since: '2026.8.1',
      before: 'the page is served',
      body: async () => {
        const stranger = await browser.newPage();
        expect((await stranger.goto(`${ORIGIN}:8443/`))!.status()).toBe(200);
        await stranger.close();
      },
    },
  });
});
