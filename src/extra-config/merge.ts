import { isMap, own } from '../input/values';

type Tree = Readonly<Record<string, unknown>>;

/** Lists that are rendered and may be added to. */
const GROWING = [/^tools\.deny$/, /^plugins\.allow$/, /^agents\.entries\.[^.]+\.tools\.deny$/];

export function mayGrow(path: readonly unknown[]): boolean {
  return GROWING.some(each => each.test(path.join('.')));
}

/**
 * The rendered configuration with the extra one merged in: objects merge, everything else replaces, the lists `tools.deny`,
 * also an agent's, and `plugins.allow` grow. Changes neither argument.
 */
export function mergeExtraConfig(rendered: object, extra: object): Record<string, unknown> {
  return mergeObjects(rendered as Tree, extra as Tree, []);
}

function mergeObjects(base: Tree, extra: Tree, path: readonly string[]): Record<string, unknown> {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(extra)])];
  // fromEntries defines properties, so that a key such as __proto__ stays an ordinary one
  return Object.fromEntries(keys.map(key => {
    const at = [...path, key];
    return [key, Object.prototype.hasOwnProperty.call(extra, key) ? merge(own(base, key), extra[key], at) : copy(base[key])];
  }));
}

function merge(base: unknown, extra: unknown, path: readonly string[]): unknown {
  if (isMap(base) && isMap(extra)) return mergeObjects(base, extra, path);
  if (mayGrow(path) && Array.isArray(base) && Array.isArray(extra)) return [...new Set([...base, ...extra])];
  return copy(extra);
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry)])) : value;
}
