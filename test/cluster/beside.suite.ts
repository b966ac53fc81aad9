import { createHmac, randomUUID } from 'crypto';
import { keysIn, officialMocks, tokenOf, vaultOf } from './applied-example';
import { Gateway, GATEWAY_PORT, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { onOwnCluster } from './own-cluster';
import { scenario } from './scenario';
import { DaemonFolder } from './up/daemon';
import { ModelGuard, OpenClawDeployment, OpenClawVersion, Preset, Workspace } from '../../src/index';
import { eventually } from '../support/eventually';
import { OpenClawClient } from '../support/openclaw-client';
import { synthExample } from '../support/synth';

const TIMEOUT_MS = 600_000;
const WORKSPACE = '/home/node/.openclaw/workspace';

describe('containers of one\'s own', () => {
  afterEach(Namespace.deleteAll, TIMEOUT_MS);

  onOwnCluster('examples/beside: a turn calls the MCP server, which alone has a token of Kubernetes, and opens a page in the browser beside the gateway', async (cluster: DaemonFolder) => {
    const [objects] = Object.values(synthExample('beside').objects);
    const [{ metadata: { namespace: name } }] = objects;
    const namespace = await Namespace.create(name);
    const mocks = await officialMocks(namespace, cluster);
    await namespace.apply([keysSecret(namespace, keysIn(objects)), vaultOf(objects)]);
    await namespace.apply(objects);
    await namespace.kubectl('wait', 'deployments', '--all', '--for=condition=Available', `--timeout=${TIMEOUT_MS / 2000}s`);
    expect(await namespace.diff(objects)).toBe('');

    const service = objects.find(({ kind, spec }) => kind === 'Service' && spec.ports[0].port === GATEWAY_PORT).metadata.name;
    const { address } = await namespace.forward(`service/${service}`, GATEWAY_PORT);
    const client = await OpenClawClient.connect(`ws://${address}`, { token: await tokenOf(namespace, objects) });
    const told = (code: string) => toldBy(client, mocks, code);
    const deployment = objects.find(({ kind, spec }) => kind === 'Deployment' && spec.template.spec.containers.some((each: any) => each.name === 'browser')).metadata.name;
    const { metadata: { name: pod }, spec } = await namespace.readyPod(deployment);

    expect(await told('return await MCP.cluster.listPods({})')).toContain(`${pod}: Running`);
    // browsers call the hosts of some providers by https only, and trust no certificate of the suite
    const page = 'http://api.deepseek.com:8000/a-page';
    expect(await told(`return await browser({ action: 'open', url: '${page}' })`)).toContain('targetId');
    const tabs = await told("return await browser({ action: 'tabs' })");
    await mocks.waitForCall(`the page is loaded: ${tabs}`, call => call.path === '/a-page', 20_000);

    const prompt = JSON.stringify((await mocks.calls()).filter(({ text, tools }) => text.includes('use a tool') && tools.length > 0).pop()!.body);
    expect(prompt).toContain('Answer in one paragraph.');
    expect(prompt).toContain('Say which pods of the namespace do not run');
    await client.close();

    const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
    const holders = await Promise.all(spec.containers.map(async (container: any) =>
      (await namespace.exec(pod, container.name, 'test', '-e', TOKEN)).code === 0 ? [container.name] : []));
    expect(holders.flat()).toEqual(['cluster-tools']);
    const secrets = await namespace.exec(pod, 'cluster-tools', 'node', '-e', `
      const { readFileSync: read } = require('fs'); const dir = '${TOKEN.replace(/token$/, '')}';
      require('https').get({ host: process.env.KUBERNETES_SERVICE_HOST, port: process.env.KUBERNETES_SERVICE_PORT, path: '/api/v1/namespaces/${name}/secrets',
        ca: read(dir + 'ca.crt'), headers: { authorization: 'Bearer ' + read(dir + 'token') } }, answer => console.log(answer.statusCode))`);
    expect(secrets.stdout).toBe('403\n');
  }, TIMEOUT_MS);

  onOwnCluster('examples/whole: the pod is ready behind its route, and an agent has a link signed by the MCP server beside it', async (cluster: DaemonFolder) => {
    const [objects] = Object.values(synthExample('whole').objects);
    const namespace = await Namespace.create(objects[0].metadata.namespace);
    const mocks = await officialMocks(namespace, cluster);
    const key = 'key-of-links';
    const others = Object.entries({ 'telegram': { main: '10:abc', coder: '20:abc' }, 'hooks': { token: 'token-of-hooks' }, 'link-key': { key } });
    await namespace.apply([
      keysSecret(namespace, keysIn(objects)),
      ...others.map(([name, stringData]) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: namespace.name }, stringData })),
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'openclaw-home', namespace: namespace.name },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ]);
    await namespace.apply(objects);
    await namespace.kubectl('wait', 'deployments', '--all', '--for=condition=Available', `--timeout=${TIMEOUT_MS / 2000}s`);
    expect(await namespace.diff(objects)).toBe('');

    const [{ name: service, port }] = (await namespace.get('httproutes')).items[0].spec.rules[0].backendRefs;
    const { address } = await namespace.forward(`service/${service}`, port);
    const client = await OpenClawClient.connect(`ws://${address}`, { token: await tokenOf(namespace, objects) });
    const share = "return await MCP.links.shareFile({ file: 'reports/march.pdf' })";
    const link = /(\/reports\/march\.pdf\?until=\d+)&mac=([0-9a-f]{64})/;
    // OpenClaw gives an MCP server 1.5 seconds for its list of tools, which a busy machine may not have
    const [, signed, mac] = await eventually('there is a link', async () => link.exec(await toldBy(client, mocks, share, 'coder')) ?? undefined, 120_000);
    await client.close();
    expect(mac).toBe(createHmac('sha256', key).update(signed).digest('hex'));
  }, TIMEOUT_MS);

  scenario('a gateway and its guard run with the user that the cluster assigns, as OpenShift does; a second start keeps what agents made of their files', async () => {
    const USER = 1000680000;
    const namespace = await Namespace.create('openclaw-test-assigned');
    const mocks = await Mocks.start(namespace);
    const { image } = OpenClawVersion.V2026_9_6;
    const make = (text: string) => new Gateway(namespace, {
      chain: modelsOf(mocked(mocks)),
      props: {
        preset: Preset.PROD.customize({ clusterAssignsUser: true, guard: ModelGuard.pod() }),
        guard: undefined,
        workspace: Workspace.combine(
          Workspace.fromFiles({ 'AGENTS.md': text }), Workspace.fromFiles({ 'skills/greet/SKILL.md': `---\nname: greet\ndescription: ${text}\n---\n` }, { overwrite: true }),
        ),
      },
      then: (gateway: OpenClawDeployment) => {
        const print = `cat ${WORKSPACE}/AGENTS.md && id -u && touch /tmp/x`;
        gateway.addInitContainer('look', { image, command: ['sh', '-c', print], volumeMounts: [gateway.stateMount()] });
        const wait = ['node', '-e', "process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1e9)"];
        gateway.addSidecar('notes', { image, command: wait, volumeMounts: [gateway.stateMount('/notes', { folder: 'workspace' })] });
      },
    });
    await namespace.apply([keysSecret(namespace)]);
    const apply = async (text: string) => {
      const gateway = make(text);
      await namespace.apply(gateway.objects.map(object => object.kind === 'Deployment' ? assigned(object, USER) : object));
      await namespace.readyPods(gateway.guardDeployment);
      return { gateway, pod: await gateway.pod() };
    };

    const first = await apply('first rules');
    expect(await namespace.logs(first.gateway.deployment, 'look')).toBe(`first rules${USER}\n`);
    expect(await first.gateway.turn('hello')).toMatchObject({ status: 200, text: 'answer of claude-haiku-4-5' });
    expect((await namespace.exec(first.pod.metadata.name, 'notes', 'sh', '-c', 'echo mine > /notes/AGENTS.md; echo spoilt > /notes/skills/greet/SKILL.md')).stderr).toBe('');
    expect((await namespace.exec(first.pod.metadata.name, 'openclaw', 'stat', '--format', '%u', '/run/openclaw/keys.json', `${WORKSPACE}/AGENTS.md`)).stdout).toBe(`${USER}\n${USER}\n`);

    const second = await apply('second rules');
    expect(second.pod.metadata.uid).not.toBe(first.pod.metadata.uid);
    const files = await namespace.exec(second.pod.metadata.name, 'openclaw', 'cat', `${WORKSPACE}/AGENTS.md`, `${WORKSPACE}/skills/greet/SKILL.md`);
    expect(files.stdout).toBe('mine\n---\nname: greet\ndescription: second rules\n---\n');
    expect(await second.gateway.turn('hello')).toMatchObject({ status: 200, text: 'answer of claude-haiku-4-5' });
  }, TIMEOUT_MS);
});

/** What the admission of OpenShift's `restricted-v2` writes into a pod: one user for all containers, and a group for the volumes. */
function assigned(deployment: any, user: number): any {
  const { spec } = deployment.spec.template;
  for (const { securityContext } of [...spec.initContainers ?? [], ...spec.containers]) securityContext.runAsUser = user;
  spec.securityContext.fsGroup = user;
  return deployment;
}

/** What the model is told when it runs a program that uses tools; this version offers that in place of the tools themselves. */
async function toldBy(client: OpenClawClient, mocks: Mocks, code: string, agent = 'main'): Promise<string> {
  const text = `use a tool ${randomUUID()}`;
  await mocks.when({ text }, { tool: { name: 'exec', input: { code } } });
  const { error } = await client.turn(text, { session: `agent:${agent}:${randomUUID()}` });
  expect(error).toBeUndefined();
  const { messages } = (await mocks.calls()).filter(call => call.text.includes(text) && call.tools.length > 0).pop()!.body as any;
  return messages.map((message: unknown) => JSON.stringify(message)).filter((message: string) => message.includes('tool_result')).pop();
}
