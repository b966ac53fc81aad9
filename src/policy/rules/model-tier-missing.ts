import { factsName } from '../../release/nearest-release';
import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const modelTierMissing: Rule = {
  id: 'model-tier-missing',
  kind: 'safety',
  check: settings => eachAgent(settings, ({ withoutTier, chainPath }) => withoutTier.map(({ provider, tier }) =>
    `chain '${chainPath}' asks for the ${tier} model of '${provider.id}', which has none for OpenClaw ${factsName(settings.release)}; name one in overrides`)),
};
