import { InputChecks } from '../input/input-checks';
import { isObjectName } from '../input/kubernetes-names';
import { SEAL, sealed } from '../input/sealed';

/** The kinds of stores of the External Secrets Operator, by the values of `kind` in its objects. */
export enum SecretStoreKind {
  /** A store of one namespace. */
  NAMESPACED = 'SecretStore',

  /** A store of the whole cluster. */
  CLUSTER = 'ClusterSecretStore',
}

/**
 * Where the External Secrets Operator finds the company's vault.
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
export class SecretStore {
  /** A SecretStore in the gateway's namespace. */
  public static namespaced(name: string): SecretStore {
    return new SecretStore(SEAL, SecretStoreKind.NAMESPACED, name);
  }

  /** A ClusterSecretStore. */
  public static cluster(name: string): SecretStore {
    return new SecretStore(SEAL, SecretStoreKind.CLUSTER, name);
  }

  private constructor(
    seal: symbol,
    /** The store's kind. */
    public readonly kind: SecretStoreKind,
    /** The store's name. */
    public readonly name: string,
  ) {
    sealed(seal, new.target, SecretStore, 'SecretStore.cluster() or SecretStore.namespaced()');
    new InputChecks(`SecretStore.${kind === SecretStoreKind.NAMESPACED ? 'namespaced' : 'cluster'}()`)
      .that(isObjectName(name), 'name', 'the name of the store: lower-case letters, digits, dashes and dots', name)
      .done();
  }
}
