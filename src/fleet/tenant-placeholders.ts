import { FleetProps } from './fleet-props';
import { Tenant } from './tenant';
import { RowProblem } from './tenant-row';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { checkPlaceholdersIn, placeholderProblem } from '../input/placeholders';
import { isMap } from '../input/values';
import { OF_FLEET } from '../keys/provider-keys';
import { GatewayAuth } from '../secrets/gateway-auth';
import { SecretSource } from '../secrets/secret-source';

/** What stands for a tenant in the texts of its fleet. */
export const OF_TENANT = ['{tenant}', '{namespace}'];

/** A text with the tenant's words in place of the placeholders. */
export function filled(text: string, { name, namespace = name }: Tenant): string {
  return text.replaceAll('{tenant}', name).replaceAll('{namespace}', namespace);
}

/** Text in braces that stands for nothing, in the keys of a tenant. */
export function keyProblems({ keys }: Partial<Tenant>): RowProblem[] {
  return Object.entries(keys ?? {}).flatMap(([id, template]) => {
    const message = placeholderProblem(`keys.${id}`, template, OF_FLEET);
    return message ? { path: ['keys', id], message } : [];
  });
}

/** As `keyProblems`, in the props of a fleet that may hold placeholders. */
export function checkPlaceholders(check: InputChecks, { auth, secrets, exposure, guard }: FleetProps): InputChecks {
  const origin = (source: unknown) => source instanceof SecretSource ? source._origin : undefined;
  checkPlaceholdersIn(check, 'auth', auth instanceof GatewayAuth ? origin(auth._token) : undefined, OF_TENANT);
  for (const [name, source] of Object.entries(isMap(secrets) ? secrets : {})) checkPlaceholdersIn(check, `secrets['${name}']`, origin(source), OF_TENANT);
  const { origins } = argumentsOf(exposure ?? { origins: [] });
  for (const [i, text] of Array.isArray(origins) ? origins.entries() : []) checkPlaceholdersIn(check, `exposure.origins[${i}]`, text, OF_TENANT);
  return checkPlaceholdersIn(check, 'caller of guard', origin(guard?._settings?.caller), []);
}
