import { Settings } from '../../settings/settings';

/** How soon the next model is tried, as far as openclaw.json decides it. */
export function failoverSection({ features }: Settings): object {
  // else a model whose answer 429 speaks of a limit per minute is tried again for a minute
  return features.fixedCooldowns ? {} : { auth: { cooldowns: { rateLimitedProfileRotations: 0 } } };
}
