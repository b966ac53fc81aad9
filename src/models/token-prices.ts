import { ModelCost } from './model-options';

/** What each kind of token costs, in US dollars per million tokens; the same number is micro-dollars per token. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** The price of each kind of token. A discount for the cache counts only where it is known, and writing to the cache is never cheaper than reading the prompt. */
export function tokenPrices({ input, output, cacheRead, cacheWrite }: ModelCost): TokenPrices {
  return { input, output, cacheRead: cacheRead || input, cacheWrite: Math.max(input, cacheWrite ?? 0) };
}
