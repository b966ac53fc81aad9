/** How much a finding matters. */
export enum FindingSeverity {
  /** The gateway is not synthesised. */
  ERROR = 'error',

  /** Worth knowing. */
  NOTICE = 'notice',
}

/** What a rule has to say about a gateway. */
export interface Finding {
  /** The rule, as listed in docs/rules.md. */
  readonly rule: string;

  /** How much it matters here. */
  readonly severity: FindingSeverity;

  /** What was found, what is allowed, what to change. */
  readonly message: string;

  /**
   * Why the finding is accepted.
   * @default - not accepted
   */
  readonly acknowledged?: string;
}
