import { AcceptingGateway } from './accepting-gateway';
import { complaintsOf, samplesFor } from './complaints-of';
import { documentedSamples } from './setting-samples';
import { configSchema } from '../../src/extra-config/schema';
import { Catalog } from '../../src/models/catalog';
import { releasesFor } from '../../src/release/releases';
import { OPENCLAW_RELEASES } from '../support/release';

jest.setTimeout(900_000);

/** Sections that plugins read; they are tried on a gateway that has all plugins. */
const OF_PLUGINS = /^(plugins|channels|browser|diagnostics|tools\.web|cloudWorkers)\b/;

describe.each(OPENCLAW_RELEASES)('what the library accepts for OpenClaw %s, that version validates without a complaint', release => {
  const samples = samplesFor(release);

  test('every setting, without plugins', async () => {
    expect(await complaintsOf(release, 'none', samples.filter(({ where }) => !OF_PLUGINS.test(where)))).toEqual([]);
  });

  test('every setting that plugins read, with all plugins', async () => {
    expect(await complaintsOf(release, 'all', samples.filter(({ where }) => OF_PLUGINS.test(where)))).toEqual([]);
  });

  if (releasesFor('gateway').includes(release)) { // the documents of the versions between them say almost the same
    test('every configuration in its documents', async () => {
      const documented = documentedSamples(release, configSchema(release));
      expect(documented.length).toBeGreaterThan(100);
      expect(await complaintsOf(release, 'all', documented)).toEqual([]);
    });
  }

  test('every setting in the table of plugins is refused where its plugin does not run', () => {
    const gateway = new AcceptingGateway(release, 'none');
    const rows = Object.keys(Catalog.of(release).settings).map(setting => setting.split('='));
    const nested = ([setting, value = 'value']: string[]) => setting.split('.').filter(key => key !== '**').reverse()
      .reduce<unknown>((inner, key) => ({ [key === '*' ? 'any' : key]: inner }), value) as Record<string, unknown>;
    expect(rows.map(nested).filter(extra => gateway.accept(extra) !== undefined)).toEqual([]);
  });
});
