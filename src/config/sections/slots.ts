import { Settings } from '../../settings/settings';

/** What the gateway does besides answering, and with which model. */
export function slotsSection({ slotModels, heartbeatEvery }: Settings) {
  const { image, utility, heartbeat, memoryEmbeddings } = slotModels;
  return {
    heartbeat: heartbeatEvery ? { every: `${heartbeatEvery.toMinutes()}m`, model: heartbeat?.ref } : { every: '0m' },
    utility: utility?.ref ?? '', // left out, titles and recaps would go to the provider's small model
    describesImages: image !== undefined,
    memorySearch: memoryEmbeddings && { provider: memoryEmbeddings.provider.id, model: memoryEmbeddings.id, fallback: 'none' },
  };
}
