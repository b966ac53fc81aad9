import { EMBEDDING_APIS } from '../../models/wire-facts';
import { AgentSettings, haveDifferentModels, permits } from '../../settings/agents';
import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const slotOutsideAllowlist: Rule = {
  id: 'slot-outside-allowlist',
  kind: 'safety',
  check: settings => [...eachAgent(settings, outsideOwnList), ...settings.agents.slice(1).flatMap(agent => outsideListOf(agent, settings.agents[0]))],
};

function outsideOwnList(agent: AgentSettings): string[] {
  const { allowlistPath, slotModels, slotsProp } = agent;
  if (allowlistPath === undefined) return [];
  return Object.entries(slotModels).filter(([slot, { ref }]) => !(slot === 'memoryEmbeddings' ? permitsEmbeddings(agent, ref) : permits(agent, ref)))
    .map(([slot, { ref }]) => `${slotsProp}.${slot} '${ref}' is not permitted by allowlist '${allowlistPath}';`
      + ` add it ${slot === 'memoryEmbeddings' ? 'to its embeddings' : 'there'} or leave the slot out (OpenClaw does not filter slots by the allowlist)`);
}

/** What OpenClaw has once for all agents. */
function outsideListOf(agent: AgentSettings, main: AgentSettings): string[] {
  const { image } = main.slotModels;
  return image && !permits(agent, image.ref) && haveDifferentModels([agent, main]) ? [
    `modelSlots.image '${image.ref}' describes the images of every agent, and agent '${agent.id}' may not call it;`
      + ` add it to an allowlist in agents.${agent.id}.allowlist or leave the slot out`,
  ] : [];
}

export const slotUnfit: Rule = {
  id: 'slot-unfit',
  kind: 'safety',
  check: settings => [
    ...eachAgent(settings, ({ slotModels: { image, memoryEmbeddings }, slotsProp }) => [
      ...image && !image.input.includes('image') ? [
        `modelSlots.image '${image.ref}' takes ${image.input.join(', ')} only; name a model that takes images, or give model() its input if this one does`,
      ] : [],
      ...memoryEmbeddings && !EMBEDDING_APIS.includes(memoryEmbeddings.provider.api) ? [
        `${slotsProp}.memoryEmbeddings '${memoryEmbeddings.ref}' is reached with ${memoryEmbeddings.provider.api}, for which OpenClaw has no embeddings endpoint;`
          + ` name a model of a provider with ${EMBEDDING_APIS.join(' or ')}`,
      ] : [],
    ]),
    ...settings.agents[0].slotModels.pdf && haveDifferentModels(settings.agents) ? [
      `modelSlots.pdf '${settings.agents[0].slotModels.pdf.ref}' has no effect: the PDF tool takes any model of the gateway, so it is closed while agents have`
        + ' different allowlists; leave the slot out, or give every agent the same allowlist',
    ] : [],
  ],
};

export const embeddingsExposed: Rule = {
  id: 'embeddings-exposed',
  kind: 'safety',
  check: settings => !settings.httpApi ? [] : eachAgent(settings, ({ slotModels: { memoryEmbeddings }, slotsProp }) => memoryEmbeddings ? [
    `httpApi serves /v1/embeddings, where OpenClaw takes any model of '${memoryEmbeddings.provider.id}' once memory search has one;`
      + ` leave httpApi or ${slotsProp}.memoryEmbeddings out`,
  ] : []),
};

function permitsEmbeddings({ allowedEmbeddings, allowedPatterns }: AgentSettings, ref: string): boolean {
  return allowedEmbeddings.some(model => model.modelRef === ref) || allowedPatterns.some(pattern => pattern.matches(ref));
}
