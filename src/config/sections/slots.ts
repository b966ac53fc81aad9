import { AgentSettings } from '../../settings/agents';
import { Settings } from '../../settings/settings';

/** What an agent does besides answering, and with which model. */
export function slotsSection({ slotModels, heartbeatEvery }: AgentSettings) {
  const { image, utility, heartbeat, memoryEmbeddings } = slotModels;
  return {
    heartbeat: heartbeatEvery ? { every: `${heartbeatEvery.toMinutes()}m`, model: heartbeat?.ref } : { every: '0m' },
    utility: utility?.ref ?? '', // left out, titles and recaps would go to the provider's small model
    describesImages: image !== undefined,
    memorySearch: memoryEmbeddings
      ? { provider: memoryEmbeddings.provider.id, model: memoryEmbeddings.id, fallback: 'none' }
      : { provider: 'none' }, // `enabled: false` would leave /v1/embeddings open to any model
  };
}

/** The settings of slots that `agents.defaults` and the agents themselves have alike. */
export function slotSettings({ features }: Settings, agent: AgentSettings) {
  const { heartbeat, utility, memorySearch } = slotsSection(agent);
  return {
    heartbeat,
    ...features.utilityModel && { utilityModel: utility },
    ...!features.memorySearchSection && { memorySearch: agent.slotModels.memoryEmbeddings ? memorySearch : { enabled: true, ...memorySearch } },
  };
}
