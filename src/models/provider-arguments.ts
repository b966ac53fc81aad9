import { ProviderCallOptions } from './provider-options';
import { InputChecks, isMap } from '../input/input-checks';
import { isSeconds } from '../input/is-seconds';

/** `Authorization`, `x-api-key`, `Cookie` … */
const SECRET_HEADER = /authorization|api-?key|token|secret|cookie|password/i;

/** The conventional name of a provider's key: `my-vllm` has `MY_VLLM_API_KEY`. */
export function keyNameOf(providerId: string): string {
  return `${providerId.toUpperCase().replace(/-/g, '_')}_API_KEY`;
}

export function checkProviderId(where: string, id: unknown): void {
  const wellFormed = typeof id === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id);
  new InputChecks(where).that(wellFormed, 'id', 'lower-case letters and digits, with single dashes between', id).done();
}

export function checkEndpoint(where: string, name: string, url: unknown, example: string): void {
  const web = typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  const check = new InputChecks(where).that(web, name, `an absolute http or https URL such as ${example}`, url);
  if (web) {
    const { username, search, hash } = new URL(url as string);
    check.that(!username && !search && !hash, name, 'a URL without user, query and fragment', url);
  }
  check.done();
}

export function checkCall(where: string, { podPort, headers, timeout }: ProviderCallOptions): void {
  const secret = Object.keys(isMap(headers) ? headers : {}).find(name => SECRET_HEADER.test(name));
  new InputChecks(where)
    .map('headers', headers, value => typeof value === 'string', 'a string')
    .refuse(secret !== undefined, `headers['${secret}'] would show a secret in the manifests; give the key by a ProviderSecret`)
    .that(isSeconds(timeout), 'timeout', 'a Duration of whole seconds, at least one', timeout, 'use Duration.seconds(60)')
    .that(podPort === undefined || (Number.isInteger(podPort) && podPort > 0 && podPort < 65536), 'podPort', 'a port from 1 to 65535', podPort)
    .done();
}
