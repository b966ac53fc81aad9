/** The own property of an object, whatever its name: `constructor` is one of every object's, too. */
export function own<T>(object: { readonly [key: string]: T } | undefined, key: string): T | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}
