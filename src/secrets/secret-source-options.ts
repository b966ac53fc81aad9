import { Duration } from 'cdk8s';
import { SecretStore } from './secret-store';

/** How a key of a Secret is referred to. */
export interface SecretReferenceOptions {
  /**
   * Whether the Secret, or its key, may be missing. The pod then starts all the same, and the provider's calls fail until the key is there: the next model
   * of the chain answers. For keys and secret headers of providers only.
   * @default false
   */
  readonly optional?: boolean;
}

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
