import { factsName } from '../../release/nearest-release';
import { Rule } from '../rule';

export const modelTierMissing: Rule = {
  id: 'model-tier-missing',
  kind: 'safety',
  check: ({ withoutTier, chainPath, release }) => [...new Set(withoutTier.map(({ provider, tier }) =>
    `chain '${chainPath}' asks for the ${tier} model of '${provider.id}', which has none for OpenClaw ${factsName(release)}; name one in overrides`))],
};
