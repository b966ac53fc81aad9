import { Gateway, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { scenario } from './scenario';
import { ModelGuard } from '../../src/index';
import { figure } from '../support/figure';

const KEYS = { ANTHROPIC_API_KEY: 'sk-ant-needle-0123456789', OPENAI_API_KEY: 'sk-proj-needle-0123456789' };
const START_MS = 300_000;
const STATE = '/home/node/.openclaw';
const GATEWAY_IDS = 'uid=1000(node) gid=1000(node) groups=1000(node)\n';
/** The second group owns the volumes of the pod. */
const GUARD_IDS = 'uid=65532 gid=65532 groups=65532,1000(node)\n';
/** What only the kernel knows of a process: capabilities, privileges, system calls. */
const CONFINED = [/CapEff:\s0+\n/, /NoNewPrivs:\s1\n/, /Seccomp:\s2\n/];

describe('a gateway as applied, behind a guard', () => {
  let namespace: Namespace, mocks: Mocks, gateway: Gateway, pod: any;

  const inContainer = async (container: string, ...command: string[]) => namespace.exec(pod.metadata.name, container, ...command);
  const inGateway = async (...command: string[]) => inContainer('openclaw', ...command);
  const containers = (): any[] => pod.spec.containers;
  const measured = (what: string, value: number, unit: 'ms' | 'MiB') => figure(`${what}, behind a guard`, value, unit);

  /** From the start of the gateway's container to the pod's readiness, in whole seconds as Kubernetes tells them. */
  function startMs(): number {
    const { conditions, containerStatuses } = pod.status;
    const { state } = containerStatuses.find(({ name }: any) => name === 'openclaw');
    return Date.parse(conditions.find(({ type }: any) => type === 'Ready').lastTransitionTime) - Date.parse(state.running.startedAt);
  }

  beforeAll(async () => {
    namespace = await Namespace.create('openclaw-test-start');
    mocks = await Mocks.start(namespace);
    gateway = new Gateway(namespace, { chain: modelsOf(mocked(mocks)), props: { guard: ModelGuard.sidecar() } });
    await namespace.apply([keysSecret(namespace, KEYS)]);
    const begun = performance.now();
    await gateway.apply();
    pod = await gateway.pod();
    measured('from kubectl apply to ready, on an empty volume', performance.now() - begun, 'ms');
    measured('of it from the start of the container to ready', startMs(), 'ms');
  }, START_MS);
  afterAll(Namespace.deleteAll, START_MS);

  scenario('each container starts after the one before it, so none before its guard', async () => {
    const stats = await Promise.all(containers().map(async ({ name }) => (await inContainer(name, 'cat', '/proc/1/stat')).stdout));
    const startTimes = stats.map(stat => Number(stat.split(') ')[1].split(' ')[19])); // proc(5): field 22, in hundredths of a second
    expect(startTimes).toEqual([...startTimes].sort((a, b) => a - b));
    expect(new Set(startTimes).size).toBe(containers().length);
  }, START_MS);

  scenario('answers a turn through its Service', async () => {
    expect(await gateway.turn('hello')).toMatchObject({ status: 200, text: 'answer of claude-haiku-4-5' });
  }, START_MS);

  scenario('refuses a turn with another token', async () => {
    expect((await gateway.turn('hello', 'none')).status).toBe(401);
  }, START_MS);

  scenario('every container runs as uid 1000, the guard as 65532, with a read-only root, without capabilities', async () => {
    for (const { name } of containers()) {
      expect((await inContainer(name, 'id')).stdout).toBe(name === 'model-guard' ? GUARD_IDS : GATEWAY_IDS);
      expect((await inContainer(name, 'touch', '/x')).stderr).toContain('Read-only file system');
      const status = (await inContainer(name, 'cat', '/proc/1/status')).stdout;
      for (const pattern of CONFINED) expect(status).toMatch(pattern);
    }
  }, START_MS);

  scenario("the volume, which is root's, belongs to the gateway's group; what is configured cannot be written", async () => {
    expect((await inGateway('stat', '--format', '%g %A', STATE)).stdout).toMatch(/^1000 drwxrws/);
    expect((await inGateway('stat', '--format', '%u %a', '/tmp')).stdout).toMatch(/^1000 [0-7]?1777\n$/);
    const isConfigured = (target: string) => /^\/etc\/(openclaw|guard)\//.test(target);
    const seen: string[] = [];
    for (const { name, volumeMounts } of containers()) {
      const mounts = (await inContainer(name, 'cat', '/proc/mounts')).stdout.split('\n').map(line => line.split(' ')).filter(([, target]) => isConfigured(target));
      expect(mounts.map(([, target]) => target).sort()).toEqual(volumeMounts.map(({ mountPath }: any) => mountPath).filter(isConfigured).sort());
      seen.push(...mounts.map(([, , , options]) => options.split(',')[0]));
    }
    expect(new Set(seen)).toEqual(new Set(['ro']));
  }, START_MS);

  scenario('no container has a service-account token or variables of Services', async () => {
    for (const { name } of containers()) {
      expect((await inContainer(name, 'ls', '/var/run/secrets')).stderr).toContain('No such file or directory');
      const variables = (await inContainer(name, 'env')).stdout.split('\n').map(line => line.split('=')[0]);
      expect(variables).toContain('PATH');
      expect(variables.filter(variable => /_SERVICE_(HOST|PORT)$/.test(variable)).sort()).toEqual(['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT']);
    }
  }, START_MS);

  scenario('the gateway has its keys on a file of its own in memory, and nowhere else', async () => {
    expect((await inGateway('stat', '--format', '%a %u', '/run/openclaw/keys.json')).stdout).toBe('600 1000\n');
    expect((await inGateway('stat', '--file-system', '--format', '%T', '/run/openclaw')).stdout).toBe('tmpfs\n');
    const variables = (await inGateway('env')).stdout;
    const files = (await inGateway('grep', '--recursive', '--files-with-matches', 'needle-0123456789', STATE, '/tmp', '/etc/openclaw')).stdout;
    const logs = await Promise.all(['make-files', ...containers().map(({ name }) => name)].map(async name => namespace.logs(gateway.deployment, name)));
    expect([variables, files, ...logs].filter(text => text.includes('needle-0123456789'))).toEqual([]);
    expect(files).toBe('');
  }, START_MS);

  scenario('what each container needs is below its limit, and the state far below the size of the volume', async () => {
    for (const { name, resources } of containers()) {
      const memory = await memoryOf(name);
      measured(`memory of ${name} after a turn`, memory / 2 ** 20, 'MiB');
      expect(memory).toBeLessThan(0.8 * bytesOf(resources.limits.memory));
    }
    const state = Number((await inGateway('du', '--summarize', '--block-size=1M', STATE)).stdout.split('\t')[0]);
    measured('state after a turn, of it most compiled code', state, 'MiB');
    const { resources } = gateway.objects.find(({ kind }) => kind === 'PersistentVolumeClaim').spec;
    expect(state * 2 ** 20).toBeLessThan(0.2 * bytesOf(resources.requests.storage));
  }, START_MS);

  /** Of all processes of a container, without files that the kernel may drop. */
  async function memoryOf(container: string): Promise<number> {
    const [version1, version2] = ['/sys/fs/cgroup/memory/memory.stat', '/sys/fs/cgroup/memory.stat'];
    const { stdout } = await inContainer(container, 'sh', '-c', `cat ${version1} 2>/dev/null || cat ${version2}`);
    return Number(/^(?:total_rss|anon) (\d+)$/m.exec(stdout)![1]);
  }

  scenario('starts again on its volume, where compiled code waits for it', async () => {
    const claim = (await namespace.get('pvc')).items[0];
    const before = pod.metadata.uid;
    const compiled = async () => (await inGateway('find', `${STATE}/.compile-cache`, '-type', 'f')).stdout.split('\n').filter(Boolean);
    const again = async () => {
      await namespace.kubectl('rollout', 'restart', `deployment/${gateway.deployment}`);
      pod = await gateway.pod();
      return compiled();
    };
    const kept = await again(); // a gateway writes most of it when it ends
    measured('from the start of the container to ready, on the volume of an earlier start', startMs(), 'ms');
    expect(kept.length).toBeGreaterThan(1000);
    expect((await again()).filter(file => !kept.includes(file)).length).toBeLessThan(kept.length / 20);
    expect(pod.metadata.uid).not.toBe(before);
    expect((await namespace.get('pvc')).items[0].spec.volumeName).toBe(claim.spec.volumeName);
    expect((await gateway.turn('hello again')).status).toBe(200);
  }, START_MS);
});

/** Of a quantity of Kubernetes. */
function bytesOf(quantity: string): number {
  const [, value, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity)!;
  return Number(value) * 2 ** (unit === 'Gi' ? 30 : 20);
}
