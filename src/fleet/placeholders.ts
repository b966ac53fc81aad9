import { FleetProps } from './fleet-props';
import { Tenant } from './tenant';
import { RowProblem } from './tenant-row';
import { argumentsOf, InputChecks, isMap } from '../input/input-checks';
import { GatewayAuth } from '../secrets/gateway-auth';
import { SecretSource } from '../secrets/secret-source';

/** What stands for a tenant in the texts of its fleet. */
const OF_TENANT = ['{tenant}', '{namespace}'];
const OF_KEY = [...OF_TENANT, '{provider}'];

/** A text with the tenant's words in place of the placeholders. */
export function filled(text: string, { name, namespace = name }: Tenant): string {
  return text.replaceAll('{tenant}', name).replaceAll('{namespace}', namespace);
}

/** Reports what looks like a placeholder and is none, in the place where a key is. */
export function checkKeyTemplate(check: InputChecks, name: string, template: unknown): InputChecks {
  return checkTemplate(check, name, template, OF_KEY);
}

/** As `checkKeyTemplate`, in the keys of a tenant. */
export function keyProblems({ keys }: Partial<Tenant>): RowProblem[] {
  return Object.entries(keys ?? {}).flatMap(([id, template]) => {
    const message = strangerIn(`keys.${id}`, template, OF_KEY);
    return message ? { path: ['keys', id], message } : [];
  });
}

/** As `checkKeyTemplate`, in what else of a fleet may hold placeholders. */
export function checkPlaceholders(check: InputChecks, { auth, secrets, exposure, guard }: FleetProps): InputChecks {
  const origin = (source: unknown) => source instanceof SecretSource ? source._origin : undefined;
  checkTemplate(check, 'auth', auth instanceof GatewayAuth ? origin(auth._token) : undefined, OF_TENANT);
  for (const [name, source] of Object.entries(isMap(secrets) ? secrets : {})) checkTemplate(check, `secrets['${name}']`, origin(source), OF_TENANT);
  const { origins } = argumentsOf(exposure ?? { origins: [] });
  for (const [i, text] of Array.isArray(origins) ? origins.entries() : []) checkTemplate(check, `exposure.origins[${i}]`, text, OF_TENANT);
  return checkTemplate(check, 'caller of guard', origin(guard?._settings?.caller), []);
}

function checkTemplate(check: InputChecks, name: string, template: unknown, allowed: string[]): InputChecks {
  const problem = strangerIn(name, template, allowed);
  return check.refuse(problem !== undefined, problem ?? '');
}

function strangerIn(name: string, template: unknown, allowed: string[]): string | undefined {
  const found = typeof template === 'string' ? [...template.matchAll(/\{[^{}]*\}?/g)].map(([match]) => match).filter(match => !allowed.includes(match)) : [];
  if (found.length === 0) return undefined;
  return `${name} holds ${found.join(', ')}; ${allowed.length > 0 ? `allowed are ${allowed.join(', ')}` : 'no placeholder is known there'}`;
}
