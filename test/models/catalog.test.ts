import * as fs from 'fs';
import * as path from 'path';
import { own } from '../../src/input/values';
import { Catalog, CatalogData } from '../../src/models/catalog';
import { Provider } from '../../src/models/provider';
import { STORED_CATALOGS } from '../support/stored-facts';

const NEWEST = Catalog.of('2026.9.6');

function dataOf(release: string): CatalogData {
  return JSON.parse(fs.readFileSync(path.join(__dirname, '..', '..', 'catalog', `${release}.json`), 'utf8'));
}

test.each([
  ['2026.6.12', '2026.6.11', 'in between'],
  ['2026.7.1-3', '2026.7.1-2', 'a rebuild'],
  ['2026.7.36', '2026.7.35', 'a later patch of a maintained line'],
  ['2027.1.1', '2026.9.6', 'newer than all'],
])('%s takes the facts of %s (%s)', (release, facts) => {
  expect(Catalog.of(release).models('openai')).toEqual(Catalog.of(facts).models('openai'));
  expect(Catalog.of(release).plugins).toEqual(Catalog.of(facts).plugins);
});

test.each([
  ['2026.9.6', 'anthropic', 'claude-sonnet-5', {
    name: 'Claude Sonnet 5',
    contextWindow: 1000000,
    maxTokens: 128000,
    input: ['text', 'image'],
    reasoning: true,
    cost: { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
    compat: { codeMode: 'preferred' },
  }],
  ['2026.9.6', 'openai', 'gpt-5.5', {
    name: 'GPT-5.5',
    contextWindow: 1050000,
    contextTokens: 272000,
    maxTokens: 128000,
    input: ['text', 'image'],
    reasoning: true,
    cost: { input: 5, output: 30, cacheRead: 0.5, cacheWrite: 0 },
    status: 'deprecated',
    replacedBy: 'gpt-5.6-sol',
    compat: { codeMode: 'preferred' },
  }],
  ['2026.9.6', 'google', 'gemini-3.7-flash', {
    name: 'Gemini 3.7 Flash', contextWindow: 1048576, maxTokens: 65536, input: ['text', 'image'], reasoning: true, compat: { codeMode: 'preferred' },
  }],
  ['2026.6.11', 'google', 'gemini-3.5-flash', {
    name: 'Gemini 3.5 Flash', contextWindow: 1048576, maxTokens: 65536, input: ['text', 'image'], reasoning: true,
  }],
  ['2026.6.11', 'anthropic', 'claude-haiku-4-5', {
    name: 'Claude Haiku 4.5', contextWindow: 200000, maxTokens: 64000, input: ['text', 'image'], reasoning: true,
  }],
])('%s knows %s/%s', (release, provider, id, row) => {
  expect(Catalog.of(release).row(provider, id)).toEqual(row);
});

test.each([
  ['2026.9.6', 'anthropic', 'claude-sonnet-4-5'],
  ['2026.6.11', 'anthropic', 'claude-sonnet-5'],
  ['2026.9.6', 'mistral', 'mistral-large-latest'],
  ['2026.9.6', 'openrouter', 'openrouter/auto'],
  ['2026.9.6', 'nosuch', 'gpt-5.4'],
  ['2026.9.6', 'anthropic', 'constructor'],
])('%s has no row of %s/%s', (release, provider, id) => {
  expect(Catalog.of(release).row(provider, id)).toBeUndefined();
});

test('a price is known or left out, never zero', () => {
  for (const release of STORED_CATALOGS) {
    const catalog = Catalog.of(release);
    const rows = ['anthropic', 'openai', 'google', 'openrouter', 'mistral', 'xai'].flatMap(id => Object.values(catalog.models(id)));
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ cost }) => cost && !(cost.input > 0 && cost.output > 0))).toEqual([]);
  }
});

test('what models() gives is the caller\'s own', () => {
  delete NEWEST.models('anthropic')['claude-sonnet-5'];
  expect(Object.keys(NEWEST.models('anthropic'))).toContain('claude-sonnet-5');
  expect(NEWEST.models('groq')).toEqual({});
});

test.each([
  ['google', 'gemini-2.0-flash', { reason: 'Google shut down Gemini 2.0 Flash on 2026-06-01. Use google/gemini-2.5-flash.' }],
  ['xai', 'auto', { reason: 'The xAI auto selector has retired; use a concrete model.', replacedBy: 'grok-4.7' }],
  ['openai', 'gpt-5.4', undefined],
])('%s/%s is suppressed: %j', (provider, id, suppression) => {
  expect(NEWEST.suppression(provider, id)).toEqual(suppression);
});

test.each([
  ['anthropic', 'sonnet', 'claude-sonnet-5'],
  ['anthropic', 'claude-sonnet5', 'claude-sonnet-5'],
  ['google', 'gemini-3-pro', 'gemini-3.1-pro-preview'],
  ['openai', 'GPT-6-Luna', 'gpt-6-luna'],
])('%s/%s probably meant %s', (provider, id, meant) => {
  const found = NEWEST.nearest(provider, id);
  expect(found[0]).toBe(meant);
  expect(found.length).toBeLessThanOrEqual(3);
  expect(new Set(found).size).toBe(found.length);
});

test('nothing is near where nothing is known', () => {
  expect(NEWEST.nearest('groq', 'llama-3.3-70b-versatile')).toEqual([]);
  expect(NEWEST.nearest('anthropic', 'gpt-4o')).toEqual([]);
});

test.each([
  ['2026.9.6', 'google', { plugin: 'google' }],
  ['2026.9.6', 'gemini', { plugin: 'google', canonical: 'google' }],
  ['2026.6.11', 'gemini', { plugin: 'google', canonical: 'google' }],
  ['2026.9.6', 'x-ai', { plugin: 'xai', canonical: 'xai' }],
  ['2026.6.11', 'x-ai', undefined],
  ['2026.9.6', 'groq', { plugin: 'groq', npm: '@openclaw/groq-provider' }],
  ['2026.9.6', 'mistral', { plugin: 'mistral', npm: '@openclaw/mistral-provider' }],
  ['2026.7.1', 'mistral', { plugin: 'mistral' }],
  ['2026.9.6', 'fireworks-ai', { plugin: 'fireworks', npm: '@openclaw/fireworks-provider', canonical: 'fireworks' }],
  ['2026.9.6', 'azure-openai-responses', { plugin: 'openai', canonical: 'openai' }],
  ['2026.9.6', 'azure', undefined],
  ['2026.9.6', 'vllm', { plugin: 'vllm', plain: true }],
  ['2026.6.11', 'litellm', { plugin: 'litellm', plain: true }],
  ['2026.9.6', 'internal-models', undefined],
  ['2026.9.6', 'toString', undefined],
])('in %s the provider id %s is taken by %j', (release, id, taken) => {
  expect(Catalog.of(release).taken(id)).toEqual(taken);
});

test.each([
  ['2026.9.6', 'telegram', { plugin: 'telegram' }],
  ['2026.6.11', 'imessage', { plugin: 'imessage' }],
  ['2026.9.6', 'imessage', { plugin: 'imessage', npm: '@openclaw/imessage' }],
  ['2026.9.6', 'slack', { plugin: 'slack', npm: '@openclaw/slack' }],
  ['2026.9.6', 'nosuch', undefined],
])('in %s the channel %s comes from %j', (release, channel, facts) => {
  const catalog = Catalog.of(release);
  expect(own(catalog.served('channels'), channel)).toEqual(facts);
  expect(catalog.plugins.includes(channel)).toBe(facts !== undefined && !('npm' in facts));
});

test('the official providers are the ones of OpenClaw', () => {
  for (const provider of [Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE, Provider.OPENROUTER, Provider.MISTRAL, Provider.XAI]) {
    const stated = STORED_CATALOGS.flatMap(release => dataOf(release).providers[provider.id] ?? []);
    expect(stated.length).toBeGreaterThan(0);
    for (const { api, baseUrl } of stated) expect({ api, baseUrl }).toEqual({ api: provider.api, baseUrl: provider.baseUrl });
  }
});
