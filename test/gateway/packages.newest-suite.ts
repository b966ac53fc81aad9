import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Yaml } from 'cdk8s';
import { connect, GatewayProps, manifestsOf, MODELS } from './gateways';
import { RunningPod } from './pod/running-pod';
import { filesBelow } from './pod/texts';
import { DISCORD } from './releases';
import { scenario } from './scenario';
import { World } from './world';
import { packedPackage } from '../../scripts/openclaw';
import { Backup, PluginPackage, PluginSource, SecretSource } from '../../src/index';
import { NpmRegistry } from '../support/npm-registry';

const TOKEN = 'discord-needle-0123456789';
const OLD_ARCHIVES = ['2020-01-01T00-00-00.000+00-00-openclaw-backup.tar.gz', '2021-01-01T00-00-00.000+00-00-openclaw-backup.tar.gz'];
const RESTORED = 'restored';
const timeoutMs = 400_000;

/** The spec of the pod of the Job with which docs/operations.md restores an archive. */
function restoreJob(values: { readonly [variable: string]: string }): any {
  const page = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'operations.md'), 'utf8');
  const [, text] = /<!-- restore: begin -->[\s\S]*?<<EOF\n([\s\S]*?)^EOF$/m.exec(page)!;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restore-'));
  const file = path.join(folder, 'job.yaml');
  fs.writeFileSync(file, text.replace(/\$([A-Z]+)/g, (_, variable) => values[variable]));
  const [job] = Yaml.load(file);
  fs.rmSync(folder, { recursive: true });
  return job.spec.template.spec;
}

describe('plugins of packages, and backups', () => {
  let world: World, registry: NpmRegistry, claims: string, pod: RunningPod, manifests: any[];

  const cronJob = () => manifests.find(({ kind }) => kind === 'CronJob');
  const install = () => {
    const { spec } = manifests.find(({ kind, spec: { template } = {} as any }) => kind === 'Deployment' && template.spec.initContainers).spec.template;
    return { ...spec, initContainers: [], containers: spec.initContainers.filter(({ name }: any) => name === 'install-plugins') };
  };
  const archives = () => {
    const { volumes } = cronJob().spec.jobTemplate.spec.template.spec;
    return path.join(claims, volumes.find(({ name }: any) => name === 'archives').persistentVolumeClaim.claimName, cronJob().metadata.name);
  };
  const gatewayOf = (props: GatewayProps = {}) => manifestsOf([MODELS.anthropic], {
    keys: { DISCORD: TOKEN },
    pluginPackages: [PluginPackage.official('discord', { source: PluginSource.registry(registry.url) })],
    secrets: { DISCORD: SecretSource.fromSecretName('openclaw-secrets', 'DISCORD') },
    extraConfig: { channels: { discord: { enabled: true, token: { source: 'file', provider: 'keys', id: '/DISCORD' } } } },
    backup: Backup.schedule({ schedule: '@daily', keep: 2 }),
    ...props,
  });

  beforeAll(async () => {
    world = await World.open();
    claims = fs.mkdtempSync(path.join(os.tmpdir(), 'claims-'));
    const [name, version] = DISCORD;
    registry = await NpmRegistry.start({ [name]: { [version]: fs.readFileSync(packedPackage(name, version)) } });
    manifests = gatewayOf();
    pod = await world.start(manifests, { claims });
  }, timeoutMs);

  afterAll(async () => {
    await registry?.close();
    await world?.close();
    fs.rmSync(claims, { recursive: true, force: true });
  });

  scenario('pluginPackages: Discord is installed from a registry, is trusted, and starts where its servers cannot be reached', async () => {
    await pod.gateway.waitForLog(/\[discord\].*starting provider/, { timeoutMs: 60_000 });
    expect(pod.gateway.log).toMatch(/http server listening \(\d+ plugins?: [^;)]*discord/);
    expect(pod.gateway.log).not.toContain('PluginTrustRefusalError');
    expect(registry.asked.slice(0, 2)).toEqual(['/@openclaw%2fdiscord', expect.stringMatching(/discord\/-\//)]);
  }, { timeoutMs });

  scenario('pluginPackages: a second start finds them, and needs no registry', async () => {
    registry.asked.length = 0;
    const { code, log } = await pod.runJob(install(), manifests);
    expect({ code, log, asked: registry.asked }).toEqual({ code: 0, log: `plugins: ${DISCORD.join('@')} is installed\n`, asked: [] });
  }, { timeoutMs });

  scenario("pluginPackages: the channel's token is in no file of the state and in no log", async () => {
    const found = [...filesBelow(pod.claimed()), ['log', Buffer.from(pod.gateway.log)] as const].filter(([, text]) => text.includes(TOKEN));
    expect(found.map(([file]) => file)).toEqual([]);
  }, { timeoutMs });

  scenario('backup: an archive is made while turns run, none fails, and the oldest one goes', async () => {
    const client = await connect();
    fs.mkdirSync(archives(), { recursive: true });
    fs.chmodSync(archives(), 0o777);
    for (const each of OLD_ARCHIVES) fs.writeFileSync(path.join(archives(), each), 'x');
    expect((await client.turn('remember the word heliotrope')).error).toBeUndefined();
    const job = pod.runJob(cronJob().spec.jobTemplate.spec.template.spec, manifests);
    let ended = false;
    void job.finally(() => { ended = true; });
    for (let i = 0; i === 0 || !ended; i++) expect((await client.turn(`turn ${i}`, { session: 'agent:main:busy' })).error).toBeUndefined();
    expect(await job).toMatchObject({ code: 0, log: expect.stringContaining('Archive verification: passed') });
    const kept = fs.readdirSync(archives()).sort();
    expect(kept).toHaveLength(2);
    expect(kept[0]).toBe(OLD_ARCHIVES[1]);
    await client.close();
  }, { timeoutMs });

  scenario('backup: the documented Job refuses a broken archive, restores a good one, and overwrites no state', async () => {
    const [broken, archive] = fs.readdirSync(archives()).sort();
    const [{ image }] = install().containers;
    const restore = (ARCHIVE: string) => pod.runJob(restoreJob({
      CLAIM: RESTORED, BACKUPS: path.basename(path.dirname(archives())), FOLDER: path.basename(archives()), ARCHIVE, IMAGE: image, NAMESPACE: 'gateways',
    }), manifests);
    expect(await restore(broken)).toMatchObject({ code: 1, log: expect.stringContaining('verification failed') });
    expect(fs.readdirSync(path.join(claims, RESTORED))).toEqual([]);
    expect(await restore(archive)).toMatchObject({ code: 0 });
    expect((await restore(archive)).code).toBe(1); // there is a state now
  }, { timeoutMs });
});
