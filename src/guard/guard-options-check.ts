import { Size } from 'cdk8s';
import { ModelGuardPodOptions } from './model-guard-options';
import { isImageName } from '../input/image-name';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isSeconds } from '../input/is-seconds';
import { checkResources } from '../input/resources-check';
import { SecretSource } from '../secrets/secret-source';

const SECONDS = 'a Duration of whole seconds, at least one';
const PEM = /^\s*(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;

/** Reports options of the wrong type. */
export function checkGuardOptions(where: string, options: ModelGuardPodOptions): void {
  const { image, connectTimeout, firstByteTimeout, idleTimeout, bodyLimit, resources, caller, ...perProvider } = argumentsOf(options);
  const { requestsPerMinute, certificateAuthorities } = perProvider;
  const check = new InputChecks(where)
    .that(image === undefined || isImageName(image), 'image', 'the name of an image, with a tag or a digest', image)
    .that(isSeconds(connectTimeout), 'connectTimeout', SECONDS, connectTimeout, 'use Duration.seconds(2)')
    .that(isSeconds(firstByteTimeout), 'firstByteTimeout', SECONDS, firstByteTimeout, 'use Duration.seconds(120)')
    .that(isSeconds(idleTimeout), 'idleTimeout', SECONDS, idleTimeout, 'use Duration.seconds(120)')
    .that(isBodyLimit(bodyLimit), 'bodyLimit', 'a Size from 1 MiB to 64 MiB', bodyLimit, 'use Size.mebibytes(16)');
  checkResources(check, resources)
    .map('requestsPerMinute', requestsPerMinute, value => Number.isInteger(value) && (value as number) > 0, 'a whole number, at least 1')
    .map('certificateAuthorities', certificateAuthorities, value => typeof value === 'string' && PEM.test(value), 'certificates in PEM')
    .that(caller === undefined || caller instanceof SecretSource, 'caller', 'a SecretSource', caller, 'use for example SecretSource.generated()')
    .done();
}

function isBodyLimit(value: unknown): boolean {
  if (value === undefined) return true;
  const mebibytes = value instanceof Size ? value.toKibibytes() / 1024 : 0;
  return mebibytes >= 1 && mebibytes <= 64;
}
