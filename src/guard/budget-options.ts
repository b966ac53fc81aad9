import { Model } from '../models/provider';

/** How much may be spent in a period, and for what. */
export interface BudgetOptions {
  /** US dollars in each period, above 0 and up to 1,000,000; smaller parts than a millionth do not count. */
  readonly usd: number;

  /**
   * The models whose calls count.
   * @default - all models of the gateway
   */
  readonly models?: Model[];

  /**
   * What the budget is called in its ledger, in the guard's log and in what a user is told: small letters, digits and hyphens, at most 32.
   * @default - `day`, `week`, `month`, or the seconds of its period, such as `3600s`
   */
  readonly name?: string;
}
