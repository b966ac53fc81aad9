import { ModelPrice } from '../models/model-price';
import { tokenPrices } from '../models/token-prices';

/** How much an agent is used, in turns of the same size. */
export interface LoadFigures {
  readonly turnsPerDay: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheHitRatio: number;
}

/** Some US dollars a month. A lower bound, if a price is unknown. */
export interface Amount {
  readonly usd: number;
  readonly isLowerBound: boolean;
}

export const DAYS_OF_A_MONTH = 30;

/** What a load costs in a month, in US dollars, if one model answers all of it. */
export function monthlyCost(price: ModelPrice, load: LoadFigures): number {
  const { input, output, cacheRead, cacheWrite } = tokenPrices(price);
  const { turnsPerDay, inputTokens, outputTokens, cacheHitRatio } = load;
  const miss = cacheHitRatio > 0 ? cacheWrite : input;
  const turn = inputTokens * (cacheHitRatio * cacheRead + (1 - cacheHitRatio) * miss) + outputTokens * output;
  return cents(DAYS_OF_A_MONTH * turnsPerDay * turn / 1e6);
}

export function sumOf(amounts: readonly Amount[]): Amount {
  return { usd: cents(amounts.reduce((sum, { usd }) => sum + usd, 0)), isLowerBound: amounts.some(({ isLowerBound }) => isLowerBound) };
}

export function amountText({ usd, isLowerBound }: Amount): string {
  return `${isLowerBound ? 'at least ' : ''}${dollars(usd)}`;
}

export function dollars(usd: number): string {
  return `$${usd.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`;
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
