import { Model } from '../../../src';
import { lostAwayFromHome } from '../../../src/models/home-features';
import { featuresOf } from '../../../src/release/features';

/** Why a place may differ, whichever provider it is. */
export interface Accepted {
  readonly place: string;
  readonly where: 'behind a guard' | 'at another base URL';
  readonly reason: string;
}

/** What differs for reasons that no provider has to do with. */
export const ACCEPTED: Accepted[] = [
  {
    place: 'header x-stainless-timeout',
    where: 'behind a guard',
    reason: 'The gateway has a limit for silent providers there (`timeoutSeconds`), and OpenClaw\'s client tells it.',
  },
  {
    place: 'header accept-encoding',
    where: 'behind a guard',
    reason: 'The guard removes it: it counts the tokens of answers, and Envoy does not read compressed ones.',
  },
  {
    place: 'header accept-encoding',
    where: 'at another base URL',
    reason: 'OpenClaw\'s client asks for fewer kinds of compression at an address that begins with `http`.',
  },
  ...(['behind a guard', 'at another base URL'] as const).map(where => ({
    place: 'header sec-fetch-mode',
    where,
    reason: 'OpenClaw has another client for the addresses of a cluster than for its own pod and the internet. No provider reads the header.',
  })),
];

/** The places at which the requests for a model must differ, since the release cannot be asked for more. */
export function lostPlaces({ provider, id }: Model, release: string): string[] {
  return lostAwayFromHome(provider._facts, id, featuresOf(release)).flatMap(({ places }) => places);
}
