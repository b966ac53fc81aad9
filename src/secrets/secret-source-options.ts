import { Duration } from 'cdk8s';
import { SecretStore } from './secret-store';

/** A value in the company's vault, fetched by the External Secrets Operator. */
export interface StoreSecretOptions {
  /** The store that reads the vault. */
  readonly store: SecretStore;

  /** The entry in the vault, as the store's provider names it: a path, a name, an ARN. */
  readonly remoteKey: string;

  /**
   * The field of the entry.
   * @default - the whole entry
   */
  readonly property?: string;

  /**
   * How often the operator looks for a new value.
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;
}

/** A value that the External Secrets Operator makes up once. */
export interface GeneratedSecretOptions {
  /**
   * Number of characters, at least 24.
   * @default 48
   */
  readonly length?: number;
}
