import { EMBEDDING_APIS } from '../../models/wire-facts';
import { Settings } from '../../settings/settings';
import { permits } from '../permits';
import { Rule } from '../rule';

export const slotOutsideAllowlist: Rule = {
  id: 'slot-outside-allowlist',
  kind: 'safety',
  check: settings => {
    const { allowlistPath, slotModels } = settings;
    if (allowlistPath === undefined) return [];
    return Object.entries(slotModels).filter(([slot, { ref }]) => !(slot === 'memoryEmbeddings' ? permitsEmbeddings(settings, ref) : permits(settings, ref)))
      .map(([slot, { ref }]) => `modelSlots.${slot} '${ref}' is not permitted by allowlist '${allowlistPath}';`
        + ` add it ${slot === 'memoryEmbeddings' ? 'to its embeddings' : 'there'} or leave the slot out (OpenClaw does not filter slots by the allowlist)`);
  },
};

export const slotUnfit: Rule = {
  id: 'slot-unfit',
  kind: 'safety',
  check: ({ slotModels: { image, memoryEmbeddings } }) => [
    ...image && !image.input.includes('image') ? [
      `modelSlots.image '${image.ref}' takes ${image.input.join(', ')} only; name a model that takes images, or give model() its input if this one does`,
    ] : [],
    ...memoryEmbeddings && !EMBEDDING_APIS.includes(memoryEmbeddings.provider.api) ? [
      `modelSlots.memoryEmbeddings '${memoryEmbeddings.ref}' is reached with ${memoryEmbeddings.provider.api}, for which OpenClaw has no embeddings endpoint;`
        + ` name a model of a provider with ${EMBEDDING_APIS.join(' or ')}`,
    ] : [],
  ],
};

export const embeddingsExposed: Rule = {
  id: 'embeddings-exposed',
  kind: 'safety',
  check: ({ httpApi, slotModels: { memoryEmbeddings } }) => httpApi && memoryEmbeddings ? [
    `httpApi serves /v1/embeddings, where OpenClaw takes any model of '${memoryEmbeddings.provider.id}' once memory search has one;`
      + ' leave httpApi or modelSlots.memoryEmbeddings out',
  ] : [],
};

function permitsEmbeddings({ allowedEmbeddings, allowedPatterns }: Settings, ref: string): boolean {
  return allowedEmbeddings.some(model => model.modelRef === ref) || allowedPatterns.some(pattern => pattern.matches(ref));
}
