import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { Provider } from '../../src/index';
import * as library from '../../src/index';
import { listedPrice } from '../../src/models/model-price';
import { PRIVATE_IPV4, PRIVATE_IPV6 } from '../../src/network/closed-network';

const ROOT = path.join(__dirname, '..', '..');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...fs.readdirSync(path.join(ROOT, 'docs')).filter(file => file.endsWith('.md')).map(file => `docs/${file}`)];

const read = (page: string) => fs.readFileSync(path.join(ROOT, page), 'utf8');

/** What a block without imports of its own may use. */
const PREAMBLE = `
import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ${Object.keys(library).join(', ')} } from 'cdk8s-openclaw';
declare const app: App, chart: Chart, gateway: OpenClawDeployment, chain: FallbackChain, auth: GatewayAuth, providerSecrets: ProviderSecret[];
`;

/** The TypeScript of all pages, also what a shell block writes into a file, as modules. */
function blocks(): Map<string, string> {
  const found = new Map<string, string>();
  for (const page of PAGES) {
    [...read(page).matchAll(/^(?:```ts.*|cat > \w+\.ts <<'EOF')\n([\s\S]*?)^(?:```|EOF)$/gm)].forEach(([, code], i) => {
      const module = /^import /m.test(code) ? code : `${PREAMBLE}{\n${code}}\n`;
      found.set(path.join(ROOT, 'docs', `${page.replace(/\W/g, '-')}-${i + 1}.ts`), module);
    });
  }
  return found;
}

function compile(modules: Map<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, module: ts.ModuleKind.Node16, target: ts.ScriptTarget.ES2022, skipLibCheck: true, types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = file => modules.has(file) || fileExists(file);
  host.readFile = file => modules.get(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) =>
    modules.has(file) ? ts.createSourceFile(file, modules.get(file)!, ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest);
  const program = ts.createProgram([...modules.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) =>
    `${file && path.basename(file.fileName)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

test('every TypeScript block compiles strictly against the compiled library', () => {
  const modules = blocks();
  expect(modules.size).toBeGreaterThan(15);
  expect(compile(modules)).toEqual([]);
}, 60_000);

test('a block that does not compile would be found', () => {
  const file = path.join(ROOT, 'docs', 'wrong.ts');
  expect(compile(new Map([[file, `${PREAMBLE}{ Provider.GEMINI; }`]]))).toEqual([
    "wrong.ts: Property 'GEMINI' does not exist on type 'typeof Provider'.",
  ]);
}, 60_000);

test('every link to a file of the project leads somewhere', () => {
  const broken = PAGES.flatMap(page => [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g)]
    .map(match => match[1])
    .filter(target => !fs.existsSync(path.join(ROOT, path.dirname(page), target)))
    .map(target => `${page}: ${target}`));
  expect(broken).toEqual([]);
});

test('every link into a page leads to a heading', () => {
  const anchorsOf = (page: string) => [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^\w\s-]/g, '').trim().replace(/\s/g, '-'));
  const links = PAGES.flatMap(page => [...read(page).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
    .map(([, file, anchor]) => ({ page, target: file ? path.join(path.dirname(page), file) : page, anchor })));
  expect(links.length).toBeGreaterThan(8);
  expect(links.filter(({ target, anchor }) => !anchorsOf(target).includes(anchor)).map(({ page, target, anchor }) => `${page}: ${target}#${anchor}`)).toEqual([]);
});

test('docs/observability.md explains each alert', () => {
  const sources = ['assets/model-guard-alerts.yaml', 'src/alerts/alert-rules.ts'].map(read).join('');
  const alerts = [...new Set([...sources.matchAll(/\b(ModelGuard[A-Z]\w+)\b/g)].map(([, name]) => name))];
  expect(alerts.length).toBe(17);
  expect(alerts.filter(name => !read('docs/observability.md').includes(`| \`${name}\` |`))).toEqual([]);
});

test('docs/providers.md has the facts of every provider', () => {
  const page = read('docs/providers.md');
  for (const [name, provider] of Object.entries(Provider).filter(([, value]) => value instanceof Provider)) {
    expect(page).toContain(`| \`${name}\` | \`${provider.id}\` | \`${provider.keyName}\` | \`${provider.api}\` |`);
  }
});

test('docs/presets.md has every choice of the tiers', () => {
  const tiers = JSON.parse(fs.readFileSync(path.join(ROOT, 'catalog', 'tiers.json'), 'utf8'));
  const rows = Object.entries<any>(tiers).flatMap(([provider, choices]) => ['economy', 'standard', 'premium'].flatMap(tier => choices[tier].map((choice: any) => {
    const known = choice.price ?? listedPrice(provider, choice.id);
    const price = known ? `$${known.input} / $${known.output}` : 'unknown';
    return `| \`${provider}\` | ${tier} | \`${choice.id}\` | ${choice.since} | ${price} | ${choice.reason} |`;
  })));
  expect(read('docs/presets.md').split('\n').filter(line => /^\| `[a-z]+` \| (economy|standard|premium) \|/.test(line))).toEqual(rows);
});

test('docs/network.md lists the closed ranges', () => {
  const list = (ranges: string[]) => ranges.map(range => `\`${range}\``).join(', ');
  expect(read('docs/network.md')).toContain(`- IPv4: ${list(PRIVATE_IPV4)}\n- IPv6: ${list(PRIVATE_IPV6)}\n`);
});
