import { Duration } from 'cdk8s';
import { InputChecks, isMap } from '../input/input-checks';

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

export function checkCall(where: string, headers: unknown, timeout: unknown): void {
  const secret = Object.keys(isMap(headers) ? headers : {}).find(name => SECRET_HEADER.test(name));
  new InputChecks(where)
    .map('headers', headers, value => typeof value === 'string', 'a string')
    .refuse(secret !== undefined, `headers['${secret}'] would show a secret in the manifests; give the key by a ProviderSecret`)
    .that(timeout === undefined || timeout instanceof Duration, 'timeout', 'a Duration', timeout, 'use Duration.seconds(60)')
    .done();
}
