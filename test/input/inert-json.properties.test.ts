import * as fc from 'fast-check';
import { inertJson } from '../../src/input/inert-json';

const parts = ['$', '{', '}', '(', ')', '"', '\\', 'a', '\n', ' '];
const text = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map(each => each.join(''));
const value = fc.letrec(tie => ({
  any: fc.oneof({ maxDepth: 4 }, text, fc.constantFrom(null, 1, true), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(text, tie('any'), { maxKeys: 3 })),
})).any;

test('JSON stays the same value, and holds nothing that another layer interprets', () => {
  fc.assert(fc.property(value, fc.constantFrom(0, 2), (each, indent) => {
    const inert = inertJson(JSON.stringify(each, undefined, indent));
    expect(JSON.parse(inert)).toEqual(each);
    expect(inert).not.toMatch(/\$\{|\$\(|\{\{|\}\}/);
  }), { numRuns: 2000 });
});
