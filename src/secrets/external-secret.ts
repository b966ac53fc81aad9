import { ApiObject, Duration, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadataOf } from './object-metadata';
import { DerivedEntry, RenderedSecret } from './rendered-secret';
import { SecretStore } from './secret-store';
import { USABLE_KEY } from './usable-key';

const GENERATORS = 'generators.external-secrets.io/v1alpha1';

interface ExternalSecretOptions {
  readonly store: SecretStore;
  readonly remoteKey: string;
  readonly property?: string;
  readonly refreshInterval: Duration;
  /** The key of the Secret that holds the value. */
  readonly key: string;
  readonly derived?: DerivedEntry;
}

/** A Secret, and what the External Secrets Operator makes it from. */
type ExternalObjects = Pick<RenderedSecret, 'secret' | 'externalSecret' | 'generator'>;

/** An ExternalSecret that fetches one value; the Secret has the ExternalSecret's name. */
export function externalSecret(scope: Construct, options: ExternalSecretOptions): ExternalObjects {
  const { store, remoteKey, property, refreshInterval, key, derived } = options;
  return render(scope, {
    refreshInterval: goDuration(refreshInterval),
    secretStoreRef: { kind: store.kind, name: store.name },
    // the last three are what the operator's schema adds: who compares lists whole, as Argo CD does, would always find a change
    data: [{ secretKey: key, remoteRef: { key: remoteKey, property, conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } }],
  }, templateOf(key, derived));
}

/** An ExternalSecret whose value is made up once, under the key `password`. */
export function generatedPassword(scope: Construct, length: number, derived?: DerivedEntry): ExternalObjects {
  const password = new ApiObject(scope, 'Password', {
    metadata: metadataOf(scope, 'Password'),
    apiVersion: GENERATORS,
    kind: 'Password',
    spec: { length, symbols: 0, noUpper: false, allowRepeat: true },
  });
  const rendered = render(scope, {
    refreshInterval: goDuration(Duration.seconds(0)), // never again: a new token would close every client's connection
    dataFrom: [{ sourceRef: { generatorRef: { apiVersion: GENERATORS, kind: 'Password', name: password.name } } }],
  }, templateOf('password', derived));
  return { ...rendered, generator: password };
}

function render(scope: Construct, spec: object, template?: object): ExternalObjects {
  const object = new ApiObject(scope, 'ExternalSecret', {
    metadata: metadataOf(scope, 'ExternalSecret'),
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    spec: Lazy.any({ produce: () => ({ ...spec, target: { name: object.name, creationPolicy: 'Owner', ...template && { template } } }) }),
  });
  return { secret: kplus.Secret.fromSecretName(scope, 'Secret', object.name), externalSecret: object };
}

/** As the operator writes it back, `1h0m0s`: `kubectl diff` would find a change in `3600s`. */
function goDuration(duration: Duration): string {
  const seconds = duration.toSeconds();
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${h > 0 ? `${h}h` : ''}${seconds >= 60 ? `${m}m` : ''}${s}s`;
}

const PLACEHOLDER = 'the-value';

/**
 * Has the operator write the value and what is derived from it into one Secret. A value that cannot be used makes it keep the former Secret: else the
 * readers of the two entries would not agree.
 */
function templateOf(key: string, derived?: DerivedEntry): object | undefined {
  if (!derived) return undefined;
  const fault = `${key} must be one line of visible ASCII without quotes around it`;
  const value = `{{ $value := .${key} | trim }}{{ if not (regexMatch "^(?:${USABLE_KEY})$" $value) }}{{ fail "${fault}" }}{{ end }}`;
  const text = derived.text(PLACEHOLDER).replace(JSON.stringify(PLACEHOLDER), '{{ $value | toJson }}');
  return { engineVersion: 'v2', data: { [key]: `${value}{{ $value }}`, [derived.key]: `${value}${text}` } };
}
