import { problemOfCertificates } from './certificates';
import { LONGEST_ANSWER_SECONDS } from './guard-limits';
import { ModelGuardPodOptions } from './model-guard-options';
import { checkResources } from '../input/container-resources';
import { isImageName } from '../input/image-name';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isSeconds } from '../input/is-seconds';
import { isDuration, isSize } from '../input/kplus-shapes';
import { kibibytesOf } from '../input/sizes';
import { isMap } from '../input/values';
import { SecretSource } from '../secrets/secret-source';

const SECONDS = `a Duration of whole seconds, from 1 to ${LONGEST_ANSWER_SECONDS}`;
const MOST_REQUESTS = 1_000_000;

/** Reports options of the wrong type, and those of a guard in pods of its own where it has none. */
export function checkGuardOptions(where: string, options: ModelGuardPodOptions, ownPod: boolean): void {
  const given = argumentsOf(options);
  const { image, connectTimeout, firstByteTimeout, idleTimeout, bodyLimit, resources, caller, requestsPerMinute, certificateAuthorities } = given;
  const check = new InputChecks(where)
    .that(options === undefined || isMap(options), 'options', 'ModelGuardOptions', options)
    .that(image === undefined || isImageName(image), 'image', 'the name of an image, with a tag or a digest', image)
    .that(isConnectTimeout(connectTimeout), 'connectTimeout', `a Duration from 100 milliseconds to ${LONGEST_ANSWER_SECONDS} seconds`, connectTimeout, 'use Duration.seconds(2)')
    .that(isLimit(firstByteTimeout), 'firstByteTimeout', SECONDS, firstByteTimeout, 'use Duration.seconds(120)')
    .that(isLimit(idleTimeout), 'idleTimeout', SECONDS, idleTimeout, 'use Duration.seconds(120)')
    .that(isBodyLimit(bodyLimit), 'bodyLimit', 'a Size from 1 MiB to 64 MiB', bodyLimit, 'use Size.mebibytes(16)');
  checkResources(check, resources)
    .map('requestsPerMinute', requestsPerMinute, isRate, `a whole number from 1 to ${MOST_REQUESTS}`)
    .map('certificateAuthorities', certificateAuthorities, value => typeof value === 'string', 'certificates in PEM')
    .that(caller === undefined || caller instanceof SecretSource, 'caller', 'a SecretSource', caller, 'use for example SecretSource.generated()');
  for (const [provider, text] of Object.entries(isMap(certificateAuthorities) ? certificateAuthorities : {})) {
    const problem = typeof text === 'string' ? problemOfCertificates(text) : undefined;
    check.refuse(problem !== undefined, `certificateAuthorities['${provider}'] must be certificates in PEM, but ${problem}`);
  }
  check
    .refuse(!ownPod && caller !== undefined, 'caller is for ModelGuard.pod(): beside its gateway a guard listens to this pod alone')
    .options<ModelGuardPodOptions>(given, {
      image: true,
      connectTimeout: true,
      firstByteTimeout: true,
      idleTimeout: true,
      bodyLimit: true,
      resources: true,
      caller: true,
      requestsPerMinute: true,
      certificateAuthorities: true,
    })
    .done();
}

function isLimit(value: unknown): boolean {
  return isSeconds(value, LONGEST_ANSWER_SECONDS);
}

function isConnectTimeout(value: unknown): boolean {
  if (value === undefined) return true;
  const millis = isDuration(value) ? value.toMilliseconds({ integral: false }) : 0;
  return millis >= 100 && millis <= LONGEST_ANSWER_SECONDS * 1000;
}

function isRate(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= MOST_REQUESTS;
}

function isBodyLimit(value: unknown): boolean {
  if (value === undefined) return true;
  const mebibytes = isSize(value) ? kibibytesOf(value) / 1024 : 0;
  return mebibytes >= 1 && mebibytes <= 64;
}
