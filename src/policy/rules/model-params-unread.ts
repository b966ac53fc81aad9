import { permits } from '../../settings/agents';
import { Rule } from '../rule';

export const modelParamsUnread: Rule = {
  id: 'model-params-unread',
  kind: 'safety',
  check: ({ agents, namedModels, features, release }) => [
    ...[...new Set(agents.flatMap(({ slotModels }) => slotModels.memoryEmbeddings ?? []))].filter(({ params }) => params)
      .map(({ ref }) => `model '${ref}' has params, and memory search sends none; remove them`),
    ...namedModels.filter(({ ref, params }) => params && !features.modelPolicy && !permits(agents[0], ref))
      .map(({ ref }) => `model '${ref}' has params, and OpenClaw ${release} reads them only for models that the allowlist permits; add the model to an allowlist or remove the params`),
    ...namedModels.filter(({ params, reasoning }) => params?.thinking !== undefined && params.thinking !== 'off' && !reasoning)
      .map(({ ref }) => `model '${ref}' has params.thinking, and nothing says that it thinks; give model() reasoning: true or remove the param`),
  ],
};
