import { checkKeyTemplate, filled } from './placeholders';
import { Tenant } from './tenant';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';
import { Provider } from '../models/provider';
import { SecretSource } from '../secrets/secret-source';
import { StoreSecretOptions } from '../secrets/secret-source-options';

/**
 * Where the keys of a fleet's tenants come from. `{tenant}`, `{namespace}` and `{provider}` in names and paths stand for the tenant's name, its
 * namespace and the provider's id.
 */
export class TenantKeys {
  /**
   * Keys in a Secret of each tenant's namespace, under the conventional names (`ANTHROPIC_API_KEY`). A tenant may name another Secret, or
   * `<secret>/<key>`, for a provider.
   *
   * @param name the Secret's name, for example `openclaw-secrets` or `{tenant}-keys`
   */
  public static fromSecretName(name: string): TenantKeys {
    checkKeyTemplate(new InputChecks('TenantKeys.fromSecretName()').text('name', name), 'name', name).done();
    return new TenantKeys(SEAL, name, undefined, (path, provider) => {
      const [secret, key = provider.keyName, ...rest] = path.split('/');
      new InputChecks('keys').refuse(rest.length > 0, `'${path}' must be <secret> or <secret>/<key>`).done();
      return SecretSource.fromSecretName(secret, key);
    });
  }

  /**
   * Keys in the company's vault, an ExternalSecret each. A tenant may name another path for a provider.
   *
   * @param options `remoteKey` is the path, for example `teams/{tenant}/{provider}`, and `property` the field of that entry
   */
  public static fromStore(options: StoreSecretOptions): TenantKeys {
    const { remoteKey, property } = argumentsOf(options);
    const check = checkKeyTemplate(new InputChecks('TenantKeys.fromStore()').text('remoteKey', remoteKey), 'remoteKey', remoteKey);
    checkKeyTemplate(check, 'property', property).done();
    SecretSource.fromStore(options); // reports what is wrong with the others
    return new TenantKeys(SEAL, remoteKey, property, (path, _, field) => SecretSource.fromStore({ ...options, remoteKey: path, property: field }));
  }

  private readonly sources = new Map<string, SecretSource>();

  private constructor(
    seal: symbol,
    private readonly template: string,
    private readonly property: string | undefined,
    private readonly make: (path: string, provider: Provider, property?: string) => SecretSource,
  ) {
    sealed(seal, new.target, TenantKeys, 'TenantKeys.fromSecretName() or TenantKeys.fromStore()');
  }

  /** @internal */
  public _sourceOf(tenant: Tenant, provider: Provider): SecretSource {
    const fill = (text: string) => filled(text, tenant).replaceAll('{provider}', provider.id);
    const path = fill(tenant.keys?.[provider.id] ?? this.template);
    const property = this.property === undefined ? undefined : fill(this.property);
    const id = `${provider.keyName} ${path} ${property}`;
    const source = this.sources.get(id) ?? this.make(path, provider, property);
    this.sources.set(id, source);
    return source;
  }
}
