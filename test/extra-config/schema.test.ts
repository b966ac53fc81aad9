import * as fs from 'fs';
import * as path from 'path';
import { normalSchema } from '../../scripts/schema-normal-form';
import { configSchema, JsonSchema } from '../../src/extra-config/schema';
import { KNOWN_KEYWORDS } from '../../src/extra-config/schema-keywords';
import { STORED_SCHEMAS as STORED } from '../support/stored-facts';

/** Every keyword of a schema and its subschemas, wherever they stand. */
function keywordsOf(schema: JsonSchema): string[] {
  const inner = Object.entries(schema).flatMap(([keyword, value]) => keyword === 'properties' ? Object.values(value as object) : [value].flat())
    .filter(value => typeof value === 'object' && value !== null) as JsonSchema[];
  return [...Object.keys(schema), ...inner.flatMap(keywordsOf)];
}

test.each(STORED)('the schema of %s uses no keyword that the check does not know', release => {
  expect([...new Set(keywordsOf(configSchema(release)))].filter(keyword => !KNOWN_KEYWORDS.includes(keyword))).toEqual([]);
});

test('the schemas of all versions are small together', () => {
  expect(fs.statSync(path.join(__dirname, '..', '..', 'catalog', 'schemas.br')).size).toBeLessThan(50_000);
});

describe('configSchema', () => {
  test('takes the nearest schema for a version that was not read', () => {
    expect(configSchema('2026.9.7')).toBe(configSchema('2026.9.6'));
    expect(configSchema('2026.7.36')).toBe(configSchema('2026.7.35'));
    expect(configSchema('2026.8.1')).not.toBe(configSchema('2026.7.35'));
  });

  test('knows which version has which section', () => {
    expect(Object.keys(configSchema('2026.6.11').properties!)).not.toContain('telemetry');
    expect(Object.keys(configSchema('2026.9.6').properties!)).toContain('telemetry');
  });
});

describe('the normal form', () => {
  test('keeps what validates, resolves references, makes constants an enum', () => {
    const text = { type: 'string', title: 'A text' };
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: false,
      required: ['b', 'a'],
      properties: {
        b: { type: 'string', default: 'x', description: 'a name' },
        a: { anyOf: [{ type: 'string', const: 'on' }, { type: 'string', const: 'off' }] },
        title: { $defs: { t: text }, type: 'object', properties: { inner: { $ref: '#/$defs/t' } } },
        list: { type: 'array', items: [text, { type: 'number' }], additionalItems: false },
        mail: { type: 'string', format: 'email' },
        url: { type: 'string', format: 'uri' },
      },
    };
    expect(normalSchema(schema)).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['a'],
      properties: {
        a: { enum: ['on', 'off'], type: 'string' },
        b: { type: 'string' },
        list: { type: 'array', items: [{ type: 'string' }, { type: 'number' }], additionalItems: false },
        mail: { type: 'string' },
        title: { type: 'object', properties: { inner: { type: 'string' } } },
        url: { type: 'string', format: 'uri' },
      },
    });
  });

  test('refuses a reference that it cannot follow', () => {
    expect(() => normalSchema({ type: 'object', properties: { a: { $ref: '#/$defs/none' } } })).toThrow("cannot resolve $ref '#/$defs/none'");
  });
});
