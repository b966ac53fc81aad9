import * as fs from 'fs';
import * as path from 'path';
import { ListedModel, pricesOf } from '../../scripts/price-list-reader';
import { Catalog, TierName } from '../../src/models/catalog';
import { listedPrice, PriceList } from '../../src/models/model-price';
import { RELEASES } from '../../src/release/releases';
import { STORED_CATALOGS } from '../support/stored-facts';

const read = (name: string) => JSON.parse(fs.readFileSync(path.join(__dirname, '..', '..', 'catalog', name), 'utf8'));
const PROVIDERS = ['anthropic', 'deepseek', 'google', 'groq', 'mistral', 'openai', 'xai'];

const TIERS: TierName[] = ['economy', 'standard', 'premium'];

const rowsOf = (release: string) =>
  PROVIDERS.flatMap(provider => Object.entries(Catalog.of(release).models(provider)).map(([id, row]) => ({ provider, id, ref: `${provider}/${id}`, row })));

test('the list says where it is from and when it was read', () => {
  const { source, date, models }: PriceList = read('prices.json');
  expect(source).toMatch(/^litellm \d+\.\d+\.\d+$/);
  expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(Object.keys(models)).toEqual(PROVIDERS);
});

test.each(STORED_CATALOGS)('every model without a price in the catalog of %s has one in the list', release => {
  expect(rowsOf(release).filter(({ provider, id, row }) => !row.cost && !listedPrice(provider, id)).map(({ ref }) => ref)).toEqual([]);
});

test('list and newest catalog agree, but for three models whose prices OpenAI lowered since', () => {
  const newest = RELEASES[RELEASES.length - 1].release;
  const both = rowsOf(newest).flatMap(({ provider, id, ref, row }) => {
    const listed = listedPrice(provider, id);
    return row.cost && listed ? [{ ref, same: listed.input === row.cost.input && listed.output === row.cost.output }] : [];
  });
  expect(both.filter(({ same }) => same).length).toBeGreaterThan(20);
  expect(both.filter(({ same }) => !same).map(({ ref }) => ref)).toEqual(['openai/gpt-5.6-luna', 'openai/gpt-5.6-sol', 'openai/gpt-5.6-terra']);
});

test('list and tiers agree where the catalog has no price', () => {
  const differing = STORED_CATALOGS.flatMap(release => PROVIDERS.flatMap(provider => TIERS.flatMap(tier => {
    const { id, cost } = Catalog.of(release).tier(provider, tier)!;
    const listed = listedPrice(provider, id);
    const comparable = cost && listed && !Catalog.of(release).row(provider, id)?.cost;
    return comparable && (cost.input !== listed.input || cost.output !== listed.output) ? [`${provider}/${id}`] : [];
  })));
  expect([...new Set(differing)]).toEqual([]);
});

test('rows of the list become prices per million tokens, under OpenClaw\'s names', () => {
  const chat: ListedModel = { litellm_provider: 'gemini', mode: 'chat', input_cost_per_token: 1.25e-6, output_cost_per_token: 1.0000000000000002e-5 };
  expect(pricesOf({
    'gemini/gemini-2.5-pro': { ...chat, cache_read_input_token_cost: 1.25e-7, cache_creation_input_token_cost: 0 },
    'gemini/free': { ...chat, input_cost_per_token: 0 },
    'gemini/no-output': { ...chat, output_cost_per_token: undefined },
    'gemini/image': { ...chat, mode: 'image_generation' },
    'vertex_ai/gemini-2.5-pro': { ...chat, litellm_provider: 'vertex_ai-language-models' },
    'ft:gpt-4o': { ...chat, litellm_provider: 'openai' },
    'text-embedding-3-small': { litellm_provider: 'openai', mode: 'embedding', input_cost_per_token: 2e-8 },
  })).toEqual({
    anthropic: {},
    deepseek: {},
    groq: {},
    mistral: {},
    xai: {},
    google: { 'gemini-2.5-pro': { input: 1.25, output: 10, cacheRead: 0.125 } },
    openai: { 'text-embedding-3-small': { input: 0.02, output: 0 } },
  });
});
