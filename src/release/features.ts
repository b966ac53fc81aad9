import { compareReleases } from './compare';

/** What one version of OpenClaw understands, as far as rendering depends on it. */
export interface Features {
  /** `agents.defaults.modelPolicy.allow`; before, the keys of `agents.defaults.models` are the allowlist. */
  readonly modelPolicy: boolean;
  /** `agents.entries`, where each agent keeps to an allowlist of its own; before, `agents.list`, with one allowlist for all. */
  readonly agentEntries: boolean;
  /** Patterns such as `openrouter/anthropic/*`; before, only whole providers. */
  readonly namespacePatterns: boolean;
  /** `agents.defaults.utilityModel`. */
  readonly utilityModel: boolean;
  /** `memory.search`; before, `agents.defaults.memorySearch`. */
  readonly memorySearchSection: boolean;
  /** `tts`; before, `messages.tts`. */
  readonly speechSection: boolean;
  /** `models.catalogRefresh`; before, `models.pricing`. */
  readonly catalogRefresh: boolean;
  /** No `auth.cooldowns`; before, it decides how often a model that answers 429 is tried again. */
  readonly fixedCooldowns: boolean;
  /** `telemetry`. */
  readonly telemetry: boolean;
  /** `gateway.publicOrigin`. */
  readonly publicOrigin: boolean;
  /** What a proxy forwards is refused unless the proxy is trusted. */
  readonly attributesProxies: boolean;
  /** `gateway.controlUi.sessionObserver`. */
  readonly sessionObserver: boolean;
  /** `agents.defaults.modelSelectionScope`. */
  readonly modelSelectionScope: boolean;
  /** `/startupz` is a probe; before, it answers 200 with a web page at once. */
  readonly startupProbe: boolean;
  /** Sessions go on after a restart, also with OpenClaw's cache of sessions. */
  readonly resumesSessions: boolean;
  /** The gateway finishes running turns on SIGTERM. */
  readonly drains: boolean;
  /** The agents' settings.json decides how often a model is tried again. */
  readonly providerRetries: boolean;
  /** `OPENCLAW_CONFIG_READONLY`; before, `OPENCLAW_NIX_MODE`. */
  readonly readOnlyConfig: boolean;
  /** `agents.defaults.embeddedAgent.cyberFailover`. */
  readonly cyberFailover: boolean;
  /** A model's `compat` has `supportsInstructions`, and requests to OpenAI's own host have `instructions`. */
  readonly compatOfOwnHost: boolean;
  /** `cacheControlFormat` of a model's `compat` has an effect; since 2026.8.1 it exists. */
  readonly cacheMarksSetting: boolean;
  /** `supportsStrictMode` of a model's `compat` has an effect on OpenAI's responses API. */
  readonly strictSetting: boolean;
  /** OpenClaw knows that Claude Sonnet 5 and Mythos 5 decide themselves how long they think. */
  readonly adaptiveSonnet5: boolean;
  /** OpenClaw knows the same of Claude Opus 5. */
  readonly adaptiveOpus5: boolean;
  /** Earlier answers have their status at the own hosts of OpenAI and Azure only. */
  readonly statusAtHomeOnly: boolean;
  /** Requests to Google's own host name OpenClaw. */
  readonly attributesGoogle: boolean;
  /** Requests to Anthropic's own host say what becomes of thoughts whose conversation has changed. */
  readonly bindsThinking: boolean;
  /** Azure OpenAI gets no key for its cache. */
  readonly cacheKeyAtOpenAiOnly: boolean;
  /** What `config.get` answers masks each secret of the configuration; 2026.8.1 and 2026.8.2 also answer a copy that is not masked. */
  readonly masksConfig: boolean;
  /** A model that answers 429 is asked again for a minute before the next one is: 2026.8.1 and 2026.8.2. */
  readonly repeatsRateLimited: boolean;
  /** `openclaw backup` has conversations, and a command that restores. */
  readonly completeBackups: boolean;
  /** `openclaw plugins install` wants to be told that what a plugin says it does is accepted. */
  readonly declaresCapabilities: boolean;
  /**
   * The tokens of the first prompt of a session, tools included, by OpenClaw's own estimate; rounded up. Measured with `openclaw agent` and a window of
   * 131072 tokens: what it leaves for the answer.
   */
  readonly promptTokens: number;
  /** The memory of the gateway at rest, in MiB. */
  readonly memoryRequestMebibytes: number;
  /** The memory of the gateway after some hundred turns, in MiB. */
  readonly memoryLimitMebibytes: number;
}

/** A feature that a version has or has not. */
export type FeatureSwitch = Exclude<keyof Features, 'promptTokens' | 'repeatsRateLimited' | `memory${'Request' | 'Limit'}Mebibytes`>;

/** By the first version that needs as many. */
const PROMPT_TOKENS: readonly (readonly [since: string, tokens: number])[] = [
  ['2026.6.1', 22500], ['2026.7.1', 22000], ['2026.8.1', 31500], ['2026.9.1', 34000], ['2026.9.5', 37500], ['2026.9.6', 17500],
];

const SINCE: Record<FeatureSwitch, string> = {
  utilityModel: '2026.7.1',
  resumesSessions: '2026.7.1',
  modelPolicy: '2026.8.1',
  agentEntries: '2026.8.1',
  namespacePatterns: '2026.8.1',
  memorySearchSection: '2026.8.1',
  speechSection: '2026.8.1',
  catalogRefresh: '2026.8.1',
  fixedCooldowns: '2026.8.1',
  telemetry: '2026.8.1',
  publicOrigin: '2026.8.1',
  attributesProxies: '2026.8.1',
  sessionObserver: '2026.8.1',
  modelSelectionScope: '2026.8.1',
  startupProbe: '2026.8.1',
  drains: '2026.8.1',
  providerRetries: '2026.9.1',
  readOnlyConfig: '2026.9.4',
  cyberFailover: '2026.9.5',
  compatOfOwnHost: '2026.8.1',
  adaptiveSonnet5: '2026.7.1',
  adaptiveOpus5: '2026.8.1',
  statusAtHomeOnly: '2026.7.1',
  attributesGoogle: '2026.7.1',
  bindsThinking: '2026.9.2',
  cacheMarksSetting: '2026.9.3',
  strictSetting: '2026.9.6',
  cacheKeyAtOpenAiOnly: '2026.9.3',
  masksConfig: '2026.9.1',
  declaresCapabilities: '2026.8.1',
  completeBackups: '2026.8.1',
};

export function featuresOf(release: string): Features {
  const known = (feature: FeatureSwitch) => [feature, compareReleases(release, SINCE[feature]) >= 0];
  const switches = Object.fromEntries((Object.keys(SINCE) as FeatureSwitch[]).map(known)) as Record<FeatureSwitch, boolean>;
  const [, promptTokens] = PROMPT_TOKENS.filter(([since], i) => i === 0 || compareReleases(release, since) >= 0).pop()!;
  const masksConfig = switches.masksConfig || !switches.modelPolicy;
  const repeatsRateLimited = switches.fixedCooldowns && !switches.providerRetries;
  const memoryLimitMebibytes = switches.providerRetries ? 2048 : 1024;
  return { ...switches, masksConfig, repeatsRateLimited, promptTokens, memoryRequestMebibytes: 1024, memoryLimitMebibytes };
}

/** The first version that has a feature. */
export function firstReleaseWith(feature: FeatureSwitch): string {
  return SINCE[feature];
}
