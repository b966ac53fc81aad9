import * as fs from 'fs';
import * as path from 'path';
import { OFFICIAL } from '../../src/models/provider';
import { HomeFeature } from '../../src/models/provider-facts';
import { AZURE_TRAITS, BEDROCK_TRAITS } from '../../src/models/provider-rows';
import { featuresOf, FeatureSwitch, firstReleaseWith } from '../../src/release/features';
import { ACCEPTED } from '../gateway/parity/accepted';
import { RELEASES } from '../gateway/releases';
import { replaceSection } from '../support/tables';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'requests.md');

const COMPANIES: [string, readonly HomeFeature[]][] = [
  ...OFFICIAL.map(({ _facts: { company, traits } }): [string, readonly HomeFeature[]] => [company, traits.onlyAtHome]),
  ['Azure OpenAI', AZURE_TRAITS.onlyAtHome],
  ['Amazon Bedrock', BEDROCK_TRAITS.onlyAtHome],
];

function table(header: string[], rows: string[][]): string {
  return [...new Set([header, header.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`))].join('\n');
}

const has = (release: string, feature: FeatureSwitch | 'always' | 'never') => feature === 'always' || (feature !== 'never' && featuresOf(release)[feature]);
const sends = (release: string, { since, until }: HomeFeature) => has(release, since) && !has(release, until);
const restores = (release: string, { settings, settingsSince }: HomeFeature) => settings !== 'none' && has(release, settingsSince);
const code = (texts: string[]) => texts.map(text => `\`${text}\``).join(', ');

function restoredTable(): string {
  const rows = COMPANIES.flatMap(([company, features]) => features.filter(({ settings }) => settings !== 'none').map(feature => {
    const { name, settings, since, settingsSince } = feature;
    const { compat = {}, headers = {} } = settings as Exclude<typeof settings, 'none'>;
    const set = [...Object.entries(compat).map(([key, value]) => `compat.${key}: ${value}`), ...Object.keys(headers).map(header => `headers.${header}`)];
    return [company, name, code(set), settingsSince === 'always' || settingsSince === since ? 'each version' : firstReleaseWith(settingsSince)];
  }));
  return table(['provider', 'what', 'setting', 'from'], rows);
}

function lostTable(): string {
  const rows = COMPANIES.flatMap(([company, features]) => features.map(feature => {
    const { name, places, without } = feature;
    const releases = RELEASES.filter(release => sends(release, feature) && !restores(release, feature));
    return [company, name, code([...places]), releases.length === RELEASES.length ? 'each version' : releases.join(', '), without];
  })).filter(([,,, versions]) => versions !== '');
  return table(['provider', 'what', 'where', 'versions', 'effect'], rows);
}

const transportTable = () => table(['where', 'difference', 'reason'], ACCEPTED.map(({ where, place, reason }) => [where, `\`${place}\``, reason]));

test('docs/requests.md lists what is brought back, and all that stays different', () => {
  const page = fs.readFileSync(PAGE, 'utf8');
  const tables = Object.entries({ restored: restoredTable(), lost: lostTable(), transport: transportTable() });
  const renewed = tables.reduce((text, [section, content]) => replaceSection(text, section, content), page);
  if (process.env.WRITE_DOCS) fs.writeFileSync(PAGE, renewed);
  else expect(page).toBe(renewed);
});
