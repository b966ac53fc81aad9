import { Duration } from 'cdk8s';

/** How long OpenClaw waits for a silent provider that it does not take for local. */
export const PATIENCE = Duration.minutes(2);

/** How long a gateway waits for one that OpenClaw takes for local, and would wait for without an end. */
export const LOCAL_PATIENCE = Duration.minutes(5);

/** The longest of several limits, where one is given; who gives none has OpenClaw's own. */
export function longest(limits: readonly (Duration | undefined)[]): Duration | undefined {
  if (limits.every(limit => limit === undefined)) return undefined;
  return limits.map(limit => limit ?? PATIENCE).reduce((x, y) => x.toSeconds() > y.toSeconds() ? x : y);
}
