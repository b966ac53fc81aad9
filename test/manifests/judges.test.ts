import { NEWEST_RELEASE } from '../../src/release/releases';
import { find, gatewayManifests } from '../support/gateway-manifests';
import { DUMMY_VALUE, readGatewayPod } from '../support/gateway-pod';
import { judgeManifests, KubernetesVersion } from '../support/kubernetes-judge';
import { judgePodSecurity } from '../support/pod-security';

const RELEASE = NEWEST_RELEASE;

type Change = (object: any) => void;

function spoilt(kind: string, name: string | undefined, change: Change): any[] {
  const manifests = gatewayManifests(RELEASE);
  change(find(manifests, kind, name));
  return manifests;
}

const NAME = 'assistant-gateway-deployment';
const podOf = (deployment: any) => deployment.spec.template.spec;
const containerOf = (deployment: any) => podOf(deployment).containers[0];

describe.each<KubernetesVersion>(['1.28', '1.34'])('the schemas of Kubernetes %s', version => {
  test('let a good gateway pass', () => {
    expect(judgeManifests(version, gatewayManifests(RELEASE))).toEqual([]);
  });

  const POD = `Deployment '${NAME}': `;
  test.each<[string, string, string | undefined, Change, string[]]>([
    ['a misspelt field', 'Deployment', undefined, deployment => { containerOf(deployment).imagePulPolicy = 'Always'; },
      [`${POD}unknown field "spec.template.spec.containers[0].imagePulPolicy"`]],
    ['a wrong type', 'Deployment', undefined, deployment => { deployment.spec.replicas = '1'; }, [`${POD}"spec.replicas" must be integer`]],
    ['a number as the value of a variable', 'Deployment', undefined, deployment => { containerOf(deployment).env[0].value = 1; },
      [`${POD}"spec.template.spec.containers[0].env[0].value" must be string`]],
    ['a missing field', 'Deployment', undefined, deployment => { delete deployment.spec.selector; }, [`${POD}required field "spec.selector" is missing`]],
    ['a quantity with a unit nobody knows', 'Deployment', undefined, deployment => { containerOf(deployment).resources.limits.memory = '2 GiB'; },
      [expect.stringContaining(`${POD}"spec.template.spec.containers[0].resources.limits.memory" must match pattern`)]],
    ['a port given twice, once by its default', 'Deployment', undefined,
      deployment => { containerOf(deployment).ports = [{ containerPort: 1 }, { containerPort: 1, protocol: 'TCP' }]; },
      [`${POD}"spec.template.spec.containers[0].ports" has two items with the same containerPort and protocol`]],
    ['data that is not base64', 'Secret', undefined, secret => { secret.data = { KEY: 'not base64!' }; },
      ['Secret \'assistant-keys\': "data.KEY" must match format "byte"']],
    ['null', 'Service', undefined, service => { service.spec.clusterIP = null; }, ['Service \'assistant-gateway-service\': "spec.clusterIP" must be string']],
    ['a peer that does not exist', 'NetworkPolicy', undefined, policy => { policy.spec.egress[0].to[0].fqdn = 'api.openai.com'; },
      ['NetworkPolicy \'assistant-gateway-networkpolicy\': unknown field "spec.egress[0].to[0].fqdn"']],
    ['a misspelt field of an ExternalSecret', 'ExternalSecret', undefined, secret => { secret.spec.refreshIntervall = '1h'; },
      ['ExternalSecret \'assistant-gateway-token-externalsecret\': unknown field "spec.refreshIntervall"']],
    ['a misspelt field of its metadata', 'ExternalSecret', undefined, secret => { secret.metadata.label = {}; },
      ['ExternalSecret \'assistant-gateway-token-externalsecret\': unknown field "metadata.label"']],
    ['a policy that the operator does not know', 'ExternalSecret', undefined, secret => { secret.spec.target.creationPolicy = 'Owned'; },
      ['ExternalSecret \'assistant-gateway-token-externalsecret\': "spec.target.creationPolicy" must be one of Owner, Orphan, Merge, None']],
    ['a Password without what it needs', 'Password', undefined, password => { delete password.spec.noUpper; },
      ['Password \'assistant-gateway-token-password\': required field "spec.noUpper" is missing']],
  ])('refuse %s', (_, kind, name, change, problems) => {
    expect(judgeManifests(version, spoilt(kind, name, change))).toEqual(problems);
  });

  test('refuse the version of ExternalSecret that is no longer served', () => {
    const [problem, ...others] = judgeManifests(version, spoilt('ExternalSecret', undefined, secret => { secret.apiVersion = 'external-secrets.io/v1beta1'; }));
    expect(problem).toContain(
      `ExternalSecret 'assistant-gateway-token-externalsecret': kubernetes ${version} with external-secrets 0.20.4 and gateway-api 1.4.0 and prometheus-operator 0.85.0 serves no external-secrets.io/v1beta1/ExternalSecret; served: `);
    expect(problem).toContain(', external-secrets.io/v1/ExternalSecret,');
    expect(others).toEqual([]);
  });
});

test.each([
  ['10.0.0.0/8', '0.0.0.0/0', true],
  ['fc00::/7', '::/0', true],
  ['::/127', '::/0', true],
  ['0.0.0.0/0', '0.0.0.0/0', false],
  ['192.168.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.0/8', '::/0', false],
  ['::ffff:0:0/96', '::/0', false],
])('except %s of %s: %s', (except, cidr, fine) => {
  const spec = { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr, except: [except] } }] }] };
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p' }, spec };
  expect(judgeManifests('1.34', [policy])).toEqual(fine ? [] : [`except ${except} must be a strict subset of cidr ${cidr}`]);
});

test('a field that came after 1.28 is refused there only', () => {
  const manifests = spoilt('Deployment', undefined, deployment => { containerOf(deployment).securityContext.appArmorProfile = { type: 'RuntimeDefault' }; });
  expect(judgeManifests('1.28', manifests)).toEqual([
    `Deployment '${NAME}': unknown field "spec.template.spec.containers[0].securityContext.appArmorProfile"`,
  ]);
  expect(judgeManifests('1.34', manifests)).toEqual([]);
});

test('a variable given twice is refused where the schema has a key for the list', () => {
  const manifests = spoilt('Deployment', undefined, deployment => { containerOf(deployment).env.push({ name: 'XDG_CACHE_HOME' }); });
  expect(judgeManifests('1.28', manifests)).toEqual([]);
  expect(judgeManifests('1.34', manifests)).toEqual([`Deployment '${NAME}': "spec.template.spec.containers[0].env" has two items with the same name`]);
});

describe('Pod Security restricted', () => {
  test('lets a good gateway pass', () => {
    expect(judgePodSecurity(gatewayManifests(RELEASE))).toEqual([]);
  });

  const CONTAINER = `Deployment '${NAME}', container 'openclaw': `;
  const POD = `Deployment '${NAME}': `;
  test.each<[string, Change, string[]]>([
    ['a root container', deployment => { containerOf(deployment).securityContext.runAsUser = 0; }, [`${CONTAINER}securityContext.runAsUser must not be 0`]],
    ['a container that may be root', deployment => {
      delete podOf(deployment).securityContext.runAsNonRoot;
      delete containerOf(deployment).securityContext.runAsNonRoot;
    }, [`${CONTAINER}securityContext.runAsNonRoot must be true`]],
    ['a root pod, and the container that inherits it', deployment => {
      podOf(deployment).securityContext.runAsUser = 0;
      delete containerOf(deployment).securityContext.runAsUser;
    }, [`${POD}securityContext.runAsUser must not be 0`, `${CONTAINER}securityContext.runAsUser must not be 0`]],
    ['no seccomp', deployment => { delete containerOf(deployment).securityContext.seccompProfile; },
      [`${CONTAINER}securityContext.seccompProfile.type must be one of RuntimeDefault, Localhost`]],
    ['a kept capability', deployment => { containerOf(deployment).securityContext.capabilities = { drop: ['NET_RAW'] }; },
      [`${CONTAINER}securityContext.capabilities.drop must include ALL`]],
    ['an added capability', deployment => { containerOf(deployment).securityContext.capabilities.add = ['SYS_ADMIN']; },
      [`${CONTAINER}securityContext.capabilities.add must hold nothing but NET_BIND_SERVICE`]],
    ['privilege escalation left to its default', deployment => { delete containerOf(deployment).securityContext.allowPrivilegeEscalation; },
      [`${CONTAINER}securityContext.allowPrivilegeEscalation must be false`]],
    ['a privileged init container', deployment => { podOf(deployment).initContainers[0].securityContext.privileged = true; },
      [`Deployment '${NAME}', container 'make-files': securityContext.privileged must not be true`]],
    ['a folder of the host', deployment => { podOf(deployment).volumes.push({ name: 'host', hostPath: { path: '/run' } }); },
      [expect.stringContaining(`${POD}volumes must be one of configMap, csi,`)]],
    ["the host's network", deployment => { podOf(deployment).hostNetwork = true; }, [`${POD}hostNetwork must not be true`]],
    ['a port of the host', deployment => { containerOf(deployment).ports[0].hostPort = 18789; }, [`${CONTAINER}ports must have no hostPort`]],
    ['a probe of another host', deployment => { containerOf(deployment).livenessProbe.httpGet.host = '169.254.169.254'; },
      [`${CONTAINER}probes must name no host`]],
  ])('refuses %s', (_, change, problems) => {
    expect(judgePodSecurity(spoilt('Deployment', undefined, change))).toEqual(problems);
  });
});

test('Pod Security restricted takes what a container inherits from its pod', () => {
  const manifests = spoilt('Deployment', undefined, deployment => {
    podOf(deployment).securityContext.seccompProfile = { type: 'RuntimeDefault' };
    for (const field of ['runAsUser', 'runAsNonRoot', 'seccompProfile']) delete containerOf(deployment).securityContext[field];
  });
  expect(judgePodSecurity(manifests)).toEqual([]);
});

describe('what the pod of a gateway finds on its volumes', () => {
  test('is read from the manifests', () => {
    const pod = readGatewayPod(gatewayManifests(RELEASE));
    expect(pod.problems).toEqual([]);
    expect(pod.env.OPENCLAW_CONFIG_PATH).toBe('/run/openclaw/openclaw.json');
    expect(pod.init).toEqual({
      name: 'make-files',
      command: ['node', '/opt/live-sync/live-sync.mjs', '--once', '--state', '/home/node/.openclaw', '--tmp', '/tmp/gateway',
        '--config', '/etc/openclaw/config', '--keys', '/etc/openclaw/keys', '--out', '/run/openclaw', '--token-key', 'OPENCLAW_GATEWAY_TOKEN'],
      env: {},
    });
    expect(Object.fromEntries([...pod.folders].map(([folder, files]) => [folder, files && Object.keys(files)]))).toEqual({
      '/etc/openclaw/config': ['agent-settings.json', 'openclaw.json'],
      '/etc/openclaw/keys/keys-0': ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY'],
      '/etc/openclaw/keys/keys-1': ['OPENCLAW_GATEWAY_TOKEN'],
      '/home/node/.openclaw': undefined,
      '/opt/live-sync': ['live-sync.mjs'],
      '/run/openclaw': undefined,
      '/tmp': undefined,
    });
    expect(pod.folders.get('/etc/openclaw/keys/keys-0')!.OPENAI_API_KEY).toBe('key-of-OPENAI_API_KEY');
    expect(pod.folders.get('/etc/openclaw/keys/keys-1')!.OPENCLAW_GATEWAY_TOKEN).toBe(DUMMY_VALUE);
    expect(Object.fromEntries(pod.keyFiles)).toEqual({
      ANTHROPIC_API_KEY: "key 'ANTHROPIC_API_KEY' of Secret 'assistant-keys'",
      OPENAI_API_KEY: "key 'OPENAI_API_KEY' of Secret 'assistant-keys'",
      OPENCLAW_GATEWAY_TOKEN: "key 'password' of Secret 'assistant-gateway-token-externalsecret'",
    });
  });

  test('holds the values that a Secret has in base64', () => {
    const manifests = spoilt('Secret', undefined, secret => {
      secret.data = { ANTHROPIC_API_KEY: 'c2stMQ==', OPENAI_API_KEY: 'c2stMg==' };
      delete secret.stringData;
    });
    expect(readGatewayPod(manifests).folders.get('/etc/openclaw/keys/keys-0')).toEqual({ ANTHROPIC_API_KEY: 'sk-1', OPENAI_API_KEY: 'sk-2' });
  });

  const volume = (deployment: any, name: string) => podOf(deployment).volumes.find((candidate: any) => candidate.name === name);
  test.each<[string, string, string | undefined, Change, string[]]>([
    ['a key that its Secret does not have', 'Secret', undefined, secret => { delete secret.stringData.OPENAI_API_KEY; },
      ["volume 'keys-0' wants key 'OPENAI_API_KEY' of Secret 'assistant-keys', which has only ANTHROPIC_API_KEY"]],
    ['a key that its ExternalSecret does not make', 'ExternalSecret', undefined,
      ({ spec }) => { spec.target.template = { data: { TOKEN: '{{ .password }}' } }; },
      ["volume 'keys-1' wants key 'password' of Secret 'assistant-gateway-token-externalsecret', which has only TOKEN"]],
    ['two volumes with the same file', 'Deployment', undefined, deployment => { volume(deployment, 'keys-1').secret.items[0].path = 'OPENAI_API_KEY'; },
      ["file 'OPENAI_API_KEY' comes from key 'OPENAI_API_KEY' of Secret 'assistant-keys' "
        + "and from key 'password' of Secret 'assistant-gateway-token-externalsecret'"]],
    ['a volume of unknown keys', 'Deployment', undefined, deployment => { volume(deployment, 'keys-1').secret = { secretName: 'elsewhere' }; },
      ["volume 'keys-1' takes every key of Secret 'elsewhere', which is not among the manifests; list its items"]],
    ['a mount of no volume', 'Deployment', undefined, deployment => { podOf(deployment).volumes = podOf(deployment).volumes.filter((v: any) => v.name !== 'tmp'); },
      ['make-files', 'openclaw'].map(container => `container '${container}' mounts volume 'tmp', which the pod does not have`)],
    ['no configuration', 'ConfigMap', 'assistant-gateway-config', configMap => { configMap.data = { 'openclaw.yaml': '' }; },
      ['no container mounts a ConfigMap with openclaw.json at /etc/openclaw/config']],
    ['a ConfigMap that nobody makes', 'Deployment', undefined, deployment => { volume(deployment, 'live-sync').configMap.name = 'elsewhere'; },
      ["volume 'live-sync' wants ConfigMap 'elsewhere', which is not among the manifests"]],
  ])('reports %s', (_, kind, name, change, problems) => {
    expect(readGatewayPod(spoilt(kind, name, change)).problems).toEqual(problems);
  });
});
