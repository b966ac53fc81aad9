import { checkExtraConfig, ExtraConfigInput } from '../../src/extra-config/check-extra-config';

export const ref = (name: string) => ({ source: 'file', provider: 'keys', id: `/${name}` });

const SLOT = { primary: 'anthropic/claude-sonnet-5', fallbacks: [] };

/** What a gateway of 2026.9 with the telegram plugin renders. */
export const RENDERED = {
  agents: { defaults: { model: SLOT, imageModel: SLOT, modelPolicy: { allow: [SLOT.primary] }, utilityModel: '', heartbeat: { every: '0m' } } },
  gateway: { mode: 'local', bind: 'lan', port: 18789, auth: { mode: 'token', token: ref('OPENCLAW_GATEWAY_TOKEN') }, controlUi: { sessionObserver: false } },
  memory: { search: { provider: 'none' } },
  models: { mode: 'replace', providers: { anthropic: { baseUrl: 'https://api.anthropic.com', apiKey: ref('ANTHROPIC_API_KEY'), models: [] } } },
  plugins: { allow: ['telegram'], entries: { telegram: { enabled: true } } },
  secrets: { providers: { keys: { source: 'file', path: '/run/openclaw/keys.json', mode: 'json' } } },
  tools: { deny: ['tts', 'web_search'], media: { image: { enabled: false } } },
};

export function inputOf(extra: unknown, overrides: Partial<ExtraConfigInput> = {}): ExtraConfigInput {
  return {
    extra,
    rendered: RENDERED,
    release: '2026.9.6',
    plugins: ['telegram'],
    secretNames: ['TELEGRAM_BOT_TOKEN'],
    providerKeyNames: ['ANTHROPIC_API_KEY'],
    envNames: [],
    guarded: false,
    ...overrides,
  };
}

/** The problems as `rule: message`. */
export function problems(extra: unknown, overrides?: Partial<ExtraConfigInput>): string[] {
  return checkExtraConfig(inputOf(extra, overrides)).map(({ rule, message }) => `${rule}: ${message}`);
}
