import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';
import { SecretSource } from '../secrets/secret-source';

/** An access key of AWS: two values, which AWS issues together. */
export interface AwsAccessKeys {
  /** Where the access key id comes from, for example `SecretSource.fromSecretName('aws', 'AWS_ACCESS_KEY_ID')`. */
  readonly accessKeyId: SecretSource;

  /** Where the secret access key comes from, for example `SecretSource.fromSecretName('aws', 'AWS_SECRET_ACCESS_KEY')`. */
  readonly secretAccessKey: SecretSource;
}

const EXAMPLE = "use for example SecretSource.fromSecretName('aws', 'AWS_SECRET_ACCESS_KEY')";

/**
 * Credentials of AWS with which a model guard signs the requests to Amazon Bedrock (Signature Version 4). OpenClaw itself signs nothing, so they need a guard.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export class AwsCredentials {
  /** The access key of an IAM user. A new one is used without a restart, two seconds after both values have been swapped. */
  public static accessKeys(keys: AwsAccessKeys): AwsCredentials {
    const { accessKeyId, secretAccessKey } = argumentsOf(keys);
    const check = new InputChecks('AwsCredentials.accessKeys()').options(keys, { accessKeyId: true, secretAccessKey: true });
    for (const [name, source] of Object.entries({ accessKeyId, secretAccessKey })) {
      check
        .that(source instanceof SecretSource, name, 'a SecretSource', source, EXAMPLE)
        .refuse(source instanceof SecretSource && source._isGenerated, `${name} makes a value up, which AWS does not know; give the one that AWS has issued`);
    }
    check.done();
    return new AwsCredentials(SEAL, accessKeyId, secretAccessKey);
  }

  private constructor(
    seal: symbol,
    /** @internal */
    public readonly _accessKeyId: SecretSource,
    /** @internal */
    public readonly _secretAccessKey: SecretSource,
  ) {
    sealed(seal, new.target, AwsCredentials, 'AwsCredentials.accessKeys()');
  }
}
