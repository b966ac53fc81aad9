import { execFile } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { AcceptingGateway } from './accepting-gateway';
import { complaintsOf, samplesFor } from './complaints-of';
import { installOpenClaw, node24 } from '../../scripts/openclaw';
import { NEWEST_RELEASE } from '../../src/release/releases';
import { Complaint, validateConfigs } from '../support/openclaw-validator';

jest.setTimeout(900_000);

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
