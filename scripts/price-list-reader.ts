import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { cacheFolder } from './openclaw';

/** What a row of the list says; prices in US dollars per token. */
export interface ListedModel {
  readonly litellm_provider?: string;
  readonly mode?: string;
  readonly input_cost_per_token?: number;
  readonly output_cost_per_token?: number;
  readonly cache_read_input_token_cost?: number;
  readonly cache_creation_input_token_cost?: number;
}

/** OpenClaw's ids of providers, by those of the list. */
const PROVIDERS: { readonly [listed: string]: string } = {
  anthropic: 'anthropic', deepseek: 'deepseek', gemini: 'google', groq: 'groq', mistral: 'mistral', openai: 'openai', xai: 'xai',
};
const EMBEDDING = 'embedding'; // which has no output
const MODES = ['chat', 'responses', EMBEDDING];
const MEMBER = 'litellm/model_prices_and_context_window_backup.json';

/** The text of `catalog/prices.json`. */
export function priceList(version: string, date: string): string {
  const rows = pricesOf(JSON.parse(listOf(version)));
  const providers = Object.entries(rows).map(([provider, models]) => {
    const lines = Object.entries(models).sort(([a], [b]) => a < b ? -1 : 1).map(([id, price]) => `      ${JSON.stringify(id)}: ${JSON.stringify(price)}`);
    return `    ${JSON.stringify(provider)}: {\n${lines.join(',\n')}\n    }`;
  });
  return `{\n  "source": "litellm ${version}",\n  "date": "${date}",\n  "models": {\n${providers.join(',\n')}\n  }\n}\n`;
}

/** Prices in US dollars per million tokens, by OpenClaw's ids of providers and models. */
export function pricesOf(list: { readonly [name: string]: ListedModel }) {
  const rows: { [provider: string]: { [id: string]: object } } = Object.fromEntries(Object.values(PROVIDERS).sort().map(provider => [provider, {}]));
  for (const [name, row] of Object.entries(list).sort(([a], [b]) => a < b ? -1 : 1)) {
    const provider = PROVIDERS[row.litellm_provider ?? ''];
    const { input_cost_per_token: input, output_cost_per_token: output = row.mode === EMBEDDING ? 0 : undefined } = row;
    if (!provider || !MODES.includes(row.mode ?? '') || !input || output === undefined || name.startsWith('ft:')) continue;
    const prefix = `${row.litellm_provider}/`;
    rows[provider][name.startsWith(prefix) ? name.slice(prefix.length) : name] = {
      input: perMillion(input),
      output: perMillion(output),
      ...row.cache_read_input_token_cost && { cacheRead: perMillion(row.cache_read_input_token_cost) },
      ...row.cache_creation_input_token_cost && { cacheWrite: perMillion(row.cache_creation_input_token_cost) },
    };
  }
  return rows;
}

/** Without the noise of binary fractions: 1.2500000000000002. */
function perMillion(perToken: number): number {
  return Number((perToken * 1e6).toPrecision(12));
}

/** The list inside the wheel; fetched from PyPI into the cache when it is not there. */
function listOf(version: string): string {
  const target = path.join(cacheFolder(), `litellm-prices-${version}.json`);
  if (!fs.existsSync(target)) {
    fs.mkdirSync(cacheFolder(), { recursive: true });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'litellm-'));
    try {
      const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--dest', folder];
      execFileSync('python3', [...pip, `litellm==${version}`], { stdio: 'pipe' });
      const read = 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))';
      const text = execFileSync('python3', ['-c', read, path.join(folder, fs.readdirSync(folder)[0]), MEMBER], { maxBuffer: 64 * 2 ** 20 });
      fs.writeFileSync(`${target}.${process.pid}`, text);
      fs.renameSync(`${target}.${process.pid}`, target); // complete from the start, whoever else fetches it at the same time
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  return fs.readFileSync(target, 'utf8');
}
