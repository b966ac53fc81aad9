import { slotSettings, slotsSection } from './slots';
import { OFFICIAL } from '../../models/provider';
import { RUN_DIR } from '../../settings/pod-layout';
import { Settings } from '../../settings/settings';

/** Tools that call models of their own choice. */
const DENIED_TOOLS = ['tts', 'web_search', 'x_search', 'image_generate', 'video_generate', 'music_generate', 'node_inference'];

/**
 * Where nobody listens. OpenClaw has no switch for `/tts`, which speaks with a model of its own choice and with a key of the chain.
 * Every provider that can speak is sent there, whichever has a key: 2026.8 restarts the gateway when this section changes.
 */
const NOWHERE = { baseUrl: 'http://127.0.0.1:9' };

/**
 * A persona that no service speaks for, and that nobody can leave, as the gateway cannot write there: versions before 2026.8 heed no address,
 * and naming a service would switch on its plugin.
 */
const SILENT_PERSONA = { prefsPath: `${RUN_DIR}/tts.json`, persona: 'none', personas: { none: { label: 'none', fallbackPolicy: 'fail' } } };

/** Everything by which a gateway would call a model, or a host, that nobody named; but for the slots that are filled. */
export function closedSection(settings: Settings) {
  const { features, agents: [main] } = settings;
  const off = { enabled: false };
  const slots = slotsSection(main);
  const speech = settings.catalog.served('tts.providers');
  const silenced = Object.fromEntries(OFFICIAL.filter(({ id }) => speech[id] && !speech[id].npm).map(({ id }) => [id, NOWHERE]));
  return {
    agents: {
      defaults: {
        ...slotSettings(settings, main),
        ...features.modelSelectionScope && { modelSelectionScope: 'session' },
        ...features.cyberFailover && { embeddedAgent: { cyberFailover: { mode: 'off' } } },
      },
    },
    ...features.memorySearchSection && { memory: { search: slots.memorySearch } },
    tools: { deny: DENIED_TOOLS, media: { image: slots.describesImages ? { enabled: true } : off, audio: off, video: off }, links: off },
    ...features.speechSection ? { tts: { providers: silenced } } : { messages: { tts: SILENT_PERSONA } },
    update: { checkOnStart: false, auto: off },
    discovery: { mdns: { mode: 'off' } },
    ...features.telemetry && { telemetry: off },
  };
}
