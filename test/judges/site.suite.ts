import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as http from 'http';
import { AddressInfo } from 'net';
import * as os from 'os';
import * as path from 'path';
import { App, Chart } from 'cdk8s';
import { Browser, chromium, Page } from 'playwright-core';
import { ModelReport } from '../../src/index';
import { cached } from '../bindings/cache';
import { ROOT } from '../bindings/synth';
import { GPT, newChain, newGateway, SONNET } from '../support/gateway';

const MKDOCS = 'mkdocs-material==9.8.1';
const MERMAID = 'mermaid@11.17.2';
const TYPES: { [extension: string]: string } = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml',
};

let folder: string, server: http.Server, browser: Browser, address: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'site-'));
  const venv = cached('mkdocs', [MKDOCS], made => {
    execFileSync('python3', ['-m', 'venv', made], { stdio: 'pipe' });
    execFileSync(path.join(made, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', MKDOCS], { stdio: 'pipe' });
  });
  const mermaid = cached('mermaid', [MERMAID], made => {
    execFileSync('npm', ['pack', MERMAID, '--silent'], { cwd: made, stdio: 'pipe' });
    execFileSync('bash', ['-c', 'tar --extract --gzip --file mermaid-*.tgz package/dist/mermaid.min.js && rm mermaid-*.tgz'], { cwd: made });
  });
  const MERMAID_JS = path.join(mermaid, 'package', 'dist', 'mermaid.min.js');
  const args = ['-m', 'mkdocs', 'build', '--strict', '--config-file', 'site/mkdocs.yml', '--site-dir', folder];
  const env = { ...process.env, NO_MKDOCS_2_WARNING: '1', MERMAID_JS };
  const { status, stdout, stderr } = spawnSync(path.join(venv, 'bin', 'python'), args, { cwd: ROOT, encoding: 'utf8', env });
  if (status !== 0) throw new Error(stdout + stderr);

  server = http.createServer(({ url }, response) => {
    const file = path.join(folder, decodeURIComponent(new URL(url!, 'http://site').pathname).replace(/\/$/, '/index.html'));
    if (!fs.existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(fs.readFileSync(file));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A page that asks no other host for anything. */
async function open(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.route(url => !url.href.startsWith(address), route => route.abort());
  await page.goto(address);
  return page;
}

const pages = fs.readdirSync(path.join(ROOT, 'docs')).filter(file => file.endsWith('.md')).map(file => `${path.parse(file).name}/`);

test('the search finds the page about rotation, and leads to it', async () => {
  const page = await open();
  await page.getByPlaceholder('Search').click();
  await page.keyboard.type('rotation');
  const found = page.locator('.md-search-result__link').first();
  await found.waitFor();
  await found.click();
  await page.waitForURL(url => url.href !== address);
  expect(await page.locator('article').innerText()).toMatch(/rotat/i);
  if (process.env.WRITE_DOCS) {
    await page.goto(address);
    await page.screenshot({ path: path.join(ROOT, 'docs', 'images', 'site.png') });
  }
}, 60_000);

test('every page of docs/ is in the navigation', async () => {
  const page = await open();
  const links = await page.locator('nav.md-nav--primary a').evaluateAll(all => all.map((link: any) => link.href));
  expect(pages.filter(name => !links.includes(address + name))).toEqual([]);
}, 60_000);

test('Mermaid draws the picture of the classes', async () => {
  const page = await open();
  await page.goto(`${address}concepts/`);
  await page.locator('article div.mermaid').waitFor(); // its content is in a closed shadow
  expect((await page.locator('article div.mermaid').boundingBox())!.height).toBeGreaterThan(100);
}, 60_000);

test('Mermaid takes the route maps of reports', async () => {
  const chart = new Chart(new App(), 'a"b <c>; end');
  newGateway(chart, { chain: newChain(chart, [SONNET, GPT]) });
  const load = { turnsPerDay: 10, inputTokens: 1000, outputTokens: 100, cacheHitRatio: 0.5 };
  const reports = [ModelReport.of(chart), ModelReport.of(chart, { load })];
  const page = await open();
  await page.goto(`${address}concepts/`);
  await page.locator('article div.mermaid').waitFor();
  for (const map of reports.map(report => report.mermaid())) {
    const svg = await page.evaluate<string, string>(text => (globalThis as any).mermaid.render('map', text).then((drawn: any) => drawn.svg), map);
    expect(svg).toContain('anthropic/claude-sonnet-5');
  }
}, 60_000);

test('every picture is shown, and no page is wider than a wide or a narrow screen', async () => {
  const page = await open();
  const faults: string[] = [];
  for (const name of ['', ...pages]) {
    await page.goto(address + name);
    const missing = await page.locator('article img:not([src^="http"])').evaluateAll((all: any[]) =>
      all.filter(image => !image.naturalWidth).map(image => image.src));
    faults.push(...missing.map(source => `${name}: ${source}`));
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (tooWide > 0) faults.push(`${name}: ${tooWide} px wider than ${width}`);
    }
  }
  expect(faults).toEqual([]);
}, 300_000);
