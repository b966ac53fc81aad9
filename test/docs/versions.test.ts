import * as fs from 'fs';
import * as path from 'path';
import { RELEASES } from '../../src/release/releases';
import { storedFacts } from '../../src/release/stored-facts';
import { replaceSection, table } from '../support/tables';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'versions.md');

test('docs/versions.md has a row for each version that was read', () => {
  const yes = (tried?: true) => (tried ? 'yes' : '');
  const rows = RELEASES.map(({ release, contract, gateway, cluster }) => {
    const { catalog, schema } = storedFacts(release);
    return [release, catalog, schema, yes(contract), yes(gateway), yes(cluster)];
  });
  const text = fs.readFileSync(PAGE, 'utf8');
  const renewed = replaceSection(text, 'versions', table(['version', 'models of', 'schema of', 'configuration', 'gateways', 'cluster'], rows));
  if (process.env.WRITE_DOCS) fs.writeFileSync(PAGE, renewed);
  else expect(text).toBe(renewed);
});
