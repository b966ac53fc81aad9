/** How the reasons begin that concern a feature and not a single setting. */
export const NOT_SUPPORTED = 'is not supported here';

/**
 * What extraConfig may never set, whatever is rendered. `*` stands for one key or index, `**` for any number of them.
 * The first row that matches says why; one without a reason allows the setting.
 */
export const GOVERNED_PATHS: ReadonlyArray<readonly [pattern: string, why?: string]> = [
  ['defaultModel', from('chain')],
  ['llmConfig', from('chain')],
  ['model', from('chain')],
  ['fallbacks', from('chain')],
  ['memorySearch', memorySearch()],
  ['tts', 'is not supported here: speech services call models outside the allowlist; remove it'],
  ['models.allowlist', from('allowlist')],
  ['models.providers', "is rendered from 'chain', 'allowlist', 'providerKeys' and 'providerSecrets'; remove it and use Provider.custom() or Provider.customize()"],
  ['models.*', "is rendered from 'chain' and 'allowlist'; remove it"],
  ['agents.defaults.model', from('chain')],
  ['agents.defaults.models', from('allowlist')],
  ['agents.defaults.modelPolicy', from('allowlist')],
  ['agents.defaults.utilityModel', from('modelSlots.utility')],
  ['agents.defaults.imageModel', from('modelSlots.image')],
  ['agents.defaults.pdfModel', from('modelSlots.pdf')],
  ['agents.defaults.heartbeat.every', from('modelSlots.heartbeat')],
  ['agents.defaults.heartbeat.model', from('modelSlots.heartbeat')],
  ['**.$include', 'is not supported here: the pod has no file to include; put the settings themselves into extraConfig'],
  ['env', "is not supported here; use 'envVariables' for plain values and 'secrets' for keys"],
  ['secrets.providers.keys', "is rendered from 'providerKeys', 'providerSecrets' and 'secrets'; remove it"],
  ['auth.profiles', from('providerSecrets')],
  ['auth.order', from('providerSecrets')],
  ['gateway.token', from('auth')],
  ['gateway.password', from('auth')],
  ['gateway.auth.mode', from('auth')],
  ['gateway.auth.token', from('auth')],
  ['gateway.auth.password', from('auth')],
  ['gateway.auth.trustedProxy', from('auth')],
  ['gateway.auth.allowTailscale', from('auth')],
  ['gateway.trustedProxies', from('exposure')],
  ['gateway.publicOrigin', from('exposure')],
  ['gateway.controlUi.allowedOrigins', from('exposure')],
  ['gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback', 'is not supported here: any site could use a browser that is signed in; name its origin in exposure'],
  ['gateway.controlUi.dangerouslyDisableDeviceAuth', 'is not supported here: any browser with the token would be in; approve each once'],
  ['gateway.http.endpoints', from('httpApi')],
  ['gateway.bind', 'is fixed: the Service and the probes need it; remove it'],
  ['gateway.customBindHost', 'is fixed: the Service and the probes need it; remove it'],
  ['gateway.port', 'is fixed: the Service and the probes need it; remove it'],
  ['gateway.tls', 'is not supported here: the probes speak plain HTTP; end TLS in front of the Service'],
  ['plugins.bundledDiscovery', from('plugins')],
  ['gateway.tailscale', 'is not supported here: it needs a bind that neither probes nor a Service reach; put Tailscale in front of the Service'],
  ['tools.web.search', 'is not supported here: the gateway denies web search, as some services answer with models of their own; remove it'],
  ['tools.web.x_search', 'is not supported here: the gateway denies web search, as some services answer with models of their own; remove it'],
  ...['mappings.*.transform', 'transformsDir'].map(key => [`hooks.${key}`, 'is not supported here: the pod has no module to run; use the templates of a mapping'] as const),
  ['plugins.slots.memory', from('modelSlots.memoryEmbeddings')],
  ['bindings.*.acp', 'is not supported here: an ACP backend calls models of its own; remove it'],
  ['acp', 'is not supported here: an ACP backend calls models of its own; remove it'],
  ['agents.entries.*.runtime', 'is not supported here: another runtime calls models of its own; remove it'],
  ['agents.list.*.runtime', 'is not supported here: another runtime calls models of its own; remove it'],
  ['talk', 'is not supported here: talk mode calls speech models outside the allowlist; remove it'],
  ['agents.**.compaction.provider', 'is not supported here: it may call a model outside the allowlist; remove it'],
  ...['provider', 'model', 'fallback', 'remote', 'local'].map(key => [`**.memory.search.${key}`, memorySearch()] as const),
];

/** Keys that name a model, a provider's runtime or a speech service wherever they stand, except as the caller's own key of a map. */
export const GOVERNED_KEYS: ReadonlyArray<readonly [key: RegExp, why: string]> = [
  [/^memorySearch$/, memorySearch()],
  [/^(tts|stt|realtime)$/, 'is not supported here: speech services call models outside the allowlist; remove it'],
  [/^(agentRuntime|cliBackends|embeddedHarness|embeddedPi)$/, 'is not supported here: another runtime calls models of its own; remove it'],
  [/^cyberFailover$/, 'is not supported here: it calls a model outside the allowlist; remove it'],
  [/^(models?|\w+Models?|model[A-Z]\w*|allowModel[A-Z]\w*|defaultProvider)$/, "names a model, and models are chosen by 'chain', 'allowlist' and 'modelSlots'; remove it"],
];

/** The properties of OpenClawDeployment from which rendered settings come, for the message. */
export const RENDERED_FROM: ReadonlyArray<readonly [pattern: string, property: string]> = [
  ['gateway.auth', 'auth'],
  ['gateway.http', 'httpApi'],
  ['tools.media.image.enabled', 'modelSlots.image'],
  ['plugins.slots.memory', 'modelSlots.memoryEmbeddings'],
  ['bindings', 'agents.<id>.bindings'],
  ['agents.list', 'agents'],
  ['agents.entries.*.heartbeat.every', 'agents.<id>.modelSlots.heartbeat'],
  ['agents.defaults.systemAgent.agentId', 'agents.<id>.default'],
  ['plugins', 'plugins'],
  ['plugins.**', 'plugins'],
];

/** Why a setting that a property renders must not be made. */
export function from(property: string): string {
  return `is rendered from '${property}'; remove it and change '${property}'`;
}

function memorySearch(): string {
  return "decides which model memory search calls, as 'modelSlots.memoryEmbeddings' does; remove it";
}
