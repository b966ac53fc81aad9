import * as fs from 'fs';
import * as path from 'path';
import { Catalog, CatalogRow, TierChoice, TierName } from '../../src/models/catalog';
import { compareReleases } from '../../src/release/compare';
import { STORED_CATALOGS } from '../support/stored-facts';

const TIERS: TierName[] = ['economy', 'standard', 'premium'];
const PROVIDERS = ['anthropic', 'deepseek', 'google', 'groq', 'mistral', 'openai', 'openrouter', 'xai'];
const DATA: Record<string, Record<TierName, TierChoice[]>> = JSON.parse(
  fs.readFileSync(path.join(__dirname, '..', '..', 'catalog', 'tiers.json'), 'utf8'),
);

/** Models made for one purpose, slow variants, previous families, also those that Groq ended; and Claude models of limited access or with foreign answers to refusals. */
const NO_CANDIDATE = /codex|chat-latest|deep-research|codestral|devstral|magistral|pixtral|build|-pro$|^o\d|mythos|fable|opus-5|llama|qwen3-32b/;

const cases = STORED_CATALOGS.flatMap(release => PROVIDERS.flatMap(provider => TIERS.map(tier => ({ release, provider, tier }))));

function choiceOf(release: string, provider: string, tier: TierName): TierChoice {
  return DATA[provider][tier].find(({ since }) => compareReleases(since, release) <= 0)!;
}

function priceOf(model: CatalogRow | undefined, choice?: TierChoice): number | undefined {
  const price = model?.cost ?? choice?.price;
  return price && price.input + price.output;
}

function candidates(release: string, provider: string): [string, number][] {
  const catalog = Catalog.of(release);
  return Object.entries(catalog.models(provider))
    .filter(([id, { status, contextWindow }]) => !status && contextWindow >= 100000 && !NO_CANDIDATE.test(id) && !catalog.suppression(provider, id))
    .flatMap(([id, row]): [string, number][] => (row.cost ? [[id, priceOf(row)!]] : []));
}

test('every choice says why, from where and when, newest first', () => {
  expect(Object.keys(DATA)).toEqual(PROVIDERS);
  for (const choices of PROVIDERS.flatMap(provider => TIERS.map(tier => DATA[provider][tier]))) {
    expect(choices[choices.length - 1].since).toBe('2026.6.1');
    expect([...choices].sort((a, b) => compareReleases(b.since, a.since))).toEqual(choices);
    for (const { reason, source, date } of choices) {
      expect(reason).toMatch(/^[A-Z].{10,}\.$/);
      expect(source).toMatch(/\w{3}/);
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  }
});

test.each(cases)('$release $provider $tier is a complete, available model', ({ release, provider, tier }) => {
  const catalog = Catalog.of(release);
  const { id, ...facts } = catalog.tier(provider, tier)!;
  expect(id).toBe(choiceOf(release, provider, tier).id);
  expect(facts).toMatchObject({
    name: expect.stringMatching(/\w/),
    input: expect.arrayContaining(['text']),
    reasoning: expect.any(Boolean),
    contextWindow: expect.any(Number),
    maxTokens: expect.any(Number),
  });
  expect(facts.status).toBeUndefined();
  expect(catalog.suppression(provider, id)).toBeUndefined();
  if (choiceOf(release, provider, tier).facts?.name === undefined) expect(catalog.row(provider, id)).toBeDefined();
});

const rowOf = ({ release, provider, tier }: typeof cases[number]) => Catalog.of(release).row(provider, choiceOf(release, provider, tier).id);

test.each(cases.filter(each => rowOf(each)?.cost))('the price of $provider $tier is that of the catalog of $release', each => {
  const { input, output } = rowOf(each)!.cost!;
  expect(choiceOf(each.release, each.provider, each.tier).price).toEqual({ input, output });
});

test.each(cases.filter(({ tier }) => tier === 'economy'))('no model of $provider in $release is cheaper', ({ release, provider, tier }) => {
  const price = priceOf(Catalog.of(release).tier(provider, tier), choiceOf(release, provider, tier));
  expect(candidates(release, provider).filter(([, other]) => price !== undefined && other < price)).toEqual([]);
});

test.each(cases.filter(({ tier }) => tier === 'premium'))('no model of $provider in $release is dearer', ({ release, provider, tier }) => {
  const price = priceOf(Catalog.of(release).tier(provider, tier), choiceOf(release, provider, tier));
  expect(candidates(release, provider).filter(([, other]) => price !== undefined && other > price)).toEqual([]);
});

test.each(cases.filter(({ tier }) => tier === 'standard'))('$provider in $release: a higher tier is never cheaper', ({ release, provider }) => {
  const prices = TIERS.map(tier => priceOf(Catalog.of(release).tier(provider, tier), choiceOf(release, provider, tier)))
    .filter(price => price !== undefined);
  expect([...prices].sort((a, b) => a - b)).toEqual(prices);
});

test('no tier takes a model whose refusals another model answers', () => {
  const chosen = PROVIDERS.flatMap(provider => TIERS.flatMap(tier => DATA[provider][tier].map(({ id }) => id)));
  expect(chosen.filter(id => /opus-5|fable-5/.test(id))).toEqual([]);
});

test('other providers have no tiers', () => {
  expect(Catalog.of('2026.9.6').tier('azure', 'standard')).toBeUndefined();
  expect(Catalog.of('2026.9.6').tier('vllm', 'economy')).toBeUndefined();
});
