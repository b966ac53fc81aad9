import { Tenant } from './tenant';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { Provider } from '../models/provider';
import { SecretSource, StoreSecretOptions } from '../secrets/secret-source';

const PLACEHOLDERS = ['{tenant}', '{namespace}', '{provider}'];

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
    checkTemplate('TenantKeys.fromSecretName()', 'name', name);
    return new TenantKeys(name, (path, provider) => {
      const [secret, key = provider.keyName] = path.split('/', 2);
      return SecretSource.fromSecretName(secret, key);
    });
  }

  /**
   * Keys in the company's vault, an ExternalSecret each. A tenant may name another path for a provider.
   *
   * @param options `remoteKey` is the path, for example `teams/{tenant}/{provider}`
   */
  public static fromStore(options: StoreSecretOptions): TenantKeys {
    const { remoteKey } = argumentsOf(options);
    checkTemplate('TenantKeys.fromStore()', 'remoteKey', remoteKey);
    SecretSource.fromStore(options); // reports what is wrong with the others
    return new TenantKeys(remoteKey, path => SecretSource.fromStore({ ...options, remoteKey: path }));
  }

  private readonly sources = new Map<string, SecretSource>();

  private constructor(private readonly template: string, private readonly make: (path: string, provider: Provider) => SecretSource) {}

  /** @internal */
  public _sourceOf(tenant: Tenant, provider: Provider): SecretSource {
    const path = tenant.keys?.[provider.id] ?? this.template
      .replaceAll('{tenant}', tenant.name)
      .replaceAll('{namespace}', tenant.namespace ?? tenant.name)
      .replaceAll('{provider}', provider.id);
    const id = `${provider.keyName} ${path}`;
    const source = this.sources.get(id) ?? this.make(path, provider);
    this.sources.set(id, source);
    return source;
  }
}

function checkTemplate(where: string, name: string, template: unknown): void {
  const unknown = typeof template === 'string' ? [...template.matchAll(/\{[^{}]*\}?/g)].map(([match]) => match).filter(match => !PLACEHOLDERS.includes(match)) : [];
  new InputChecks(where)
    .text(name, template)
    .refuse(unknown.length > 0, `${name} holds ${unknown.join(', ')}; allowed are ${PLACEHOLDERS.join(', ')}`)
    .done();
}
