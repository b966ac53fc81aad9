import { InputChecks } from '../input/input-checks';
import { isObjectName } from '../input/kubernetes-names';

/**
 * Where the External Secrets Operator finds the company's vault.
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
export class SecretStore {
  /** A SecretStore in the gateway's namespace. */
  public static namespaced(name: string): SecretStore {
    return new SecretStore('SecretStore', name);
  }

  /** A ClusterSecretStore. */
  public static cluster(name: string): SecretStore {
    return new SecretStore('ClusterSecretStore', name);
  }

  private constructor(
    /** The store's kind: `SecretStore` or `ClusterSecretStore`. */
    public readonly kind: string,
    /** The store's name. */
    public readonly name: string,
  ) {
    new InputChecks(`SecretStore.${kind === 'SecretStore' ? 'namespaced' : 'cluster'}()`)
      .that(isObjectName(name), 'name', 'the name of the store: lower-case letters, digits, dashes and dots', name)
      .done();
  }
}
