import { configSchema, JsonSchema } from '../../src/extra-config/schema';
import { checkSchema } from '../../src/extra-config/schema-check';
import { formatPath } from '../../src/input/config-path';

const say = (schema: JsonSchema, value: unknown) => checkSchema(schema, value)
  .map(({ path, kind, got, allowed }) => `${formatPath(path) || '(root)'}: ${kind}, got ${got}, allowed ${allowed}`);
const text: JsonSchema = { type: 'string' };
const ref: JsonSchema = {
  oneOf: ['env', 'file'].map(source => ({
    type: 'object', additionalProperties: false, required: ['source', 'id'], properties: { source: { const: source }, id: { type: 'string', pattern: `^${source}` } },
  })),
};

test.each<[string, JsonSchema, unknown, string[]]>([
  ['valid', { type: 'object', properties: { a: text } }, { a: 'x' }, []],
  ['a wrong type hides what follows from it', { type: 'string', minLength: 3 }, 5, ['(root): wrong-type, got 5, allowed a string']],
  ['several types', { type: ['string', 'null'] }, true, ['(root): wrong-type, got true, allowed a string or null']],
  ['an integer', { type: 'integer' }, 1.5, ['(root): wrong-type, got 1.5, allowed an integer']],
  ['every violation', { type: 'object', additionalProperties: false, required: ['c'], properties: { a: text, c: text } }, { a: 1, b: 2 },
    ['a: wrong-type, got 1, allowed a string', 'b: unknown-key, got b, allowed a, c', 'c: missing-key, got nothing, allowed a string']],
  ['an enum', { enum: ['a', 'b'] }, 'c', ["(root): not-allowed, got the string 'c', allowed 'a', 'b'"]],
  ['a constant', { const: true }, 'yes', ["(root): wrong-type, got the string 'yes', allowed true"]],
  ['a pattern', { type: 'string', pattern: '^x' }, 'y', ["(root): not-allowed, got the string 'y', allowed text that matches ^x"]],
  ['an empty text', { type: 'string', minLength: 1 }, '', ['(root): not-allowed, got an empty string, allowed a non-empty string']],
  ['a short text', { type: 'string', minLength: 2 }, '😀', ["(root): not-allowed, got the string '😀', allowed at least 2 characters"]],
  ['a long text', { type: 'string', maxLength: 2 }, 'abc', ["(root): not-allowed, got the string 'abc', allowed at most 2 characters"]],
  ['a long text is not repeated', { type: 'number' }, 'x'.repeat(41), ['(root): wrong-type, got a string of 41 characters, allowed a number']],
  ['a URL', { type: 'string', format: 'uri' }, 'example.com', ["(root): not-allowed, got the string 'example.com', allowed an absolute URL"]],
  ['a minimum', { type: 'number', minimum: 1 }, 0, ['(root): not-allowed, got 0, allowed 1 or more']],
  ['a maximum', { type: 'number', maximum: 1 }, 2, ['(root): not-allowed, got 2, allowed 1 or less']],
  ['an exclusive minimum', { type: 'number', exclusiveMinimum: 0 }, 0, ['(root): not-allowed, got 0, allowed more than 0']],
  ['too few items', { type: 'array', minItems: 1 }, [], ['(root): not-allowed, got an empty array, allowed at least 1 items']],
  ['too many items', { type: 'array', maxItems: 1 }, [1, 2], ['(root): not-allowed, got an array, allowed at most 1 items']],
  ['equal items', { type: 'array', uniqueItems: true }, [{ a: 1, b: 2 }, { b: 2, a: 1 }], ['(root): not-allowed, got an array, allowed items that differ']],
  ['items', { type: 'array', items: text }, ['a', 1], ['[1]: wrong-type, got 1, allowed a string']],
  ['a tuple', { type: 'array', items: [text], additionalItems: false }, ['a', 1], ['[1]: not-allowed, got 1, allowed at most 1 items']],
  ['keys', { type: 'object', propertyNames: { pattern: '^[a-z]+$' } }, { A: 1 }, ["A: not-allowed, got the string 'A', allowed a key that is text that matches ^[a-z]+$"]],
  ['too few keys', { type: 'object', minProperties: 1 }, {}, ['(root): not-allowed, got an object, allowed at least 1 keys']],
  ['too many keys', { type: 'object', maxProperties: 0 }, { a: 1 }, ['(root): not-allowed, got an object, allowed at most 0 keys']],
  ['a map', { type: 'object', additionalProperties: text }, { 'a.b': 1 }, ['["a.b"]: wrong-type, got 1, allowed a string']],
  ['an inherited name is no property', { type: 'object', additionalProperties: false }, { constructor: 1 }, ['constructor: unknown-key, got constructor, allowed no key']],
  ['allOf', { allOf: [{ type: 'string', pattern: '^a' }, { pattern: 'b$' }] }, 'c',
    ["(root): not-allowed, got the string 'c', allowed text that matches ^a", "(root): not-allowed, got the string 'c', allowed text that matches b$"]],
  ['not', { not: { required: ['a'] } }, { a: 1 }, ['(root): not-allowed, got an object, allowed another combination of settings']],
  ['if and then', { if: { required: ['a'] }, then: { required: ['b'] } }, { a: 1 }, ['b: missing-key, got nothing, allowed a value']],
  ['if that does not hold', { if: { required: ['a'] }, then: { required: ['b'] } }, {}, []],
  ['anyOf of types', { anyOf: [text, { type: 'boolean' }] }, 1, ['(root): wrong-type, got 1, allowed a string or a boolean']],
  ['anyOf with one form of the type', { anyOf: [{ type: 'string', pattern: '^a' }, { type: 'boolean' }] }, 'b', ["(root): not-allowed, got the string 'b', allowed text that matches ^a"]],
  ['anyOf reports the form that was meant', { anyOf: [text, { type: 'object', additionalProperties: false, properties: { a: text } }] }, { b: 1 },
    ['b: unknown-key, got b, allowed a']],
  ['oneOf goes by the discriminator', ref, { source: 'file', id: 'x' }, ["id: not-allowed, got the string 'x', allowed text that matches ^file"]],
  ['oneOf wants one form', { oneOf: [text, { minLength: 0 }] }, 'a', ["(root): not-allowed, got the string 'a', allowed a value of one form only"]],
])('%s', (_, schema, value, expected) => {
  expect(say(schema, value)).toEqual(expected);
});

test('an unknown key comes with those that resemble it', () => {
  const [violation] = checkSchema(configSchema('2026.9.6'), { agents: { defaults: { heartbeet: {} } } });
  expect(violation).toMatchObject({ path: ['agents', 'defaults', 'heartbeet'], kind: 'unknown-key', nearest: ['heartbeat'] });
});

test.each([
  [['agents', 'defaults', 'heartbeat', 'every'], 'agents.defaults.heartbeat.every'],
  [['channels', 'a.b', 'x'], 'channels["a.b"].x'],
  [['agents', 'list', 0, 'model'], 'agents.list[0].model'],
  [['a b'], '["a b"]'],
  [[''], '[""]'],
])('%j is written as %s', (path, expected) => {
  expect(formatPath(path)).toBe(expected);
});
