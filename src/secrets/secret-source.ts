import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { generatedPassword, externalSecret } from './external-secret';
import { metadataOf } from './object-metadata';
import { GeneratedSecretOptions, StoreSecretOptions } from './secret-source-options';
import { SecretStore } from './secret-store';
import { chartOf } from '../input/chart-of';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isSeconds } from '../input/is-seconds';
import { isObjectName, isSecretKey } from '../input/kubernetes-names';

/** @internal */
export interface BoundSecret {
  readonly secret: kplus.ISecret;
  readonly key: string;
  /** The key of the further entry, where one was asked for. */
  readonly derivedKey?: string;
}

/** A further entry of the Secret, made from the value. @internal */
export interface DerivedEntry {
  readonly key: string;
  text(value: string): string;
}

/** Where the value of a secret comes from. Stateless: one source may serve any number of gateways. */
export abstract class SecretSource {
  /** A key of a Secret that your chart defines or imports. Renders nothing. */
  public static fromSecret(secret: kplus.ISecret, key: string): SecretSource {
    new InputChecks('SecretSource.fromSecret()')
      .that(Construct.isConstruct(secret) && (secret as kplus.ISecret).kind === 'Secret', 'secret', 'a kplus Secret', secret, 'for a name use SecretSource.fromSecretName()')
      .that(isSecretKey(key), 'key', 'a key of a Secret: letters, digits, dashes, underscores and dots', key)
      .done();
    return new ExistingSecret(() => secret, key, secret.name, namespaceOf(secret));
  }

  /** A key of a Secret that is already in the namespace of the chart where the source is used. Renders nothing. */
  public static fromSecretName(name: string, key: string): SecretSource {
    new InputChecks('SecretSource.fromSecretName()')
      .that(isObjectName(name), 'name', 'the name of a Secret: lower-case letters, digits, dashes and dots', name)
      .that(isSecretKey(key), 'key', 'a key of a Secret: letters, digits, dashes, underscores and dots', key)
      .done();
    return new ExistingSecret(scope => kplus.Secret.fromSecretName(scope, 'Secret', name), key, name);
  }

  /** A value in the company's vault. Renders an ExternalSecret, which keeps the Secret up to date. */
  public static fromStore(options: StoreSecretOptions): SecretSource {
    const { store, remoteKey, property, refreshInterval = Duration.hours(1) } = argumentsOf(options);
    new InputChecks('SecretSource.fromStore()')
      .that(store instanceof SecretStore, 'store', 'a SecretStore', store, "use SecretStore.cluster('…') or SecretStore.namespaced('…')")
      .text('remoteKey', remoteKey)
      .that(property === undefined || typeof property === 'string', 'property', 'a string', property)
      .that(isSeconds(refreshInterval), 'refreshInterval', 'a Duration of whole seconds, at least one', refreshInterval, 'use Duration.minutes(5)')
      .options(options, { store: true, remoteKey: true, property: true, refreshInterval: true })
      .done();
    return new StoreSecret(store, remoteKey, property, refreshInterval);
  }

  /** A value that the External Secrets Operator makes up once: for the gateway's token. Renders a Password generator and an ExternalSecret. */
  public static generated(options: GeneratedSecretOptions = {}): SecretSource {
    const { length = 48 } = argumentsOf(options);
    new InputChecks('SecretSource.generated()')
      .that(Number.isInteger(length) && length >= 24 && length <= 512, 'length', 'a whole number from 24 to 512', length)
      .options(options, { length: true })
      .done();
    return new GeneratedSecret(length);
  }

  /** A value written into the manifests, readable by everyone who can read them. Refused by `Preset.PROD`. */
  public static unsafePlainText(value: string): SecretSource {
    new InputChecks('SecretSource.unsafePlainText()')
      .refuse(typeof value !== 'string' || value === '', `value must be a non-empty string, got ${value === '' ? 'an empty one' : `a value of type ${typeof value}`}`)
      .done();
    return new PlainTextSecret(value);
  }

  /** The namespace of the Secret, where the source fixes one. @internal */
  public readonly _namespace?: string;

  /** Whether the value is readable in the manifests. @internal */
  public readonly _isPlainText: boolean = false;

  /** Whether only a person replaces the value. @internal */
  public readonly _isGenerated: boolean = false;

  /** The same wherever the same value is read, as far as that can be told; that of a vault's entry begins that of its fields. @internal */
  public readonly _identity?: string;

  /** Where the value comes from, for people. @internal */
  public abstract readonly _origin: string;

  /** The same source with its names in the vault changed. @internal */
  public _named(_change: (name: string) => string): SecretSource {
    return this;
  }

  /**
   * Makes what the source needs below `scope`; the Secret holds the value under `key` unless it exists already. One that exists is
   * expected to hold the derived entry under the name of the value with `.json` at its end.
   * @internal
   */
  public abstract _bind(scope: Construct, key: string, derived?: DerivedEntry): BoundSecret;
}

class ExistingSecret extends SecretSource {
  public readonly _origin: string;
  public readonly _identity: string;

  public constructor(private readonly find: (scope: Construct) => kplus.ISecret, private readonly key: string, name: string,
    public readonly _namespace?: string) {
    super();
    this._identity = this._origin = identityOf(name, key);
  }

  public _bind(scope: Construct, _key: string, derived?: DerivedEntry): BoundSecret {
    return { secret: this.find(scope), key: this.key, ...derived && { derivedKey: `${this.key}.json` } };
  }
}

class StoreSecret extends SecretSource {
  public readonly _origin: string;
  public readonly _identity: string;

  public constructor(private readonly store: SecretStore, private readonly remoteKey: string, private readonly property: string | undefined,
    private readonly refreshInterval: Duration) {
    super();
    this._identity = `${store.kind} ${store.name}, ${remoteKey}${property ? ` field ${property}` : ''}`;
    this._origin = `${this._identity}, read every ${refreshInterval.toHumanString()}`;
  }

  public override _named(change: (name: string) => string): SecretSource {
    const [remoteKey, property] = [change(this.remoteKey), this.property && change(this.property)];
    return remoteKey === this.remoteKey && property === this.property ? this : new StoreSecret(this.store, remoteKey, property, this.refreshInterval);
  }

  public _bind(scope: Construct, key: string, derived?: DerivedEntry): BoundSecret {
    const { store, remoteKey, property, refreshInterval } = this;
    return { secret: externalSecret(scope, { store, remoteKey, property, refreshInterval, key, derived }), key, derivedKey: derived?.key };
  }
}

class GeneratedSecret extends SecretSource {
  public readonly _origin = 'made up once by the External Secrets Operator';
  public readonly _isGenerated = true;

  public constructor(private readonly length: number) {
    super();
  }

  public _bind(scope: Construct, _key: string, derived?: DerivedEntry): BoundSecret {
    return { secret: generatedPassword(scope, this.length, derived), key: 'password', derivedKey: derived?.key };
  }
}

class PlainTextSecret extends SecretSource {
  public readonly _origin = 'plain text in the manifests';
  public readonly _identity: string;
  public readonly _isPlainText = true;

  public constructor(private readonly value: string) {
    super();
    this._identity = `plain text ${value}`;
  }

  public _bind(scope: Construct, key: string, derived?: DerivedEntry): BoundSecret {
    const stringData = { [key]: this.value, ...derived && { [derived.key]: derived.text(this.value) } };
    return { secret: new kplus.Secret(scope, 'Secret', { metadata: metadataOf(scope, 'Secret'), stringData }), key, derivedKey: derived?.key };
  }
}

/** The identity of a value that is in a Secret. */
export function identityOf(secretName: string, key: string): string {
  return `Secret ${secretName}, key ${key}`;
}

function namespaceOf(secret: kplus.ISecret): string | undefined {
  return secret instanceof kplus.Secret ? secret.metadata.namespace : chartOf(secret)?.namespace;
}
