import { NEWEST } from './releases';
import { World } from './world';
import { isAtLeast } from '../support/release';

/** The version that the gateways of this run have. */
export const RELEASE = process.env.OPENCLAW_RELEASE ?? NEWEST;

/** Whether the gateways of this run have a guard beside them. */
export const GUARDED = process.env.OPENCLAW_GUARDED === '1';

/** Whether this run's version is the one given or a later one. */
export const since = (release: string) => isAtLeast(RELEASE, release);

/** What some versions do instead of what is promised; it is tried too. */
export interface Limit {
  /** The first version that keeps the promise. @default - the oldest; without `since` and `until` the limit holds */
  readonly since?: string;
  /** The first version that keeps it no longer. @default - none */
  readonly until?: string;
  /** What happens in the others, in words for the table in the docs. */
  readonly before: string;
  /** Asserts that this is what happens. */
  readonly body: () => Promise<void>;
}

export interface ScenarioOptions {
  readonly limit?: Limit;
  /** @default 120 000 */
  readonly timeoutMs?: number;
}

/** A promise of the library, tried on a running gateway; the title is its row in the table of the docs. */
export function scenario(promise: string, body: () => Promise<void>, { limit, timeoutMs = 120_000 }: ScenarioOptions = {}): void {
  const limited = limit && (!(limit.since || limit.until) || (limit.since && !since(limit.since)) || (limit.until && since(limit.until)));
  test(limited ? `${promise} :: ${limit.before}` : promise, async () => {
    try {
      await (limited ? limit.body() : body());
    } catch (error) {
      if (World.current && error instanceof Error) error.message += `\n\n${World.current.describe()}`;
      throw error;
    }
  }, timeoutMs);
}

scenario.each = <T>(cases: T[], promise: (each: T) => string, body: (each: T) => Promise<void>, options?: ScenarioOptions): void =>
  cases.forEach(each => scenario(promise(each), () => body(each), options));
