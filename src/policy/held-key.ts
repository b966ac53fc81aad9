import { ProviderCredential, SecretFile } from '../settings/settings';

/** The key or secret header of a provider that a secret holds, as far as its place tells. */
export function keyIn({ source }: SecretFile, credentials: readonly ProviderCredential[]): ProviderCredential | undefined {
  return credentials.find(({ identities }) => identities.some(identity => holds(source._identity, identity)));
}

/** Whether who reads the one reads the other too: the field of an entry, or one inside of a field. A query may find any field. */
function holds(read: string | undefined, identity: string): boolean {
  if (read === undefined) return false;
  const [[entry, field], [itsEntry, itsField]] = [read, identity].map(each => each.split(' field '));
  if ([field, itsField].some(isQuery)) return entry === itsEntry;
  return identity === read || identity.startsWith(`${read} field `) || (read.includes(' field ') && identity.startsWith(`${read}.`));
}

/** Of gjson, by which the operator reads fields. */
function isQuery(field: string | undefined): boolean {
  return field !== undefined && /[*?|@#\\{[!]|^\.\./.test(field);
}
