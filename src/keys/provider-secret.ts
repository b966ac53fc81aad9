import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { AwsCredentials } from './aws-credentials';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { Provider } from '../models/provider';
import { RenderedSecret } from '../secrets/rendered-secret';
import { SecretSource } from '../secrets/secret-source';
import { renderedOf } from '../secrets/secret-strategies';

/** A provider and where its key comes from. */
export interface ProviderSecretProps {
  /** The provider that the key opens. */
  readonly provider: Provider;

  /**
   * Where the key comes from. A provider has a key or `credentials`.
   * @default - none: `credentials` are given
   */
  readonly source?: SecretSource;

  /**
   * Credentials of AWS, for `Provider.bedrock()`: a model guard signs the requests, which then carry no key.
   * @default - none: `source` is given
   */
  readonly credentials?: AwsCredentials;

  /**
   * Where further keys of the provider come from, at most 15. A model guard sends each call with the first key. If the provider answers 429, 401 or 403, or
   * the key is missing, the guard tries the next key in the same call. Each key rotates alone. Without a guard, the gateway uses the first key only: the
   * finding `provider-keys-unused`.
   * @default - one key
   */
  readonly additional?: SecretSource[];
}

/** Each is a volume of the guard, and one more request where all keys are refused. */
const MOST_ADDITIONAL = 15;

/** The key of one provider, or its keys. */
export class ProviderSecret extends Construct {
  /** The provider that the key opens. */
  public readonly provider: Provider;

  /** The Secret that holds the key, or the secret access key of `credentials`. */
  public readonly secret: kplus.ISecret;

  /** The key's name in the Secret. */
  public readonly secretKey: string;

  /** The ExternalSecret that writes the Secret, where the key comes from a store. */
  public readonly externalSecret?: ApiObject;

  /** The further keys, in the order in which a model guard tries them. */
  public readonly additional: RenderedSecret[];

  /**
   * The access key id of `credentials`.
   * @default - none: the provider has a key
   */
  public readonly accessKeyId?: RenderedSecret;

  /** @internal */
  public readonly _accessKeyIdSource?: SecretSource;

  /** @internal */
  public readonly _source: SecretSource;

  /** @internal */
  public readonly _additionalSources: SecretSource[];

  public constructor(scope: Construct, id: string, props: ProviderSecretProps) {
    super(scope, id);
    const { provider, source, credentials, additional = [] } = argumentsOf(props);
    new InputChecks(`ProviderSecret '${this.node.path}'`)
      .that(provider instanceof Provider, 'provider', 'a Provider', provider, 'use for example Provider.ANTHROPIC')
      .that(source instanceof SecretSource || (source === undefined && credentials !== undefined), 'source', 'a SecretSource', source, "use for example SecretSource.fromSecretName('openclaw-secrets', 'ANTHROPIC_API_KEY')")
      .refuse(source instanceof SecretSource && source._isGenerated, 'source makes a value up, and no provider knows a key that was made up; give the key that the provider has issued')
      .that(credentials === undefined || credentials instanceof AwsCredentials, 'credentials', 'AwsCredentials', credentials, 'use AwsCredentials.accessKeys(…)')
      .refuse(credentials !== undefined && (source !== undefined || additional?.length > 0), 'source and additional are keys, which a provider with credentials does not need; remove them or credentials')
      .refuse(credentials instanceof AwsCredentials && provider instanceof Provider && !provider._facts.signing,
        'credentials of AWS are for Provider.bedrock({ region }) with BedrockEndpoint.RUNTIME; for another provider give its key as source')
      .list('additional', additional, each => each instanceof SecretSource && !each._isGenerated, 'a SecretSource of a key that the provider has issued')
      .refuse(Array.isArray(additional) && additional.length > MOST_ADDITIONAL, `additional has ${additional.length} keys, at most ${MOST_ADDITIONAL} are allowed; remove some`)
      .props(props, { provider: true, source: true, credentials: true, additional: true })
      .done();
    const main = source ?? credentials!._secretAccessKey;
    const places = [main, ...credentials ? [credentials._accessKeyId] : [], ...additional].flatMap(each => each._identity ?? []);
    new InputChecks(`ProviderSecret '${this.node.path}'`)
      .refuse(new Set(places).size < places.length, credentials ? 'credentials name one place twice; give each value its own place' : 'source and additional name one place twice; give each key once')
      .done();
    const { secret, key, externalSecret } = main._bind(this, credentials ? 'AWS_SECRET_ACCESS_KEY' : provider.keyName);
    this.provider = provider;
    this.secret = secret;
    this.secretKey = key;
    this.externalSecret = externalSecret;
    this.additional = additional.map((each, i) => renderedOf(each._bind(new Construct(this, `Key-${i + 2}`), provider.keyName)));
    this.accessKeyId = credentials && renderedOf(credentials._accessKeyId._bind(new Construct(this, 'AccessKeyId'), 'AWS_ACCESS_KEY_ID'));
    this._accessKeyIdSource = credentials?._accessKeyId;
    this._source = main;
    this._additionalSources = [...additional];
  }
}
