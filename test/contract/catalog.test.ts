import * as fs from 'fs';
import * as path from 'path';
import { installOpenClaw } from '../../scripts/openclaw';
import { Catalog } from '../../src/models/catalog';
import { OFFICIAL } from '../../src/models/provider';
import { OPENCLAW_RELEASES } from '../support/release';

jest.setTimeout(600_000);

/** The manifests of the bundled plugins, as they lie in the package. */
function manifestsOf(release: string): any[] {
  const extensions = path.join(installOpenClaw(release), 'dist', 'extensions');
  return fs.readdirSync(extensions).map(id => path.join(extensions, id, 'openclaw.plugin.json'))
    .filter(file => fs.existsSync(file)).map(file => JSON.parse(fs.readFileSync(file, 'utf8')));
}

describe.each(OPENCLAW_RELEASES)('the facts of %s', release => {
  const catalog = Catalog.of(release);
  const manifests = manifestsOf(release);
  const modelsOf = (provider: string): any[] => manifests.flatMap(({ modelCatalog }) => modelCatalog?.providers?.[provider]?.models ?? []);

  test('are its own', () => expect(catalog.release).toBe(release));

  test('name the plugins that it bundles', () => expect(catalog.plugins).toEqual(manifests.map(({ id }) => id).sort()));

  test.each(OFFICIAL.map(({ id }) => id).filter(id => modelsOf(id).length > 0))('name the models of %s that its manifests name', provider => {
    const models = modelsOf(provider).filter(({ id }) => !id.startsWith(`${provider}/`));
    const facts = ({ contextWindow, maxTokens, reasoning = false }: any) => ({ contextWindow, maxTokens, reasoning });
    const known = Object.entries(catalog.models(provider)).map(([id, row]) => [id, facts(row)]);
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(models.map(row => [row.id, facts(row)])));
  });
});
