import { slotsSection } from './slots';
import { Settings } from '../settings';

/** Tools that call models of their own choice. */
const DENIED_TOOLS = ['tts', 'web_search', 'x_search', 'image_generate', 'video_generate', 'music_generate', 'node_inference'];

/** `/tts` would speak with a model of Google's and the key of the chain; the speech service takes no other address than Google's own. */
const NO_SPEECH = { tts: { providers: { google: { baseUrl: 'http://speech.invalid' } } } };

/** Everything by which a gateway would call a model, or a host, that nobody named; but for the slots that are filled. */
export function closedSection(settings: Settings) {
  const { features } = settings;
  const off = { enabled: false };
  const slots = slotsSection(settings);
  const noEmbeddings = { provider: 'none' }; // `enabled: false` would leave /v1/embeddings open to any model
  return {
    agents: {
      defaults: {
        heartbeat: slots.heartbeat,
        ...features.utilityModel && { utilityModel: slots.utility },
        ...features.modelSelectionScope && { modelSelectionScope: 'session' },
        ...features.cyberFailover && { embeddedAgent: { cyberFailover: { mode: 'off' } } },
        ...!features.memorySearchSection && { memorySearch: slots.memorySearch ?? { enabled: true, ...noEmbeddings } },
      },
    },
    ...features.memorySearchSection && { memory: { search: slots.memorySearch ?? noEmbeddings } },
    tools: { deny: DENIED_TOOLS, media: { image: slots.describesImages ? { enabled: true } : off, audio: off, video: off }, links: off },
    ...features.speechSection ? NO_SPEECH : { messages: NO_SPEECH },
    update: { checkOnStart: false, auto: off },
    discovery: { mdns: { mode: 'off' } },
    ...features.telemetry && { telemetry: off },
  };
}
