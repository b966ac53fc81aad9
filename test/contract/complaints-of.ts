import { EXCEPTIONS } from './accepted-exceptions';
import { AcceptingGateway } from './accepting-gateway';
import { onePerSetting, Sample, samplesOf } from './setting-samples';
import { configSchema } from '../../src/extra-config/schema';
import { Catalog } from '../../src/models/catalog';
import { NEWEST_RELEASE } from '../../src/release/releases';
import { validateConfigs } from '../support/openclaw-validator';
import { OPENCLAW_RELEASES } from '../support/release';

/** All entries of plugins have the same settings but for `config`. */
const SAME_FOR_ALL = /^plugins\.entries\.(?!telegram\.)[^.]+\.(?!config\b)/;

/** The samples for a version: all for the newest, one a setting for the oldest of the others, a third of these for the rest. */
export function samplesFor(release: string): Sample[] {
  const channels = Catalog.of(release).served('channels');
  const samples = samplesOf(configSchema(release)).filter(({ where }) => {
    const channel = /^channels\.([^.]+)\./.exec(where)?.[1];
    return !SAME_FOR_ALL.test(where) && (channel === undefined || (channels[channel] && !channels[channel].npm));
  });
  if (release === NEWEST_RELEASE) return samples;
  const index = OPENCLAW_RELEASES.indexOf(release);
  return onePerSetting(samples).filter((_, i) => index === 0 || i % 3 === index % 3);
}

/** What the library accepts and the real OpenClaw complains of. `without` are rules that do not count. */
export async function complaintsOf(release: string, plugins: 'all' | 'none', samples: readonly Sample[], without: readonly string[] = []): Promise<string[]> {
  const gateway = new AcceptingGateway(release, plugins);
  const accepted = samples.flatMap(({ where, extra }) => {
    const config = gateway.accept(extra, without);
    return config === undefined ? [] : [{ where, extra, config: JSON.parse(config) as object }];
  });
  expect(accepted.length).toBeGreaterThan(0);
  const complaints = await validateConfigs(release, accepted.map(({ config }) => config));
  return accepted.flatMap(({ where, extra }, i) => complaints[i]
    .filter(complaint => !EXCEPTIONS.some(({ what }) => what.test(`${complaint.path}: ${complaint.message}`)))
    .map(complaint => `${where}: ${complaint.path}: ${complaint.message} <= ${JSON.stringify(extra)}`));
}
