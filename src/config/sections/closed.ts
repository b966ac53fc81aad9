import { Settings } from '../settings';

/** Tools that call models of their own choice. */
const DENIED_TOOLS = ['tts', 'web_search', 'x_search', 'image_generate', 'video_generate', 'music_generate', 'node_inference'];

/** Everything by which a gateway would call a model, or a host, that nobody named. */
export function closedSection({ features }: Settings) {
  const off = { enabled: false };
  return {
    agents: {
      defaults: {
        heartbeat: { every: '0m' },
        ...features.utilityModel && { utilityModel: '' }, // else session titles and recaps go to the provider's small model
        ...features.modelSelectionScope && { modelSelectionScope: 'session' },
        ...features.cyberFailover && { embeddedAgent: { cyberFailover: { mode: 'off' } } },
        ...!features.memorySearchSection && { memorySearch: off },
      },
    },
    ...features.memorySearchSection && { memory: { search: { provider: 'none' } } }, // `enabled: false` leaves /v1/embeddings open
    tools: { deny: DENIED_TOOLS, media: { image: off, audio: off, video: off }, links: off },
    update: { checkOnStart: false, auto: off },
    discovery: { mdns: { mode: 'off' } },
    ...features.telemetry && { telemetry: off },
  };
}
