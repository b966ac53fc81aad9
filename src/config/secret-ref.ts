/** The name under which the configuration knows the file of keys. */
export const KEY_PROVIDER = 'keys';

/** A reference to a secret, as OpenClaw resolves it. `name` is the secret's name in the file of keys. */
export function secretRef(name: string): object {
  return { source: 'file', provider: KEY_PROVIDER, id: `/${name}` };
}
