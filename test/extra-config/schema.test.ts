import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';
import { normalSchema } from '../../scripts/schema-normal-form';
import { configSchema, JsonSchema, schemaReleases } from '../../src/extra-config/schema';
import { KNOWN_KEYWORDS } from '../../src/extra-config/schema-keywords';

const CATALOG = path.join(__dirname, '..', '..', 'catalog');
const file = (release: string) => path.join(CATALOG, `${release}.schema.json.gz`);

/** Every keyword of a schema and its subschemas, wherever they stand. */
function keywordsOf(schema: JsonSchema): string[] {
  const inner = Object.entries(schema).flatMap(([keyword, value]) => keyword === 'properties' ? Object.values(value as object) : [value].flat())
    .filter(value => typeof value === 'object' && value !== null) as JsonSchema[];
  return [...Object.keys(schema), ...inner.flatMap(keywordsOf)];
}

describe('shipped schemas', () => {
  test('there is one of each minor version, oldest first', () => {
    const releases = schemaReleases();
    expect(releases[0]).toBe('2026.6.11');
    expect(releases[releases.length - 1]).toBe('2026.9.6');
    expect([...new Set(releases.map(release => release.slice(0, 6)))]).toEqual(['2026.6', '2026.7', '2026.8', '2026.9']);
  });

  test.each(schemaReleases())('%s uses no keyword that the check does not know', release => {
    const used = new Set(keywordsOf(JSON.parse(zlib.gunzipSync(fs.readFileSync(file(release))).toString())));
    expect([...used].filter(keyword => !KNOWN_KEYWORDS.includes(keyword))).toEqual([]);
  });

  test.each(schemaReleases())('%s is small and carries no time', release => {
    const bytes = fs.readFileSync(file(release));
    expect(bytes.length).toBeLessThanOrEqual(32 * 1024);
    expect(bytes.readUInt32LE(4)).toBe(0);
  });
});

describe('configSchema', () => {
  test('takes the newest schema at or below the release', () => {
    expect(configSchema('2026.9.7')).toBe(configSchema('2026.9.6'));
    expect(configSchema('2026.7.1-2')).toBe(configSchema('2026.7.1'));
    expect(configSchema('2026.8.1')).not.toBe(configSchema('2026.7.1'));
  });

  test('takes the oldest for versions before it', () => {
    expect(configSchema('2026.6.1')).toBe(configSchema('2026.6.11'));
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
