/** Where a value stands: keys of objects and indices of arrays, outermost first. */
export type ConfigPath = ReadonlyArray<string | number>;

/** Writes a path as `agents.list[0].model`; keys that would be ambiguous are quoted: `channels["a.b"]`. */
export function formatPath(path: ConfigPath): string {
  return path.map((segment, i) => {
    if (typeof segment === 'number') return `[${segment}]`;
    if (!/^[^.[\]"\s]+$/.test(segment)) return `[${JSON.stringify(segment)}]`;
    return i === 0 ? segment : `.${segment}`;
  }).join('');
}

/** Reads a path as people write it: `agents.list[0].model`. */
export function parsePath(text: string): ConfigPath {
  return text.split(/[.[\]]+/).filter(part => part !== '').map(part => (/^\d+$/.test(part) ? Number(part) : part));
}
