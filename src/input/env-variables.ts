import * as kplus from 'cdk8s-plus-28';
import { InputChecks } from './input-checks';
import { isEnvValue } from './kplus-shapes';
import { isVariableName } from './kubernetes-names';
import { isMap } from './values';

type Variables = { readonly [name: string]: kplus.EnvValue };

/** Requires names and values of environment variables; `undefined` is fine. */
export function checkEnvVariables(check: InputChecks, variables: unknown): InputChecks {
  if (variables === undefined) return check;
  if (!isMap(variables)) return check.that(false, 'envVariables', "an object such as { TZ: 'UTC' }", variables);
  check.list('names of envVariables', Object.keys(variables), isVariableName, 'the name of an environment variable');
  for (const [name, value] of Object.entries(variables)) {
    const remedy = ['number', 'boolean'].includes(typeof value) ? `write '${value}'` : undefined;
    check.that(typeof value === 'string' || isEnvValue(value), `envVariables['${name}']`, 'a text or a kplus.EnvValue', value, remedy);
  }
  return check;
}

/** Checked environment variables as cdk8s-plus-28 writes them. */
export function variablesOf(given: { readonly [name: string]: unknown } = {}): Variables {
  return Object.fromEntries(Object.entries(given).map(([name, value]) =>
    [name, typeof value === 'string' ? kplus.EnvValue.fromValue(value) : value as kplus.EnvValue]));
}

/** The names of variables by which an HTTP client takes a proxy. */
export function proxyVariables(variables: Variables): string[] {
  return Object.keys(variables).filter(name => /^(https?|all)_proxy$/i.test(name));
}

/** Those of hosts that are called without one. */
export function proxyExceptions(variables: Variables): string[] {
  return Object.keys(variables).filter(name => /^no_proxy$/i.test(name));
}
