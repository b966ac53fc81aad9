import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { Provider } from '../models/provider';
import { SecretSource } from '../secrets/secret-source';

/** A provider and where its key comes from. */
export interface ProviderSecretProps {
  /** The provider that the key opens. */
  readonly provider: Provider;

  /** Where the key comes from. */
  readonly source: SecretSource;
}

/** The key of one provider. */
export class ProviderSecret extends Construct {
  /** The provider that the key opens. */
  public readonly provider: Provider;

  /** The Secret that holds the key. */
  public readonly secret: kplus.ISecret;

  /** The key's name in the Secret. */
  public readonly secretKey: string;

  /** The ExternalSecret that writes the Secret, where the key comes from a store. */
  public readonly externalSecret?: ApiObject;

  /** @internal */
  public readonly _source: SecretSource;

  public constructor(scope: Construct, id: string, props: ProviderSecretProps) {
    super(scope, id);
    const { provider, source } = argumentsOf(props);
    new InputChecks(`ProviderSecret '${this.node.path}'`)
      .that(provider instanceof Provider, 'provider', 'a Provider', provider, 'use for example Provider.ANTHROPIC')
      .that(source instanceof SecretSource, 'source', 'a SecretSource', source, "use for example SecretSource.fromSecretName('openclaw-secrets', 'ANTHROPIC_API_KEY')")
      .refuse(source instanceof SecretSource && source._isGenerated, 'source makes a value up, and no provider knows a key that was made up; give the key that the provider has issued')
      .props(props, { provider: true, source: true })
      .done();
    const { secret, key, externalSecret } = source._bind(this, provider.keyName);
    this.provider = provider;
    this.secret = secret;
    this.secretKey = key;
    this.externalSecret = externalSecret;
    this._source = source;
  }
}
