import { Gateway, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { figure } from '../support/figure';

const KEYS = { ANTHROPIC_API_KEY: 'sk-ant-needle-0123456789', OPENAI_API_KEY: 'sk-proj-needle-0123456789' };
const START_MS = 300_000;

describe('a gateway as applied', () => {
  let namespace: Namespace, mocks: Mocks, gateway: Gateway, pod: any;

  const inPod = async (...command: string[]) => namespace.exec(pod.metadata.name, 'openclaw', ...command);

  /** From the start of the gateway's container to the pod's readiness, in whole seconds as Kubernetes tells them. */
  function startMs(): number {
    const { conditions, containerStatuses } = pod.status;
    const { state } = containerStatuses.find(({ name }: any) => name === 'openclaw');
    return Date.parse(conditions.find(({ type }: any) => type === 'Ready').lastTransitionTime) - Date.parse(state.running.startedAt);
  }

  beforeAll(async () => {
    namespace = await Namespace.create('openclaw-test-start');
    mocks = await Mocks.start(namespace);
    gateway = new Gateway(namespace, { chain: modelsOf(mocked(mocks)) });
    await namespace.apply([keysSecret(namespace, KEYS)]);
    const begun = performance.now();
    await gateway.apply();
    pod = await gateway.pod();
    figure('from kubectl apply to ready, on an empty volume', performance.now() - begun, 'ms');
    figure('of it from the start of the container to ready', startMs(), 'ms');
  }, START_MS);
  afterAll(() => namespace?.delete(), START_MS);

  test('answers a turn through its Service', async () => {
    expect(await gateway.turn('hello')).toMatchObject({ status: 200, text: 'answer of claude-haiku-4-5' });
  }, START_MS);

  test('refuses a turn without its token', async () => {
    expect((await gateway.turn('hello', 'none')).status).toBe(401);
  }, START_MS);

  test('runs as uid 1000 with a read-only root and no capabilities', async () => {
    expect((await inPod('id')).stdout).toMatch(/^uid=1000\(node\) gid=1000\(node\)/);
    expect((await inPod('touch', '/x')).stderr).toContain('Read-only file system');
    const status = (await inPod('cat', '/proc/1/status')).stdout;
    expect(status).toMatch(/CapEff:\s0+\n/);
    expect(status).toMatch(/NoNewPrivs:\s1\n/);
    expect(status).toMatch(/Seccomp:\s2\n/);
  }, START_MS);

  test('has no service-account token and no variables of Services', async () => {
    expect((await inPod('ls', '/var/run/secrets')).stderr).toContain('No such file or directory');
    const variables = (await inPod('env')).stdout.split('\n').map(line => line.split('=')[0]);
    expect(variables).toContain('OPENCLAW_CONFIG_PATH');
    expect(variables.filter(name => /_SERVICE_(HOST|PORT)$/.test(name)).sort()).toEqual(['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT']);
  }, START_MS);

  test('has keys on a file of its own in memory, and nowhere else', async () => {
    expect((await inPod('stat', '--format', '%a %u', '/run/openclaw/keys.json')).stdout).toBe('600 1000\n');
    expect((await inPod('stat', '--file-system', '--format', '%T', '/run/openclaw')).stdout).toBe('tmpfs\n');
    const variables = (await inPod('env')).stdout;
    const files = (await inPod('grep', '--recursive', '--files-with-matches', 'needle-0123456789', '/home/node/.openclaw', '/tmp', '/etc/openclaw')).stdout;
    const logs = await Promise.all(['make-files', 'openclaw', 'live-sync'].map(name => namespace.logs(gateway.deployment, name)));
    expect([variables, files, ...logs].filter(text => text.includes('needle-0123456789'))).toEqual([]);
    expect(files).toBe('');
  }, START_MS);

  test('starts again on its volume, where compiled code waits for it', async () => {
    const claim = (await namespace.get('pvc')).items[0];
    const before = pod.metadata.uid;
    const compiled = (await inPod('find', '/home/node/.openclaw/.compile-cache', '-type', 'f')).stdout.split('\n').length;
    expect(compiled).toBeGreaterThan(100);
    await namespace.kubectl('rollout', 'restart', `deployment/${gateway.deployment}`);
    pod = await gateway.pod();
    figure('from the start of the container to ready, on the volume of an earlier start', startMs(), 'ms');
    expect(pod.metadata.uid).not.toBe(before);
    expect((await namespace.get('pvc')).items[0].spec.volumeName).toBe(claim.spec.volumeName);
    expect((await gateway.turn('hello again')).status).toBe(200);
  }, START_MS);
});
