import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { node24 } from './openclaw';
import { settingPlugins } from './settings-reader';
import { CatalogData, CatalogRow, ProviderData, TakenId } from '../src/models/catalog';
import { OFFICIAL, Provider } from '../src/models/provider';

/**
 * Servers that one runs oneself. OpenClaw has a plugin for each, but with plugins off an explicit provider of that id is called
 * like any other custom one: tried with a turn each on 2026.6.11, 2026.7.1, 2026.8.2 and 2026.9.6.
 */
const SELF_HOSTED = new Set(['litellm', 'lmstudio', 'ollama', 'sglang', 'vllm']);

type Json = Record<string, any>;

function readJson(...segments: string[]): Json {
  return JSON.parse(fs.readFileSync(path.join(...segments), 'utf8'));
}

function sortedByKey<T>(entries: [string, T][]): { [key: string]: T } {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function manifests(folder: string): Json[] {
  const extensions = path.join(folder, 'dist', 'extensions');
  return fs.readdirSync(extensions).sort()
    .filter(id => fs.existsSync(path.join(extensions, id, 'openclaw.plugin.json')))
    .map(id => readJson(extensions, id, 'openclaw.plugin.json'));
}

function external(folder: string, kind: 'provider' | 'channel' | 'plugin'): Json[] {
  return readJson(folder, 'scripts', 'lib', `official-external-${kind}-catalog.json`).entries.map((entry: Json) => entry.openclaw);
}

/** The rows of a plugin that builds them in code. */
function builtRows(folder: string, { id, _facts: { traits } }: Provider): Json {
  const module = path.join(folder, 'dist', 'extensions', id, 'provider-catalog.js');
  const call = `import(${JSON.stringify(module)}).then(m => console.log(JSON.stringify(m.${traits.catalogFunction}())))`;
  return JSON.parse(execFileSync(node24(), ['--input-type=module', '-e', call], { encoding: 'utf8' }));
}

/** The models that OpenClaw's own code, besides its plugins, calls in place of others, by provider: of all ids that stand in that code. */
function builtInAliases(folder: string): { [provider: string]: { [id: string]: string } } {
  const name = 'normalizeStaticProviderModelIdWithPolicies';
  const dist = path.join(folder, 'dist');
  const sources = fs.readdirSync(dist).filter(file => /\.m?js$/.test(file)).map(file => ({ file, text: fs.readFileSync(path.join(dist, file), 'utf8') }));
  const file = sources.find(({ text }) => text.includes(`function ${name}(`))?.file;
  if (!file) throw new Error(`${dist} has no function ${name}; look where this version renames models`);
  const parts = sources.filter(({ text }) => text.includes(`function ${name}(`) || text.includes('function normalizeGooglePreviewModelId('));
  const ids = [...new Set(parts.flatMap(({ text }) => [...text.matchAll(/["']([a-z][a-z0-9.-]+)["']/g)].map(([, id]) => id)))];
  const providers = OFFICIAL.map(({ id }) => id);
  const call = `import(${JSON.stringify(path.join(dist, file))}).then(m => {
    const normalize = Object.values(m).find(each => each.name === '${name}');
    if (!normalize) throw new Error('${file} does not export ${name}');
    const ids = ${JSON.stringify(ids)};
    const of = provider => ids.map(id => [id, normalize(provider, id, new Map())]).filter(([id, called]) => called !== id && called !== provider + '/' + id);
    console.log(JSON.stringify(Object.fromEntries(${JSON.stringify(providers)}.map(provider => [provider, Object.fromEntries(of(provider))]))));
  })`;
  return JSON.parse(execFileSync(node24(), ['--input-type=module', '-e', call], { encoding: 'utf8' }));
}

function row(source: Json): CatalogRow {
  const { id, name = id, contextWindow, maxTokens, input, reasoning = false, contextTokens, cost, status, replacedBy, compat } = source;
  const { input: inputPrice, output, cacheRead, cacheWrite } = cost ?? {};
  const priced = Boolean(inputPrice || output);
  return {
    name,
    contextWindow,
    ...contextTokens && { contextTokens },
    maxTokens,
    // video and audio stand in some versions' code and not in others' manifests, for the same models
    input: input.filter((kind: string) => kind === 'text' || kind === 'image'),
    reasoning,
    // OpenClaw writes 0 where it does not know a price
    ...priced && { cost: { input: inputPrice, output, cacheRead, cacheWrite } },
    ...status && status !== 'available' && { status },
    ...replacedBy && { replacedBy },
    ...compat && { compat },
  };
}

function suppressed(all: Json[], provider: Provider): ProviderData['suppressed'] {
  const applies = ({ when }: Json) => !when?.baseUrlHosts || when.baseUrlHosts.includes(new URL(provider.baseUrl).host);
  const own = all.filter(entry => entry.provider === provider.id && applies(entry));
  return sortedByKey(own.map(({ model, reason, retirement }) =>
    [model, { reason, ...retirement?.replacedBy && { replacedBy: retirement.replacedBy } }]));
}

function providerData(folder: string, plugins: Json[], provider: Provider, builtIn: { [id: string]: string }): [string, ProviderData][] {
  const { id } = provider;
  const bundled = plugins.some(plugin => plugin.providers?.includes(id));
  const stated = plugins.map(plugin => plugin.modelCatalog?.providers?.[id]).find(catalog => catalog?.models?.length);
  const catalog = stated ?? (bundled && provider._facts.traits.catalogFunction !== 'none' ? builtRows(folder, provider) : undefined);
  if (!catalog) return [];
  // `openrouter/auto` is a router: it calls whatever model it likes
  const models = catalog.models.filter((source: Json) => !source.id.startsWith(`${id}/`));
  const ofPlugins = plugins.flatMap(plugin => Object.entries<string>(plugin.modelIdNormalization?.providers?.[id]?.aliases ?? {}));
  const aliases = { ...builtIn, ...Object.fromEntries(ofPlugins.map(([alias, model]) => [alias, builtIn[model] ?? model])) };
  return [[id, {
    api: catalog.api,
    baseUrl: catalog.baseUrl,
    aliases: sortedByKey(Object.entries<string>(aliases)),
    models: sortedByKey(models.map((source: Json) => [source.id, row(source)])),
    suppressed: suppressed(plugins.flatMap(plugin => plugin.modelCatalog?.suppressions ?? []), provider),
  }]];
}

function bundledIds(plugin: Json): [string, TakenId][] {
  const canonical = {
    ...plugin.providerAuthAliases,
    ...Object.fromEntries(Object.entries<Json>(plugin.modelCatalog?.aliases ?? {}).map(([alias, { provider }]) => [alias, provider])),
  };
  // `gemini` is no id of OpenClaw, but GEMINI_API_KEY is the key of google
  const keyIds = (plugin.setup?.providers ?? [])
    .filter(({ id }: Json) => OFFICIAL.some(provider => provider.id === id))
    .flatMap(({ id, envVars = [] }: Json) => envVars.map((name: string) => [name.match(/^([A-Z]+)_API_KEY$/)?.[1].toLowerCase(), id]))
    .filter(([word, id]: string[]) => word && word !== id);
  Object.assign(canonical, Object.fromEntries(keyIds));
  const ids = [
    ...plugin.providers ?? [], ...plugin.cliBackends ?? [], ...Object.keys(plugin.modelCatalog?.providers ?? {}), ...Object.keys(canonical),
  ];
  return ids.map((id: string) => [id, {
    plugin: plugin.id,
    ...canonical[id] && { canonical: canonical[id] },
    ...SELF_HOSTED.has(id) && { plain: true },
  }]);
}

function externalIds({ plugin, providers, install }: Json): [string, TakenId][] {
  const facts = { plugin: plugin.id, npm: install.npmSpec };
  return providers.flatMap(({ id, aliases = [] }: Json) =>
    [[id, facts], ...aliases.map((alias: string) => [alias, { ...facts, canonical: id }])]);
}

/** The facts in an installed package; a bundled plugin counts before an external one of the same id. */
export function readCatalog(folder: string): CatalogData {
  const plugins = manifests(folder);
  const builtIn = builtInAliases(folder);
  return {
    providers: sortedByKey(OFFICIAL.flatMap(provider => providerData(folder, plugins, provider, builtIn[provider.id]))),
    settings: sortedByKey(settingPlugins(plugins, [...external(folder, 'plugin'), ...external(folder, 'provider'), ...external(folder, 'channel')])),
    taken: sortedByKey([...external(folder, 'provider').flatMap(externalIds), ...plugins.flatMap(bundledIds)]),
  };
}
