import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DerivedEntry } from './rendered-secret';
import { GeneratedSecretOptions, SecretReferenceOptions, StoreSecretOptions } from './secret-source-options';
import { SecretStore } from './secret-store';
import { BoundSecret, existing, fromVault, generatedValue, plainText, SecretStrategy } from './secret-strategies';
import { isUsableKey, withoutLineEnd } from './usable-key';
import { isSeconds } from '../input/forms';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isResource, namespaceOf } from '../input/kplus-shapes';
import { isObjectName, isSecretKey } from '../input/kubernetes-names';
import { SEAL, sealed } from '../input/sealed';

/** Where the value of a secret comes from. Stateless: one source may serve any number of gateways. */
export class SecretSource {
  /** A key of a Secret that your chart defines or imports. Renders nothing. */
  public static fromSecret(secret: kplus.ISecret, key: string, options: SecretReferenceOptions = {}): SecretSource {
    new InputChecks('SecretSource.fromSecret()')
      .that(isResource(secret, 'Secret'), 'secret', 'a kplus Secret', secret, 'for a name use SecretSource.fromSecretName()')
      .that(isSecretKey(key), 'key', 'a key of a Secret: letters, digits, dashes, underscores and dots', key)
      .that(isOptional(options), 'optional', 'a boolean', argumentsOf(options).optional)
      .options(options, { optional: true })
      .done();
    return new SecretSource(SEAL, { ...existing(() => secret, key, secret.name, namespaceOf(secret)), isOptional: argumentsOf(options).optional });
  }

  /** A key of a Secret that is already in the namespace of the chart where the source is used. Renders nothing. */
  public static fromSecretName(name: string, key: string, options: SecretReferenceOptions = {}): SecretSource {
    new InputChecks('SecretSource.fromSecretName()')
      .that(isObjectName(name), 'name', 'the name of a Secret: lower-case letters, digits, dashes and dots', name)
      .that(isSecretKey(key), 'key', 'a key of a Secret: letters, digits, dashes, underscores and dots', key)
      .that(isOptional(options), 'optional', 'a boolean', argumentsOf(options).optional)
      .options(options, { optional: true })
      .done();
    return new SecretSource(SEAL, { ...existing(scope => kplus.Secret.fromSecretName(scope, 'Secret', name), key, name), isOptional: argumentsOf(options).optional });
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
    return new SecretSource(SEAL, fromVault(store, remoteKey, property, refreshInterval));
  }

  /** A value that the External Secrets Operator makes up once: for the gateway's token. Renders a Password generator and an ExternalSecret. */
  public static generated(options: GeneratedSecretOptions = {}): SecretSource {
    const { length = 48 } = argumentsOf(options);
    new InputChecks('SecretSource.generated()')
      .that(Number.isInteger(length) && length >= 24 && length <= 512, 'length', 'a whole number from 24 to 512', length)
      .options(options, { length: true })
      .done();
    return new SecretSource(SEAL, generatedValue(length));
  }

  /**
   * A value written into the manifests, readable by everyone who can read them. Refused by `Preset.PROD`.
   *
   * @param value one line of visible ASCII without quotes around it; line breaks at its end are dropped
   */
  public static unsafePlainText(value: string): SecretSource {
    const check = new InputChecks('SecretSource.unsafePlainText()')
      .refuse(typeof value !== 'string' || value === '', `value must be a non-empty string, got ${value === '' ? 'an empty one' : `a value of type ${typeof value}`}`);
    const line = typeof value === 'string' ? withoutLineEnd(value) : '';
    check
      .refuse(typeof value === 'string' && value !== '' && !isUsableKey(line), 'value must be one line of visible ASCII, without blanks and without quotes around it')
      .done();
    return new SecretSource(SEAL, plainText(line));
  }

  /** Where the value comes from, for people. @internal */
  public readonly _origin: string;

  /** The same wherever the same value is read, as far as that can be told; that of a vault's entry begins that of its fields. @internal */
  public readonly _identity?: string;

  /** The namespace of the Secret, where the source fixes one. @internal */
  public readonly _namespace?: string;

  /** Whether the value is readable in the manifests. @internal */
  public readonly _isPlainText: boolean;

  /** Whether only a person replaces the value. @internal */
  public readonly _isGenerated: boolean;

  /** Whether the Secret or its key may be missing. @internal */
  public readonly _isOptional: boolean;

  private constructor(seal: symbol, private readonly strategy: SecretStrategy) {
    sealed(seal, new.target, SecretSource, 'SecretSource.fromSecret(), .fromSecretName(), .fromStore(), .generated() or .unsafePlainText()');
    this._origin = strategy.origin;
    this._identity = strategy.identity;
    this._namespace = strategy.namespace;
    this._isPlainText = strategy.isPlainText ?? false;
    this._isGenerated = strategy.isGenerated ?? false;
    this._isOptional = strategy.isOptional ?? false;
  }

  /** The same source with its names in the vault changed. @internal */
  public _named(change: (name: string) => string): SecretSource {
    const strategy = this.strategy.named?.(change) ?? this.strategy;
    return strategy === this.strategy ? this : new SecretSource(SEAL, strategy);
  }

  /** Makes what the source needs below `scope`, see `SecretStrategy.bind`. @internal */
  public _bind(scope: Construct, key: string, derived?: DerivedEntry): BoundSecret {
    return this.strategy.bind(scope, key, derived);
  }
}

function isOptional(options: SecretReferenceOptions): boolean {
  return [undefined, true, false].includes(argumentsOf(options).optional);
}
