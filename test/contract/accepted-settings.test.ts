import { execFile } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { EXCEPTIONS } from './accepted-exceptions';
import { AcceptingGateway } from './accepting-gateway';
import { documentedSamples, onePerSetting, Sample, samplesOf } from './setting-samples';
import { installOpenClaw, node24 } from '../../scripts/openclaw';
import { configSchema } from '../../src/extra-config/schema';
import { Catalog } from '../../src/models/catalog';
import { NEWEST_RELEASE } from '../../src/release/releases';
import { Complaint, validateConfigs } from '../support/openclaw-validator';
import { OPENCLAW_RELEASES } from '../support/release';

jest.setTimeout(900_000);

/** Sections that plugins read; they are tried on a gateway that has all plugins. */
const OF_PLUGINS = /^(plugins|channels|browser|diagnostics|tools\.web|cloudWorkers)\b/;

/** All entries of plugins have the same settings but for `config`. */
const SAME_FOR_ALL = /^plugins\.entries\.(?!telegram\.)[^.]+\.(?!config\b)/;

/** The samples for a version: all for the newest, one a setting for the oldest of the others, a third of these for the rest. */
function samplesFor(release: string): Sample[] {
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
async function complaintsOf(release: string, plugins: 'all' | 'none', samples: readonly Sample[], without: readonly string[] = []): Promise<string[]> {
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

describe.each(OPENCLAW_RELEASES)('what the library accepts for OpenClaw %s, that version validates without a complaint', release => {
  const samples = samplesFor(release);

  test('every setting, without plugins', async () => {
    expect(await complaintsOf(release, 'none', samples.filter(({ where }) => !OF_PLUGINS.test(where)))).toEqual([]);
  });

  test('every setting that plugins read, with all plugins', async () => {
    expect(await complaintsOf(release, 'all', samples.filter(({ where }) => OF_PLUGINS.test(where)))).toEqual([]);
  });

  test('every configuration in its documents', async () => {
    const documented = documentedSamples(release, configSchema(release));
    expect(documented.length).toBeGreaterThan(100);
    expect(await complaintsOf(release, 'all', documented)).toEqual([]);
  });

  test('every setting in the table of plugins is refused where its plugin does not run', () => {
    const gateway = new AcceptingGateway(release, 'none');
    const rows = Object.keys(Catalog.of(release).settings).map(setting => setting.split('='));
    const nested = ([setting, value = 'value']: string[]) => setting.split('.').filter(key => key !== '**').reverse()
      .reduce<unknown>((inner, key) => ({ [key === '*' ? 'any' : key]: inner }), value) as Record<string, unknown>;
    expect(rows.map(nested).filter(extra => gateway.accept(extra) !== undefined)).toEqual([]);
  });
});

describe(`the comparison with the real OpenClaw ${NEWEST_RELEASE}`, () => {
  test.each<[string, string, Record<string, unknown>, RegExp]>([
    ['config-refused', 'a text', { agents: { defaults: { heartbeat: { activeHours: { start: '25:00' } } } } }, /invalid time/],
    ['config-refused', 'a reference', { bindings: [{ agentId: 'nobody', match: { channel: 'telegram' } }] }, /Unknown agent id "nobody"/],
    ['config-unknown-key', 'a plugin', { plugins: { entries: { nosuch: { enabled: true } } } }, /plugin not found: nosuch/],
    ['governed-path', 'a web search', { tools: { web: { search: { provider: 'brave' } } } }, /web_search provider is not available: brave/],
  ])('fails without rule %s, for %s', async (rule, _, extra, complaint) => {
    expect(await complaintsOf(NEWEST_RELEASE, 'none', [{ where: 'here', extra }], [rule, 'plugin-off', 'config-unknown-key'])).toEqual([expect.stringMatching(complaint)]);
    expect(new AcceptingGateway(NEWEST_RELEASE, 'none').accept(extra)).toBeUndefined();
  });

  test('accepts what the constructor accepts, and renders the same', () => {
    const gateway = new AcceptingGateway(NEWEST_RELEASE, 'none');
    const some = samplesFor(NEWEST_RELEASE).filter((_, i) => i % 400 === 0);
    const [accepted, constructed] = [some.map(({ extra }) => gateway.accept(extra)), some.map(({ extra }, i) => gateway.construct(`Gateway${i}`, extra))];
    expect(accepted).toEqual(constructed);
    expect(new Set(accepted.map(config => config === undefined)).size).toBe(2);
  });

  test.each<[string, (config: any) => void]>([
    ['warnings', config => { config.plugins = { entries: { nosuch: { enabled: true } }, deny: ['other'] }; }],
    ['errors', config => { config.tools.alsoAllow = ['read']; config.tools.allow = ['write']; config.cron = { sessionRetention: 'never' }; }],
  ])('says what the command `config validate` says: %s', async (_, spoil) => {
    const config = JSON.parse(new AcceptingGateway(NEWEST_RELEASE, 'none').accept({})!);
    spoil(config);
    const [complaints] = await validateConfigs(NEWEST_RELEASE, [config]);
    expect(complaints.length).toBeGreaterThan(1);
    expect(complaints).toEqual(await asTheCommandSays(config));
  });
});

async function asTheCommandSays(config: object): Promise<Complaint[]> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-validate-'));
  try {
    const file = path.join(home, 'openclaw.json');
    fs.writeFileSync(file, JSON.stringify(config));
    const env = { PATH: process.env.PATH, HOME: home, OPENCLAW_STATE_DIR: path.join(home, 'state'), OPENCLAW_CONFIG_PATH: file, OPENCLAW_NIX_MODE: '1' };
    const args = [path.join(installOpenClaw(NEWEST_RELEASE), 'openclaw.mjs'), 'config', 'validate', '--json'];
    const said = await new Promise<string>(resolve => execFile(node24(), args, { env }, (_error, stdout) => resolve(stdout)));
    const { issues = [], warnings = [] } = JSON.parse(said);
    return [...issues, ...warnings].map(({ path: at, message }) => ({ path: at, message }));
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}
