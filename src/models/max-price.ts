/** What a model may cost at most, in US dollars per million tokens. At least one of the two is given. */
export interface MaxPrice {
  /**
   * The highest price of a million input tokens, in US dollars.
   * @default - any
   */
  readonly input?: number;

  /**
   * The highest price of a million output tokens, in US dollars.
   * @default - any
   */
  readonly output?: number;
}
