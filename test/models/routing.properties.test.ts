import * as fc from 'fast-check';
import { Model, ModelAllowlist, Provider } from '../../src/index';
import { Catalog } from '../../src/models/catalog';
import { configOf, keysOf, newChain, newChart, newGateway } from '../support/gateway';

const PROVIDERS = [Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE, Provider.OPENROUTER];
const FACTS = { contextWindow: 32768, maxTokens: 4096 };
const CATALOG = Catalog.of('2026.9.6');

const segment = fc.stringMatching(/^[a-z0-9][a-z0-9._:-]{0,12}$/);
/** Models of the catalog, and OpenRouter's with as many slashes as they like. */
const known = fc.constantFrom(...PROVIDERS.flatMap(provider =>
  Object.entries(CATALOG.models(provider.id)).filter(([, row]) => !row.status).map(([id]) => provider.model(id))));
const routed = fc.array(segment, { minLength: 2, maxLength: 4 }).map(parts => parts.join('/'))
  .filter(id => !id.startsWith('openrouter/'))
  .map(id => Provider.OPENROUTER.model(id, FACTS));
const model: fc.Arbitrary<Model> = fc.oneof(known, routed);
const chainOf = fc.uniqueArray(model, { selector: each => each.modelRef, minLength: 1, maxLength: 8 });
const pattern = fc.array(segment, { maxLength: 2 }).map(parts => [...parts, '*'].join('/'));

/** OpenClaw's own reading of an entry of an allowlist. */
function openClawAllows(entries: string[], ref: string): boolean {
  return entries.some(entry => entry.endsWith('/*') ? ref.startsWith(entry.slice(0, -1)) && ref.length > entry.length - 1 : entry === ref);
}

function gateway(models: Model[], allowlist?: (chart: ReturnType<typeof newChart>) => ModelAllowlist) {
  const chart = newChart();
  const providerSecrets = keysOf(chart, ...PROVIDERS);
  return newGateway(chart, {
    chain: newChain(chart, models),
    providerSecrets,
    allowlist: allowlist?.(chart),
    acknowledge: { 'chain-single-provider': 'a property', 'provider-key-unused': 'a property' },
  });
}

test('a chain keeps its order, is all that is permitted, and each of its models has a row', () => {
  fc.assert(fc.property(chainOf, models => {
    const { agents, models: { providers } } = configOf(gateway(models));
    const refs = models.map(each => each.modelRef);
    expect([agents.defaults.model.primary, ...agents.defaults.model.fallbacks]).toEqual(refs);
    expect(agents.defaults.modelPolicy.allow).toEqual(refs);
    const rows = Object.entries<any>(providers).flatMap(([id, provider]) => provider.models.map((row: any) => `${id}/${row.id}`));
    expect([...rows].sort()).toEqual([...refs].sort());
  }), { numRuns: 60 });
});

test('permits() says what OpenClaw will say of the allowlist that is rendered', () => {
  fc.assert(fc.property(chainOf, fc.array(fc.tuple(fc.constantFrom(...PROVIDERS), pattern), { maxLength: 4 }), model, (models, patterns, asked) => {
    let allowlist!: ModelAllowlist;
    const made = gateway(models, chart => allowlist = new ModelAllowlist(chart, 'Allowlist', {
      models, patterns: patterns.map(([provider, text]) => provider.pattern(text)),
    }));
    const entries: string[] = configOf(made).agents.defaults.modelPolicy.allow;
    expect(allowlist.permits(asked)).toBe(openClawAllows(entries, asked.modelRef));
    for (const each of models) expect(allowlist.permits(each)).toBe(true);
  }), { numRuns: 60 });
});

test('a pattern matches its own provider and prefix only', () => {
  fc.assert(fc.property(pattern, routed, (text, asked) => {
    const prefix = text.slice(0, -1);
    expect(Provider.OPENROUTER.pattern(text).matches(asked.modelRef)).toBe(asked.id.startsWith(prefix) && asked.id !== prefix);
    expect(Provider.OPENAI.pattern(text).matches(asked.modelRef)).toBe(false);
  }));
});

test('any id is rendered as it is written, or refused in words', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.constantFrom(...PROVIDERS), (id, provider) => {
    fc.pre(id.trim() !== '');
    const asked = provider.model(id, FACTS);
    try {
      expect(configOf(gateway([asked])).agents.defaults.model.primary).toBe(asked.modelRef);
    } catch (error) {
      expect((error as Error).message).toMatch(/^OpenClawDeployment 'prod\/Gateway' has \d+ problems?:\n {2}\[model-/);
    }
  }), { numRuns: 200 });
});
