import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';
import { configSchema } from '../../src/extra-config/schema';
import { checkSchema } from '../../src/extra-config/schema-check';
import { schemasAt } from '../../src/extra-config/schema-path';
import { OpenClawVersion } from '../../src/index';
import { parsePath } from '../../src/input/config-path';
import { Catalog } from '../../src/models/catalog';
import { OFFICIAL } from '../../src/models/provider';
import { compareReleases } from '../../src/release/compare';
import { Features, featuresOf } from '../../src/release/features';
import { nearestRead } from '../../src/release/nearest-release';
import { NEWEST_RELEASE, RELEASES, releasesFor } from '../../src/release/releases';
import { STORED_CATALOGS, STORED_SCHEMAS } from '../support/stored-facts';

const CATALOG = path.join(__dirname, '..', '..', 'catalog');
const ALL = RELEASES.map(({ release }) => release);

test('the rows are ordered, and each version has one', () => {
  expect([...new Set(ALL)].sort(compareReleases)).toEqual(ALL);
});

test('each row has facts, and no other facts are stored', () => {
  expect(Object.keys(JSON.parse(fs.readFileSync(path.join(CATALOG, 'versions.json'), 'utf8')))).toEqual(ALL);
  expect(fs.readdirSync(CATALOG).sort()).toEqual([...STORED_CATALOGS.map(each => `${each}.json`), 'plugins.json', 'prices.json', 'schemas.br', 'tiers.json', 'versions.json'].sort());
  const lines = zlib.brotliDecompressSync(fs.readFileSync(path.join(CATALOG, 'schemas.br'))).toString().split('\n');
  expect(lines.map(line => line.slice(0, line.indexOf(' ')))).toEqual(STORED_SCHEMAS);
});

test('OpenClawVersion has a member for each version whose gateways are tested', () => {
  const members = Object.values(OpenClawVersion).filter(each => each instanceof OpenClawVersion).map(({ version }) => version);
  expect(members).toEqual(releasesFor('gateway'));
  expect(Object.keys(OpenClawVersion)).toContain(`V${NEWEST_RELEASE.replace(/\./g, '_')}`);
});

test('what runs in a gateway or a cluster is also judged by the contract', () => {
  expect(releasesFor('contract')).toEqual(expect.arrayContaining([...releasesFor('gateway'), ...releasesFor('cluster')]));
});

test.each([
  ['2026.9.6', '2026.9.6', 'read'],
  ['2026.7.35', '2026.7.35', 'read, and newer than the number says'],
  ['2026.7.36', '2026.7.35', 'a later patch of a maintained line'],
  ['2026.6.12', '2026.6.11', 'between two lines'],
  ['2026.7.1-3', '2026.7.1-2', 'a rebuild'],
  ['2026.8.33', '2026.8.2', 'a maintained line that nobody read'],
  ['2026.6.2', '2026.6.1', 'never published'],
  ['2027.1.1', NEWEST_RELEASE, 'newer than all'],
])('for %s the facts of %s are used (%s)', (release, nearest) => {
  expect(nearestRead(release)).toBe(nearest);
});

/** The setting that shows in a version's schema whether it has a feature; after `!` the one that the feature replaced. */
const EVIDENCE: { readonly [feature in keyof Features]?: string } = {
  utilityModel: 'agents.defaults.utilityModel',
  agentEntries: 'agents.entries.any.modelPolicy',
  modelPolicy: 'agents.defaults.modelPolicy',
  memorySearchSection: 'memory.search',
  speechSection: 'tts',
  catalogRefresh: 'models.catalogRefresh',
  fixedCooldowns: '!auth.cooldowns.rateLimitedProfileRotations',
  telemetry: 'telemetry',
  publicOrigin: 'gateway.publicOrigin',
  sessionObserver: 'gateway.controlUi.sessionObserver',
  modelSelectionScope: 'agents.defaults.modelSelectionScope',
  cyberFailover: 'agents.defaults.embeddedAgent.cyberFailover',
};

describe.each(ALL)('%s', release => {
  test('may repeat in openclaw.json how requests to its models differ', () => {
    const compat = schemasAt(configSchema(release), parsePath('models.providers.any.models[0].compat'));
    const rows = OFFICIAL.flatMap(({ id }) => Object.values(Catalog.of(release).models(id))).filter(row => row.compat);
    expect(rows.filter(row => !compat.some(schema => checkSchema(schema, row.compat).length === 0))).toEqual([]);
  });

  test.each(Object.entries(EVIDENCE))('has %s exactly if its schema has %s', (feature, setting) => {
    const has = schemasAt(configSchema(release), parsePath(setting.replace('!', ''))).length > 0;
    expect(featuresOf(release)[feature as keyof Features]).toBe(setting.startsWith('!') ? !has : has);
  });
});
