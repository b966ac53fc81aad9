import { isSettableHeader } from './provider-arguments';
import { ProviderCallOptions } from './provider-options';
import { BEARER } from './wire-facts';
import { InputChecks } from '../input/input-checks';
import { isMap } from '../input/values';
import { SecretSource } from '../secrets/secret-source';

/** A header of a provider's requests whose value is a secret. */
export interface SecretHeader {
  /** In lower case. */
  readonly name: string;
  readonly source: SecretSource;
  /** Whether `Bearer ` stands before the value. */
  readonly bearer: boolean;
}

const PROPS = ['secretHeaders', 'bearerHeaders'] as const;

/** The secret headers of a call; of two with one name the later one counts. */
export function secretHeadersOf(options: ProviderCallOptions, earlier: readonly SecretHeader[] = []): SecretHeader[] {
  const given = PROPS.flatMap(prop => entriesOf(options[prop]).map(([name, source]) => ({ name: name.toLowerCase(), source, bearer: prop === 'bearerHeaders' })));
  return [...new Map([...earlier, ...given].map(header => [header.name, header])).values()];
}

/** What stands before the value of a header. */
export function prefixOf({ bearer }: SecretHeader): string {
  return bearer ? BEARER.keyPrefix : '';
}

/** The name of a header's file in the pod, and in SecretRefs; no provider's key and no other header has it. */
export function headerFileOf({ id }: { readonly id: string }, { name }: SecretHeader): string {
  return `${id}.${name}`;
}

/** Reports what is wrong with the secret headers of a call. `headers` are those of the provider that it also sends. */
export function checkSecretHeaders(
  check: InputChecks, keyHeader: string, options: ProviderCallOptions, headers: readonly string[], earlier: readonly SecretHeader[] = [],
): InputChecks {
  const names = PROPS.flatMap(prop => entriesOf(options[prop]).map(([name]) => name.toLowerCase()));
  for (const prop of PROPS) {
    check
      .refuse(options[prop] !== undefined && !isMap(options[prop]), `${prop} must be an object, each value a SecretSource`)
      .list(`names of ${prop}`, entriesOf(options[prop]).map(([name]) => name), name => isSettableHeader(name) && /^[\w-]+$/.test(String(name)),
        'the name of an HTTP header, of letters, digits, dashes and underscores, and none that the sender sets itself');
    for (const [name, source] of entriesOf(options[prop])) {
      check
        .refuse(!(source instanceof SecretSource), `${prop}['${name}'] must be a SecretSource; use for example SecretSource.fromSecretName('openclaw-secrets', 'PORTKEY')`)
        .refuse(name.toLowerCase() === keyHeader, `${prop}['${name}'] is the header of the provider's key; give the provider its key with a ProviderSecret`)
        .refuse(source instanceof SecretSource && source._isGenerated, `${prop}['${name}'] makes a value up, and no server knows it; give the value that the server has issued`);
    }
  }
  for (const name of new Set([...earlier.map(each => each.name), ...names])) {
    check
      .refuse(names.indexOf(name) < names.lastIndexOf(name), `the header '${name}' is twice in secretHeaders and bearerHeaders; keep one`)
      .refuse(headers.some(each => each.toLowerCase() === name), `the header '${name}' is in headers and is a secret; remove it from headers`);
  }
  return check;
}

function entriesOf(map: unknown): [string, SecretSource][] {
  return Object.entries(isMap(map) ? map as { [name: string]: SecretSource } : {});
}
