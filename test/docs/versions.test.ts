import * as fs from 'fs';
import * as path from 'path';
import { Catalog } from '../../src/models/catalog';
import { MEMORY_PLUGINS } from '../../src/policy/rules/plugin-unknown';
import { RELEASES } from '../../src/release/releases';
import { storedFacts } from '../../src/release/stored-facts';
import { replaceSection, table } from '../support/tables';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'versions.md');

function versionsTable(): string {
  const yes = (tried?: true) => (tried ? 'yes' : '');
  return table(['version', 'models of', 'schema of', 'configuration', 'gateways', 'cluster'], RELEASES.map(({ release, contract, gateway, cluster }) => {
    const { catalog, schema } = storedFacts(release);
    return [release, catalog, schema, yes(contract), yes(gateway), yes(cluster)];
  }));
}

/** The versions of a list without gaps, such as `to 2026.7.35` or `2026.8.1 to 2026.9.2`. */
function rangesOf(releases: readonly string[]): string {
  const all = RELEASES.map(({ release }) => release);
  const starts = releases.filter(release => !releases.includes(all[all.indexOf(release) - 1]));
  const ends = releases.filter(release => !releases.includes(all[all.indexOf(release) + 1]));
  return starts.map((start, i) => {
    const [from, to] = [start === all[0] ? '' : start, ends[i] === all[all.length - 1] ? '' : ends[i]];
    if (start === ends[i]) return start;
    return from && to ? `${from} to ${to}` : from ? `from ${from} on` : to ? `to ${to}` : 'each version';
  }).join(', ');
}

function pluginsTable(): string {
  const bundled = RELEASES.map(({ release }) => ({ release, plugins: Catalog.of(release).plugins.filter(id => !MEMORY_PLUGINS.includes(id)) }));
  const ids = [...new Set(bundled.flatMap(({ plugins }) => plugins))].sort();
  return table(['plugin', 'versions'], ids.map(id => [`\`${id}\``, rangesOf(bundled.filter(({ plugins }) => plugins.includes(id)).map(({ release }) => release))]));
}

test.each([
  ['versions', 'a row for each version that was read', versionsTable],
  ['plugins', 'every plugin that a version bundles', pluginsTable],
])('%s: docs/versions.md has %s', (section, _, content) => {
  const text = fs.readFileSync(PAGE, 'utf8');
  const renewed = replaceSection(text, section, content());
  if (process.env.WRITE_DOCS) fs.writeFileSync(PAGE, renewed);
  else expect(text).toBe(renewed);
});
