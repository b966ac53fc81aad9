import { HomeFeature, ModelSettings, ProviderFacts } from './provider-facts';
import { FeatureSwitch, Features } from '../release/features';

const EVERYWHERE = { models: 'all', since: 'always', until: 'never', settingsSince: 'always' } as const;

const claude = (names: string) => new RegExp(`(^|[^a-z0-9])claude-(${names})(?![a-z0-9])`);

/** Claude models that decide themselves how long they think, and the first versions that know so. */
const ADAPTIVE_CLAUDE: readonly (readonly [RegExp, FeatureSwitch | 'always'])[] = [
  [claude('fable-5|mythos-preview|opus-4-(6|7|8)|sonnet-4-6'), 'always'],
  [claude('mythos-5|sonnet-5'), 'adaptiveSonnet5'],
  [claude('opus-5'), 'adaptiveOpus5'],
];
const EVERY_ADAPTIVE = new RegExp(ADAPTIVE_CLAUDE.map(([{ source }]) => source).join('|'));
const OTHER_CLAUDE = new RegExp(`^(?!.*(${EVERY_ADAPTIVE.source}))`);

const TOOL_STREAMING = 'fine-grained-tool-streaming-2025-05-14';

const BETAS_OF_OTHERS: HomeFeature = {
  ...EVERYWHERE,
  name: 'betas of Claude models with a budget for thoughts',
  settings: { headers: { 'anthropic-beta': `${TOOL_STREAMING},interleaved-thinking-2025-05-14` } },
  places: [`header anthropic-beta ${TOOL_STREAMING}`, 'header anthropic-beta interleaved-thinking-2025-05-14'],
  without: 'The model does not think between two tools, and arguments of tools are not streamed in parts.',
};

const BETAS_OF_ADAPTIVE: HomeFeature = {
  ...EVERYWHERE,
  name: 'betas of Claude models that decide how long they think',
  settings: { headers: { 'anthropic-beta': TOOL_STREAMING } },
  places: [`header anthropic-beta ${TOOL_STREAMING}`],
  without: 'Arguments of tools are not streamed in parts.',
};

/** The system prompt apart from the conversation. */
const INSTRUCTIONS: HomeFeature = {
  ...EVERYWHERE,
  name: 'the field instructions',
  since: 'compatOfOwnHost',
  settings: { compat: { supportsInstructions: true } },
  settingsSince: 'compatOfOwnHost',
  places: ['body instructions', 'body input[].role', 'body input[].content'],
  without: 'The system prompt is the first message of the conversation.',
};

const CACHE_KEY: HomeFeature = {
  ...EVERYWHERE,
  name: 'the cache key (prompt_cache_key)',
  settings: { compat: { supportsPromptCacheKey: true } },
  places: ['body prompt_cache_key'],
  without: 'The provider finds a cached prompt less often.',
};

/** Mistral answers 422 to this field; OpenClaw sends it to any server whose address looks local. */
const NO_USAGE_OPTION: HomeFeature = {
  ...EVERYWHERE,
  name: 'no stream_options',
  settings: { compat: { supportsUsageInStreaming: false } },
  places: ['body stream_options'],
  without: 'OpenClaw asks for the usage; a provider that does not know the field refuses the call.',
};

const attribution = (...headers: string[]): HomeFeature => ({
  ...EVERYWHERE,
  name: 'headers that name OpenClaw',
  settings: 'none',
  places: headers.map(header => `header ${header}`),
  without: 'The provider counts the calls for no application.',
});

const CLIENT_HEADERS = ['originator', 'user-agent', 'version'];

const STATUS: HomeFeature = {
  ...EVERYWHERE,
  name: 'the status of earlier answers',
  since: 'statusAtHomeOnly',
  settings: 'none',
  places: ['body input[].status'],
  without: 'No effect is known.',
};

/** What OpenClaw does for each provider at its own host only, measured on 2026.6.11, 2026.7.1, 2026.8.2 and 2026.9.6. */
export const HOME_FEATURES: { readonly [group in 'anthropic' | 'openai' | 'google' | 'openrouter' | 'completions' | 'xai' | 'azure' | 'bedrock']: readonly HomeFeature[] } = {
  anthropic: [
    { ...BETAS_OF_OTHERS, models: OTHER_CLAUDE },
    ...ADAPTIVE_CLAUDE.flatMap(([models, since]): HomeFeature[] => [
      { ...BETAS_OF_ADAPTIVE, models, since },
      ...since === 'always' ? [] : [{ ...BETAS_OF_OTHERS, models, until: since }],
    ]),
    {
      ...EVERYWHERE,
      name: 'thinking.block_binding and its beta',
      models: EVERY_ADAPTIVE,
      since: 'bindsThinking',
      settings: 'none',
      places: ['header anthropic-beta thinking-binding-controls-2026-08-01', 'body thinking.block_binding'],
      without: 'Anthropic refuses thoughts whose conversation has changed instead of dropping them; OpenClaw then asks once more, without them.',
    },
  ],
  openai: [
    CACHE_KEY,
    INSTRUCTIONS,
    {
      ...EVERYWHERE,
      name: 'the role developer of the system prompt',
      until: 'compatOfOwnHost',
      settings: { compat: { supportsDeveloperRole: true } },
      places: ['body input[].role'],
      without: 'The system prompt has the role system.',
    },
    {
      ...EVERYWHERE,
      name: 'the field strict of tools',
      settings: { compat: { supportsStrictMode: true } },
      settingsSince: 'strictSetting',
      places: ['body tools[].strict'],
      without: 'OpenAI decides whether it holds the arguments of a tool against their schema.',
    },
    {
      ...EVERYWHERE,
      name: 'answers stored at OpenAI (store), and ids that refer to them',
      settings: 'none',
      places: ['body store', 'body input[].id'],
      without: 'OpenAI stores no answer; each request has the whole conversation, with encrypted thoughts.',
    },
    STATUS,
    {
      ...EVERYWHERE,
      name: 'compaction by OpenAI (context_management)',
      settings: 'none',
      places: ['body context_management'],
      without: 'OpenClaw compacts long conversations itself.',
    },
    {
      ...EVERYWHERE,
      name: 'WebSockets',
      since: 'compatOfOwnHost',
      settings: 'none',
      places: ['call GET api.openai.com/v1/responses'],
      without: 'Each call is an HTTP request of its own.',
    },
    attribution(...CLIENT_HEADERS),
    {
      ...EVERYWHERE,
      name: 'ids of session and turn (metadata)',
      until: 'compatOfOwnHost',
      settings: 'none',
      places: [...['x-client-request-id', 'x-openclaw-session-id', 'x-openclaw-turn-attempt', 'x-openclaw-turn-id'].map(name => `header ${name}`), 'body metadata'],
      without: 'OpenAI\'s own logs do not show which session a call belongs to.',
    },
  ],
  google: [{ ...attribution('x-goog-api-client'), since: 'attributesGoogle', until: 'compatOfOwnHost' }],
  openrouter: [
    {
      ...EVERYWHERE,
      name: 'cache marks (cache_control) of Claude models',
      models: /^anthropic\//,
      settings: { compat: { cacheControlFormat: 'anthropic' } },
      settingsSince: 'cacheMarksSetting',
      places: ['body messages[].content'],
      without: 'Claude models read the whole prompt anew in each call, at the full price.',
    },
    NO_USAGE_OPTION,
    attribution('http-referer', 'x-openrouter-categories', 'x-openrouter-title'),
  ],
  completions: [NO_USAGE_OPTION],
  xai: [INSTRUCTIONS, attribution(...CLIENT_HEADERS)],
  bedrock: [{ ...NO_USAGE_OPTION, models: /^(?!.*anthropic\.)/ }],
  azure: [{ ...CACHE_KEY, until: 'cacheKeyAtOpenAiOnly' }, STATUS],
};

/** Whether a provider is reached at another base URL than its own. */
export function isAway({ baseUrl, homeUrl }: ProviderFacts): boolean {
  return baseUrl !== homeUrl;
}

const concerns = ({ models, since, until }: HomeFeature, id: string, features: Features) =>
  (models === 'all' || (models !== 'none' && models.test(id))) && (since === 'always' || features[since]) && !(until !== 'never' && features[until]);

const isRestored = ({ settings, settingsSince }: HomeFeature, features: Features) =>
  settings !== 'none' && (settingsSince === 'always' || features[settingsSince]);

/** The settings with which OpenClaw asks a model elsewhere for what it asks for at the provider's own host. */
export function settingsAwayFromHome({ traits }: ProviderFacts, id: string, features: Features): Required<ModelSettings> {
  const settings = traits.onlyAtHome
    .filter(feature => concerns(feature, id, features) && isRestored(feature, features))
    .map(feature => feature.settings as ModelSettings);
  return {
    compat: Object.assign({}, ...settings.map(({ compat }) => compat)),
    headers: Object.assign({}, ...settings.map(({ headers }) => headers)),
  };
}

/** What OpenClaw does not do for a model away from the provider's own host. */
export function lostAwayFromHome({ traits }: ProviderFacts, id: string, features: Features): HomeFeature[] {
  return traits.onlyAtHome.filter(feature => concerns(feature, id, features) && !isRestored(feature, features));
}
