import * as kplus from 'cdk8s-plus-28';

type Variables = { readonly [name: string]: kplus.EnvValue };

/** The names of variables by which an HTTP client takes a proxy. */
export function proxyVariables(variables: Variables): string[] {
  return Object.keys(variables).filter(name => /^(https?|all)_proxy$/i.test(name));
}

/** Those of hosts that are called without one. */
export function proxyExceptions(variables: Variables): string[] {
  return Object.keys(variables).filter(name => /^no_proxy$/i.test(name));
}
