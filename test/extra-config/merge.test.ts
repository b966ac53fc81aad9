import * as fc from 'fast-check';
import { inputOf, RENDERED } from './fixture';
import { checkExtraConfig } from '../../src/extra-config/check-extra-config';
import { mergeExtraConfig } from '../../src/extra-config/merge';

test('objects merge, arrays replace, denied tools and allowed plugins grow', () => {
  const rendered = { a: { b: 1, c: [1, 2] }, tools: { deny: ['tts', 'x'], allow: ['y'] }, plugins: { allow: ['p'] } };
  const extra = { a: { c: [3], d: 2 }, tools: { deny: ['x', 'browser'], allow: ['z'] }, plugins: { allow: ['q', 'p'] } };
  expect(mergeExtraConfig(rendered, extra)).toEqual({
    a: { b: 1, c: [3], d: 2 }, tools: { deny: ['tts', 'x', 'browser'], allow: ['z'] }, plugins: { allow: ['p', 'q'] },
  });
});

test('keys that JavaScript treats specially stay ordinary keys', () => {
  const merged = mergeExtraConfig({ a: {} }, JSON.parse('{ "__proto__": { "polluted": 1 }, "a": { "__proto__": 2, "constructor": 3 } }') as object);
  expect(JSON.stringify(merged)).toBe('{"a":{"__proto__":2,"constructor":3},"__proto__":{"polluted":1}}');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

const tree = fc.dictionary(fc.constantFrom('a', 'b', 'tools', 'deny', 'allow', 'plugins', '__proto__'), fc.jsonValue({ maxDepth: 3 }).map(v => v as unknown));

test('merging is idempotent, gives back the extra values and changes no argument', () => {
  fc.assert(fc.property(tree, tree, (rendered, extra) => {
    const before = JSON.stringify([rendered, extra]);
    const once = mergeExtraConfig(rendered, extra);
    expect(mergeExtraConfig(once, extra)).toEqual(once);
    expect(mergeExtraConfig(rendered, {})).toEqual(rendered);
    expect(JSON.stringify([rendered, extra])).toBe(before);
  }));
});

/** The leaves of a configuration by path; of lists that grow, each entry. */
function leaves(value: unknown, path: string): string[] {
  if (Array.isArray(value) && /^\.(tools\.deny|plugins\.allow)$/.test(path)) return value.map(entry => `${path}:${entry}`);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [`${path}=${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry, `${path}.${key}`));
}

test('no extra configuration that is accepted changes a rendered setting', () => {
  const word = fc.constantFrom('telegram', 'tts', 'browser', 'off');
  const part = fc.oneof(
    fc.record({ logging: fc.record({ level: fc.constantFrom('info', 'debug') }) }),
    fc.record({ tools: fc.record({ deny: fc.oneof(fc.array(word), word) }, { requiredKeys: [] }) }),
    fc.record({ plugins: fc.record({ allow: fc.array(word), enabled: fc.boolean() }, { requiredKeys: [] }) }),
    fc.record({ gateway: fc.oneof(fc.constant(null), fc.record({ bind: word, port: fc.nat(9), controlUi: fc.constant({ basePath: '/a' }) }, { requiredKeys: [] })) }),
    fc.record({ agents: fc.record({ defaults: fc.record({ model: word, workspace: fc.constant('/w'), heartbeat: fc.constant({ target: 'none' }) }, { requiredKeys: [] }) }) }),
  );
  const seen = { accepted: 0, refused: 0 };
  fc.assert(fc.property(part, part, (a, b) => {
    const extra = mergeExtraConfig(a, b);
    const accepted = checkExtraConfig(inputOf(extra)).length === 0;
    seen[accepted ? 'accepted' : 'refused']++;
    if (accepted) expect(leaves(mergeExtraConfig(RENDERED, extra), '')).toEqual(expect.arrayContaining(leaves(RENDERED, '')));
  }), { numRuns: 300 });
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(20);
});
