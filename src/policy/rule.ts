import { Settings } from '../settings/settings';

/** One thing that is checked about a gateway. */
export interface Rule {
  /** The name under which docs/rules.md explains it. */
  readonly id: string;

  /**
   * How its findings count:
   * - `safety`: always errors, since the gateway would leak or not start;
   * - `environment`: errors that a preset may take for notices;
   * - `judgement`: as `environment`, and a person may decide otherwise;
   * - `notice`: never errors.
   */
  readonly kind: 'safety' | 'environment' | 'judgement' | 'notice';

  /**
   * Whether `acknowledge` silences its findings.
   * @default - only those of a judgement
   */
  readonly acknowledgeable?: boolean;

  /** Whether the findings rest on what the package of the version says: for a version that was not read they are notices. */
  readonly restsOnFacts?: true;

  /** What is wrong, a sentence for each finding. */
  readonly check: (settings: Settings) => string[];
}
