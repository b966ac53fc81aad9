import { argumentsOf, InputChecks } from '../input/input-checks';
import { checkPlaceholdersIn, placeholderProblem } from '../input/placeholders';
import { SEAL, sealed } from '../input/sealed';
import { OFFICIAL, Provider } from '../models/provider';
import { SecretSource } from '../secrets/secret-source';
import { SecretReferenceOptions, StoreSecretOptions } from '../secrets/secret-source-options';

const OF_GATEWAY = ['{provider}'];

/** The placeholders of the keys of a fleet. @internal */
export const OF_FLEET = ['{tenant}', '{namespace}', ...OF_GATEWAY];

/**
 * Where the keys of all providers are, for a gateway or a fleet. Each provider that needs a key gets a ProviderSecret.
 *
 * In names and paths `{provider}` stands for the provider's id, for example `anthropic`. In a fleet `{tenant}` and `{namespace}` stand for the tenant's name
 * and its namespace.
 */
export class ProviderKeys {
  /**
   * Keys in a Secret of the gateway's namespace, each under its conventional name (`ANTHROPIC_API_KEY`). Renders nothing.
   *
   * @param name the Secret's name, for example `openclaw-secrets`; `<name>/<key>` also names the key in the Secret: `openclaw-secrets/{provider}`
   * @param options whether keys may be missing
   */
  public static fromSecretName(name: string, options: SecretReferenceOptions = {}): ProviderKeys {
    const check = new InputChecks('ProviderKeys.fromSecretName()').text('name', name);
    checkPlaceholdersIn(check, 'name', name, OF_FLEET).done();
    const make = (path: string, provider: Provider) => {
      const [secret, key = provider.keyName, ...rest] = path.split('/');
      new InputChecks('keys').refuse(rest.length > 0, `'${path}' must be <secret> or <secret>/<key>`).done();
      return SecretSource.fromSecretName(secret, key, options);
    };
    make(OF_FLEET.reduce((text, placeholder) => text.replaceAll(placeholder, 'x'), name), OFFICIAL[0]); // reports a name that Kubernetes refuses
    return new ProviderKeys(SEAL, name, undefined, make);
  }

  /**
   * Keys in the company's vault. Renders an ExternalSecret for each provider.
   *
   * @param options `remoteKey` and `property` may hold placeholders: `{ store, remoteKey: 'openclaw/{provider}', property: 'api-key' }`
   */
  public static fromStore(options: StoreSecretOptions): ProviderKeys {
    const { remoteKey, property } = argumentsOf(options);
    const check = checkPlaceholdersIn(new InputChecks('ProviderKeys.fromStore()').text('remoteKey', remoteKey), 'remoteKey', remoteKey, OF_FLEET);
    checkPlaceholdersIn(check, 'property', property, OF_FLEET).done();
    SecretSource.fromStore(options); // reports what is wrong with the others
    return new ProviderKeys(SEAL, remoteKey, property, (path, _, field) => SecretSource.fromStore({ ...options, remoteKey: path, property: field }));
  }

  /** A source for each place: gateways with equal keys share it. */
  private readonly sources = new Map<string, SecretSource>();

  private constructor(
    seal: symbol,
    private readonly template: string,
    private readonly property: string | undefined,
    private readonly make: (path: string, provider: Provider, property?: string) => SecretSource,
  ) {
    sealed(seal, new.target, ProviderKeys, 'ProviderKeys.fromSecretName() or .fromStore()');
  }

  /** What is wrong with the placeholders where there is no tenant. @internal */
  public _problemWithoutTenant(): string | undefined {
    const problem = placeholderProblem('providerKeys', `${this.template} ${this.property ?? ''}`, OF_GATEWAY);
    return problem && `${problem}; the others are for a Fleet`;
  }

  /**
   * Where the key of a provider is.
   * @param fill puts words in place of the placeholders of a tenant
   * @param template the tenant's own place, in the words of this object
   * @internal
   */
  public _sourceOf(provider: Provider, fill = (text: string) => text, template = this.template): SecretSource {
    const [path, property] = [template, this.property].map(text => text && fill(text).replaceAll('{provider}', provider.id));
    const id = `${provider.keyName} ${path} ${property}`;
    const source = this.sources.get(id) ?? this.make(path!, provider, property);
    this.sources.set(id, source);
    return source;
  }
}
