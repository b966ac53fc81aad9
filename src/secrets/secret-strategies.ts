import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { externalSecret, generatedPassword } from './external-secret';
import { metadataOf } from './object-metadata';
import { DerivedEntry, RenderedSecret } from './rendered-secret';
import { SecretStore } from './secret-store';

/** A key of a Secret. */
export interface BoundSecret extends RenderedSecret {
  /** The key of the further entry, where one was asked for. */
  readonly derivedKey?: string;
}

/** One of the ways to get a value into a Secret. Stateless. */
export interface SecretStrategy {
  /** Where the value comes from, for people. */
  readonly origin: string;
  /** The same wherever the same value is read, as far as that can be told; that of a vault's entry begins that of its fields. */
  readonly identity?: string;
  /** The namespace of the Secret, where the source fixes one. */
  readonly namespace?: string;
  /** Whether the value is readable in the manifests. */
  readonly isPlainText?: boolean;
  /** Whether the Secret or its key may be missing. */
  readonly isOptional?: boolean;
  /** Whether only a person replaces the value. */
  readonly isGenerated?: boolean;
  /** The same with its names in the vault changed; itself where nothing changes. */
  named?(change: (name: string) => string): SecretStrategy;
  /**
   * Makes what is needed below `scope`; the Secret holds the value under `key` unless it exists already. One that exists is expected to hold the
   * derived entry under the name of the value with `.json` at its end.
   */
  bind(scope: Construct, key: string, derived?: DerivedEntry): BoundSecret;
}

/** A key of a Secret that exists. */
export function existing(find: (scope: Construct) => kplus.ISecret, key: string, name: string, namespace?: string): SecretStrategy {
  const identity = identityOf(name, key);
  return {
    origin: identity,
    identity,
    namespace,
    bind: (scope, _, derived) => ({ secret: find(scope), key, ...derived && { derivedKey: `${key}.json` } }),
  };
}

/** A value in the company's vault. */
export function fromVault(store: SecretStore, remoteKey: string, property: string | undefined, refreshInterval: Duration): SecretStrategy {
  const identity = `${store.kind} ${store.name}, ${remoteKey}${property ? ` field ${property}` : ''}`;
  const own: SecretStrategy = {
    origin: `${identity}, read every ${refreshInterval.toHumanString()}`,
    identity,
    named: change => {
      const [otherKey, otherProperty] = [change(remoteKey), property && change(property)];
      return otherKey === remoteKey && otherProperty === property ? own : fromVault(store, otherKey, otherProperty, refreshInterval);
    },
    bind: (scope, key, derived) =>
      ({ ...externalSecret(scope, { store, remoteKey, property, refreshInterval, key, derived }), key, derivedKey: derived?.key }),
  };
  return own;
}

/** A value that the External Secrets Operator makes up once. */
export function generatedValue(length: number): SecretStrategy {
  return {
    origin: 'made up once by the External Secrets Operator',
    isGenerated: true,
    bind: (scope, _, derived) => ({ ...generatedPassword(scope, length, derived), key: 'password', derivedKey: derived?.key }),
  };
}

/** A value in the manifests. */
export function plainText(value: string): SecretStrategy {
  return {
    origin: 'plain text in the manifests',
    identity: `plain text ${value}`,
    isPlainText: true,
    bind: (scope, key, derived) => {
      const stringData = { [key]: value, ...derived && { [derived.key]: derived.text(value) } };
      return { secret: new kplus.Secret(scope, 'Secret', { metadata: metadataOf(scope, 'Secret'), stringData }), key, derivedKey: derived?.key };
    },
  };
}

/** What users see of it. */
export function renderedOf({ secret, key, externalSecret: object, generator }: BoundSecret): RenderedSecret {
  return { secret, key, externalSecret: object, generator };
}

/** The identity of a value that is in a Secret. */
export function identityOf(secretName: string, key: string): string {
  return `Secret ${secretName}, key ${key}`;
}
