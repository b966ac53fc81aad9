import { ApiObject, Duration, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { SecretStore } from './secret-store';

const GENERATORS = 'generators.external-secrets.io/v1alpha1';

interface ExternalSecretOptions {
  readonly store: SecretStore;
  readonly remoteKey: string;
  readonly property?: string;
  readonly refreshInterval: Duration;
  /** The key of the Secret that holds the value. */
  readonly key: string;
}

/** An ExternalSecret that fetches one value; the Secret has the ExternalSecret's name. */
export function externalSecret(scope: Construct, { store, remoteKey, property, refreshInterval, key }: ExternalSecretOptions): kplus.ISecret {
  return render(scope, {
    refreshInterval: `${refreshInterval.toSeconds()}s`,
    secretStoreRef: { kind: store.kind, name: store.name },
    data: [{ secretKey: key, remoteRef: { key: remoteKey, property } }],
  });
}

/** An ExternalSecret whose value is made up once, under the key `password`. */
export function generatedPassword(scope: Construct, length: number): kplus.ISecret {
  const password = new ApiObject(scope, 'Password', {
    apiVersion: GENERATORS,
    kind: 'Password',
    spec: { length, symbols: 0, noUpper: false, allowRepeat: true },
  });
  return render(scope, {
    refreshInterval: '0', // never again: a new token would close every client's connection
    dataFrom: [{ sourceRef: { generatorRef: { apiVersion: GENERATORS, kind: 'Password', name: password.name } } }],
  });
}

function render(scope: Construct, spec: object): kplus.ISecret {
  const object = new ApiObject(scope, 'ExternalSecret', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    spec: Lazy.any({ produce: () => ({ ...spec, target: { name: object.name, creationPolicy: 'Owner' } }) }),
  });
  return kplus.Secret.fromSecretName(scope, 'Secret', object.name);
}
