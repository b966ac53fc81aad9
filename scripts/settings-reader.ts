import { PluginFacts } from '../src/models/catalog';

type Json = Record<string, any>;

/** Settings whose key or, after `=`, whose value is the name of what a plugin's manifest contributes under `contracts`. */
const CONTRACTS: { readonly [contract: string]: readonly string[] } = {
  codeModeExecutors: ['tools.codeMode.executor='],
  speechProviders: ['messages.tts.providers.', 'tts.providers.'],
  webFetchProviders: ['tools.web.fetch.provider='],
  webSearchProviders: ['tools.web.search.provider='],
  workerProviders: ['cloudWorkers.profiles.*.provider='],
};

/** The slot that a plugin of a kind fills. */
const SLOTS: { readonly [kind: string]: string } = { 'memory': 'plugins.slots.memory=', 'context-engine': 'plugins.slots.contextEngine=' };

/**
 * Settings of plugins on npm whose manifests are not in OpenClaw's package. OpenClaw's documents say which plugin reads them: docs/gateway/opentelemetry.md,
 * docs/gateway/openshell.md, docs/channels/whatsapp.md.
 */
const OF_PACKAGES: { readonly [plugin: string]: string } = {
  'diagnostics-otel': 'diagnostics.otel',
  'openshell': 'agents.**.sandbox.backend=openshell',
  'whatsapp': 'web',
};

function contributed(manifest: Json): string[] {
  return [
    ...Object.entries(CONTRACTS).flatMap(([contract, settings]) =>
      (manifest.contracts?.[contract] ?? []).flatMap((name: string) => settings.map(setting => setting + name))),
    ...[manifest.kind ?? []].flat().flatMap((kind: string) => SLOTS[kind] ? SLOTS[kind] + manifest.id : []),
    ...Object.keys(manifest.secretProviderIntegrations ?? {}).length > 0 ? [`secrets.providers.*.pluginIntegration.pluginId=${manifest.id}`] : [],
  ];
}

function ofBundled(manifest: Json): string[] {
  const paths: string[] = manifest.activation?.onConfigPaths ?? [];
  return [
    `plugins.entries.${manifest.id}`,
    ...(manifest.channels ?? []).map((id: string) => `channels.${id}`),
    ...paths.filter(path => !path.startsWith('plugins.')),
    ...contributed(manifest),
  ];
}

function ofPackage({ plugin, channel, contracts, webSearchProviders = [] }: Json): string[] {
  const id = plugin?.id ?? channel.id;
  const search = webSearchProviders.map((provider: Json) => provider.id);
  return [
    `plugins.entries.${id}`,
    ...channel ? [`channels.${channel.id}`] : [],
    ...contributed({ id, contracts: { ...contracts, webSearchProviders: [...contracts?.webSearchProviders ?? [], ...search] } }),
    ...OF_PACKAGES[id] ? [OF_PACKAGES[id]] : [],
  ];
}

/**
 * Which plugin serves a setting: the manifests of the bundled plugins say it, and the lists of official packages on npm. A bundled plugin counts before a
 * package.
 */
export function settingPlugins(bundled: readonly Json[], packages: readonly Json[]): [setting: string, plugin: PluginFacts][] {
  return [
    ...packages.flatMap(entry => ofPackage(entry).map((setting): [string, PluginFacts] =>
      [setting, { plugin: entry.plugin?.id ?? entry.channel.id, npm: entry.install.npmSpec }])),
    ...bundled.flatMap(manifest => ofBundled(manifest).map((setting): [string, PluginFacts] => [setting, { plugin: manifest.id }])),
  ];
}
