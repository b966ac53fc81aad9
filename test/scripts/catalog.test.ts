import * as fs from 'fs';
import * as path from 'path';
import { readCatalog } from '../../scripts/catalog-reader';
import { catalogText } from '../../scripts/catalog-text';
import { installOpenClaw } from '../../scripts/openclaw';
import { CATALOG_RELEASES } from '../../scripts/releases';

const NEWEST = CATALOG_RELEASES[CATALOG_RELEASES.length - 1];

test(`catalog/${NEWEST}.json is what the npm package says`, () => {
  const committed = fs.readFileSync(path.join(__dirname, '..', '..', 'catalog', `${NEWEST}.json`), 'utf8');
  expect(catalogText(readCatalog(installOpenClaw(NEWEST)))).toBe(committed);
}, 600_000);
