import { execFile } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { node24 } from '../../scripts/openclaw';
import { integrityOf, NpmRegistry, packed } from '../support/npm-registry';

const NAME = '@example/jira';
const packageOf = (version: string, id = 'jira') => packed({ 'package.json': { name: NAME, version }, 'openclaw.plugin.json': { id } });
const JIRA = packageOf('1.0.0');
const OTHER_HASH = `sha512-${'A'.repeat(86)}==`;

/** What the init container does before it runs OpenClaw, which test/gateway tries with the real one. */
describe('a package is not installed', () => {
  let registry: NpmRegistry;
  let folder: string;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'install-plugins-'));
    for (const each of ['state', 'tmp', 'packages']) fs.mkdirSync(path.join(folder, each));
    fs.writeFileSync(path.join(folder, 'packages', 'example-jira-1.0.0.tgz'), JIRA);
    registry = await NpmRegistry.start({
      [NAME]: { '1.0.0': JIRA, '2.0.0': packageOf('2.0.1'), '3.0.0': packageOf('3.0.0', 'other'), '4.0.0': packed({ 'package.json': { name: NAME, version: '4.0.0' } }) },
    });
  });

  afterAll(async () => {
    await registry.close();
    fs.rmSync(folder, { recursive: true });
  });

  /** What the program says, and the seconds that it took. */
  async function run(wanted: object, timeout = 20): Promise<{ said: string; seconds: number }> {
    const args = [
      path.join(__dirname, '..', '..', 'assets', 'install-plugins.mjs'), '--state', path.join(folder, 'state'), '--tmp', path.join(folder, 'tmp'),
      '--openclaw', '/nonexistent/openclaw.mjs', '--timeout', `${timeout}`,
      '--package', JSON.stringify({ id: 'jira', name: NAME, version: '1.0.0', registry: registry.url, ...wanted }),
    ];
    const start = performance.now();
    const { code, said } = await new Promise<{ code: unknown; said: string }>(resolve =>
      execFile(node24(), args, (error, stdout, stderr) => resolve({ code: error?.code, said: stdout + stderr })));
    expect(code).toBe(1);
    expect(fs.readdirSync(path.join(folder, 'state'))).toEqual([]);
    expect(fs.readdirSync(path.join(folder, 'tmp'))).toEqual([]);
    return { said, seconds: (performance.now() - start) / 1000 };
  }

  test.each<[string, object, () => string]>([
    ['with another hash', { integrity: OTHER_HASH }, () => `${NAME}@1.0.0 has the hash ${integrityOf(JIRA)}, but ${OTHER_HASH} is asked for; nothing was installed`],
    ['with another hash, from a folder', { integrity: OTHER_HASH, folder: 'packages', registry: undefined }, () => `but ${OTHER_HASH} is asked for`],
    ['of a version that the registry does not have', { version: '1.0.1' }, () => '/@example%2fjira has no version 1.0.1; it has 1.0.0, 2.0.0, 3.0.0, 4.0.0'],
    ['that the registry does not have', { name: '@example/none' }, () => 'none: it answered 404; check that the pod reaches the registry (network policy, proxy) and that it has the package'],
    ['that says another version', { version: '2.0.0' }, () => `the package is ${NAME}@2.0.1, but ${NAME}@2.0.0 is asked for`],
    ['with another plugin', { version: '3.0.0' }, () => `${NAME}@3.0.0 has the plugin 'other', but 'jira' is asked for; give this id`],
    ['without a plugin', { version: '4.0.0' }, () => `${NAME}@4.0.0 is no plugin of OpenClaw: it has no openclaw.plugin.json`],
    ['that the folder does not have', { version: '1.0.1', folder: 'packages', registry: undefined },
      () => `example-jira-1.0.1.tgz is missing; put there what "npm pack ${NAME}@1.0.1" makes`],
    ['where nothing listens', { registry: 'http://127.0.0.1:2' }, () => 'cannot fetch http://127.0.0.1:2/@example%2fjira: ECONNREFUSED; check that the pod reaches the registry'],
    ['that OpenClaw does not install', {}, () => `OpenClaw could not install ${NAME}@1.0.0; it said:`],
  ])('%s', async (_, { folder: of, ...wanted }: any, message) => {
    const { said } = await run({ ...wanted, ...of && { folder: path.join(folder, of) } });
    expect(said).toContain(message());
  });

  test.each([['does not answer', /jira$/], ['does not send the package', /\/-\//]])('where the registry %s, and it ends in time', async (_, silentAt) => {
    registry.silentAt = silentAt;
    const { said, seconds } = await run({}, 1).finally(() => { registry.silentAt = undefined; });
    expect(said).toMatch(/cannot fetch http:\S+: no complete answer in 1 seconds; check that the pod reaches the registry/);
    expect(seconds).toBeLessThan(15);
  });
});
