import { createHash, X509Certificate } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as kplus from 'cdk8s-plus-28';
import { BrowserContext, chromium, Page } from 'playwright-core';
import { ADDRESSES, makeNetwork } from './addresses';
import { execInPod } from './exec-in-pod';
import { Nginx } from './nginx';
import { GATEWAY_TOKEN, GatewayProps, manifestsOf, MODELS } from '../gateway/gateways';
import { RunningPod } from '../gateway/pod/running-pod';
import { since } from '../gateway/scenario';
import { World } from '../gateway/world';
import { eventually } from '../support/eventually';
import { newChart } from '../support/gateway';
import { makeCertificate } from '../support/providers/certificate';

export const ORIGIN = 'https://assistant.example.com';
/** The first turn of a gateway takes half a minute where the machine is busy. */
const PATIENCE_MS = 90_000;

/** A gateway, the proxy in front of it, and a browser that has never been there and finds all names at the proxy. */
export class Site {
  public world!: World;
  public browser!: BrowserContext;
  public page!: Page;
  private pod!: RunningPod;
  private nginx!: Nginx;
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-'));

  /** To be made in a group of scenarios. `userHeaders` are what the proxy says of the person. */
  public constructor(props: GatewayProps = {}, userHeaders: { readonly [name: string]: string } = {}) {
    beforeAll(async () => this.open(props, userHeaders), 300_000);
    afterAll(() => this.close());
  }

  /** Runs OpenClaw's program as `kubectl exec` does. */
  public async openclaw(...args: string[]): Promise<string> {
    return execInPod(this.pod, 'node', '/app/openclaw.mjs', ...args);
  }

  public async devices(): Promise<{ readonly pending: { readonly requestId: string }[]; readonly paired: object[] }> {
    return JSON.parse(await this.openclaw('devices', 'list', '--json'));
  }

  public async approve(): Promise<void> {
    const { pending } = await this.devices();
    expect(pending).toHaveLength(1);
    await this.openclaw('devices', 'approve', pending[0].requestId);
  }

  private async open(props: GatewayProps, userHeaders: { readonly [name: string]: string }): Promise<void> {
    makeNetwork();
    this.world = await World.open();
    this.pod = await this.world.start(manifestsOf([MODELS.anthropic], {
      exposure: { origins: [ORIGIN], trustedProxies: [ADDRESSES.proxy], peers: [kplus.Pods.all(newChart(), 'Proxy')] },
      extraConfig: since('2026.9.6') ? { gateway: { controlUi: { communityInvite: false } } } : undefined, // an advertisement
      ...props,
    }));
    const certificate = makeCertificate(path.join(this.folder, 'tls'), ['*.example.com']);
    this.nginx = await Nginx.start({
      folder: this.folder,
      certificate,
      userHeaders,
      servers: [
        { listen: `${ADDRESSES.public}:443`, podAddress: ADDRESSES.proxy },
        { listen: `${ADDRESSES.public}:8443`, podAddress: ADDRESSES.strangeProxy },
      ],
      upstream: `${RunningPod.ADDRESS}:18789`,
    });
    const key = new X509Certificate(certificate.cert).publicKey.export({ type: 'spki', format: 'der' });
    this.browser = await chromium.launchPersistentContext(path.join(this.folder, 'profile'), {
      executablePath: '/usr/bin/chromium',
      headless: true,
      chromiumSandbox: false,
      viewport: { width: 1000, height: 560 },
      args: [
        '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', `--host-resolver-rules=MAP *.example.com ${ADDRESSES.public}`,
        `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
      ],
    });
    this.browser.setDefaultTimeout(PATIENCE_MS);
    this.page = await this.browser.newPage();
  }

  private async close(): Promise<void> {
    await this.browser?.close();
    await this.nginx?.stop();
    await this.world?.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  const secret = page.locator('input[type=password]').first();
  await secret.fill(GATEWAY_TOKEN);
  await secret.press('Enter');
}

/** Where messages are written: who sees it is in. */
export const composerOf = (page: Page) => page.locator('textarea').first();

/** Sends a message, and again where the page does not come to show it; what is written before the chat has loaded the page holds until then. */
export async function ask(page: Page, question: string): Promise<void> {
  await eventually('the message is in the chat', async () => {
    await composerOf(page).fill(question);
    await composerOf(page).press('Enter');
    const sent = page.getByText(question).first().waitFor({ timeout: 5000 });
    return sent.then(async () => await composerOf(page).inputValue() === '', () => false);
  }, 60_000);
}

/** Waits until a page shows what it must. */
export async function shows(page: Page, pattern: RegExp, timeoutMs = PATIENCE_MS): Promise<void> {
  let text = '';
  await eventually(`the page shows ${pattern}`, async () => pattern.test(text = await page.locator('body').innerText()), timeoutMs)
    .catch(error => { throw new Error(`${error.message}; it shows\n${text}`); });
}
