/** The folders of `src/`, from the lowest to the highest: a folder imports only from those before it. */
export const ROOMS = [
  'input', 'release', 'secrets', 'models', 'keys', 'guard', 'network', 'monitoring', 'presets', 'settings', 'extra-config', 'config', 'envoy', 'alerts', 'policy', 'pod', 'gateway', 'fleet',
  'report',
];

/** What each folder must not import, in the terms of the rule `import/no-restricted-paths`. */
export function closedDoors() {
  return ROOMS.map((room, floor) => ({
    target: `./src/${room}`,
    from: [...ROOMS.slice(floor + 1).map(above => `./src/${above}`), './src/index.ts'],
    message: `'${room}' must not import from a higher room; the order of the rooms is in projenrc/rooms.ts`,
  }));
}
