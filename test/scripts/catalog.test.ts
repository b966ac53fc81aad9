import * as fs from 'fs';
import * as path from 'path';
import { catalogFiles } from '../../scripts/catalog-files';
import { readCatalog } from '../../scripts/catalog-reader';
import { catalogText } from '../../scripts/catalog-text';
import { installOpenClaw } from '../../scripts/openclaw';
import { NEWEST_RELEASE } from '../../src/release/releases';
import { storedFacts } from '../../src/release/stored-facts';

test(`what is stored of ${NEWEST_RELEASE} is what the npm package says`, () => {
  const file = path.join(__dirname, '..', '..', 'catalog', `${storedFacts(NEWEST_RELEASE).catalog}.json`);
  expect(catalogText(readCatalog(installOpenClaw(NEWEST_RELEASE)))).toBe(fs.readFileSync(file, 'utf8'));
}, 600_000);

test('versions with equal facts share a file, also across others', () => {
  const catalog = { providers: {}, settings: {}, taken: {} };
  const other = { ...catalog, settings: { browser: { plugin: 'browser' } } };
  const [open, closed] = [{ type: 'object' }, { type: 'object', additionalProperties: false }];
  const { texts, schemas } = catalogFiles([
    ['2026.7.1', { catalog, schema: open }], ['2026.7.35', { catalog: other, schema: open }], ['2026.8.1', { catalog, schema: closed }],
  ]);
  expect(Object.keys(texts)).toEqual(['2026.7.1.json', '2026.7.35.json', 'versions.json']);
  expect(schemas.split('\n')).toEqual(['2026.7.1 {"type":"object"}', '2026.8.1 {"additionalProperties":false,"type":"object"}']);
  expect(JSON.parse(texts['versions.json'])).toEqual({
    '2026.7.1': { catalog: '2026.7.1', schema: '2026.7.1' },
    '2026.7.35': { catalog: '2026.7.35', schema: '2026.7.1' },
    '2026.8.1': { catalog: '2026.7.1', schema: '2026.8.1' },
  });
});
