import { ApiObject, App, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GatewaySidecarOptions, ModelGuard, OpenClawDeployment, Preset } from '../../src/index';
import { messageOf, newChart, newGateway, objects } from '../support/gateway';

const IMAGE = 'registry.example.com/tools:1.4.0';
const WHERE = "OpenClawDeployment 'prod/Gateway'";
const podOf = (gateway: OpenClawDeployment): any => ApiObject.of(gateway.deployment).toJson().spec.template.spec;
const newApp = () => newChart('prod', 'gateways', new App());
const secretOf = (gateway: OpenClawDeployment, name = 'openclaw-secrets') => kplus.Secret.fromSecretName(gateway, `Of-${name}`, name);

/** What the synthesis of the app of a gateway says. */
const saidBySynth = (gateway: OpenClawDeployment) => messageOf(() => (gateway.node.root as App).synthYaml());

test('a sidecar is restricted and small, has a folder of its own for temporary files, and nothing else', () => {
  const gateway = newGateway(newChart());
  const container = gateway.addSidecar('tools', { image: IMAGE, args: ['--verbose'], ports: [{ number: 8080, name: 'tools' }], envVariables: { TZ: 'UTC' } });
  const pod = podOf(gateway);
  expect(pod.containers.map(({ name }: any) => name)).toEqual(['openclaw', 'live-sync', 'tools']);
  expect(pod.containers[2]).toEqual({
    name: 'tools',
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args: ['--verbose'],
    env: [{ name: 'TZ', value: 'UTC' }],
    ports: [{ containerPort: 8080, name: 'tools' }],
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '512Mi' } },
    securityContext: {
      runAsUser: 1000,
      runAsGroup: 1000,
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp', subPath: 'tools' }],
  });
  expect(gateway.containerPath(container)).toBe('/spec/template/spec/containers/2');
});

test('options are rendered as they are given, quantities as Kubernetes keeps them', () => {
  const chart = newChart();
  const gateway = newGateway(chart, { guard: ModelGuard.sidecar() });
  const files = kplus.Volume.fromConfigMap(chart, 'Files', kplus.ConfigMap.fromConfigMapName(chart, 'Map', 'files'));
  gateway.addSidecar('tools', {
    image: IMAGE,
    command: ['tools'],
    workingDir: '/srv',
    user: 4711,
    group: 12,
    readOnlyRootFilesystem: false,
    envFrom: [kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'Env', 'variables'))],
    volumeMounts: [{ volume: files, path: '/files', readOnly: true }, { volume: kplus.Volume.fromEmptyDir(chart, 'Own', 'own'), path: '/tmp' }],
    resources: { cpu: { request: 0.5 }, memory: { request: '1Gi', limit: '2048Mi' } },
    readiness: kplus.Probe.fromHttpGet('/health', { port: 8080 }),
    lifecycle: { preStop: kplus.Handler.fromCommand(['sync']) },
  });
  expect(podOf(gateway).containers[3]).toMatchObject({
    command: ['tools'],
    workingDir: '/srv',
    envFrom: [{ configMapRef: { name: 'variables' } }],
    securityContext: { runAsUser: 4711, runAsGroup: 12, readOnlyRootFilesystem: false },
    volumeMounts: [{ name: 'configmap-files', mountPath: '/files', readOnly: true }, { name: 'own', mountPath: '/tmp' }],
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '2Gi' } },
    readinessProbe: { httpGet: { path: '/health', port: 8080 } },
    lifecycle: { preStop: { exec: { command: ['sync'] } } },
  });
});

test('init containers run after make-files, in the order in which they are added', () => {
  const gateway = newGateway(newChart());
  const [seed] = ['seed', 'index'].map(id => gateway.addInitContainer(id, { image: IMAGE, volumeMounts: [gateway.stateMount()] }));
  expect(podOf(gateway).initContainers.map(({ name }: any) => name)).toEqual(['make-files', 'seed', 'index']);
  expect(gateway.containerPath(seed)).toBe('/spec/template/spec/initContainers/1');
});

test('the state is mounted in the folder that it has in its volume, also by containers that are added in another way', () => {
  const gateway = newGateway(newChart());
  const mounts = [gateway.stateMount(), gateway.stateMount('/notes', { folder: 'workspace/notes', readOnly: true })];
  gateway.addSidecar('tools', { image: IMAGE, volumeMounts: mounts });
  gateway.deployment.addContainer({ name: 'raw', image: IMAGE, volumeMounts: [gateway.stateMount('/raw')] });
  const [, , tools, raw] = podOf(gateway).containers;
  expect(tools.volumeMounts.slice(0, 2)).toEqual([
    { name: 'state', mountPath: '/home/node/.openclaw', subPath: 'openclaw' }, { name: 'state', mountPath: '/notes', subPath: 'openclaw/workspace/notes', readOnly: true },
  ]);
  expect(raw.volumeMounts).toEqual([{ name: 'state', mountPath: '/raw', subPath: 'openclaw' }]);
  expect(mounts[0].volume).toBe(gateway.stateVolume);
  expect(podOf(gateway).volumes.filter(({ name }: any) => name === 'state')).toHaveLength(1);
});

test('the token of the service account is mounted by the containers that ask for it', () => {
  const gateway = newGateway(newChart());
  for (const id of ['one', 'two']) gateway.addSidecar(id, { image: IMAGE, automountServiceAccountToken: true });
  gateway.addSidecar('three', { image: IMAGE });
  const { containers, initContainers, volumes, automountServiceAccountToken } = podOf(gateway);
  const holders = [...initContainers, ...containers].filter(({ volumeMounts }: any) => volumeMounts.some(({ name }: any) => name === 'service-account-token'));
  expect(holders.map(({ name }: any) => name)).toEqual(['one', 'two']);
  expect(automountServiceAccountToken).toBe(false);
  expect(volumes.find(({ name }: any) => name === 'service-account-token').projected.sources).toEqual([
    { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
  ]);
});

const REFUSED: { [title: string]: [options: any, ...problems: string[]] } = {
  'what is needed': [undefined, 'image must be the name of an image, with a tag or a digest, got undefined'],
  'wrong types': [
    { image: IMAGE, command: 'x', args: [1], workingDir: 'srv', ports: [{ number: 0 }], envFrom: ['x'], volumeMounts: [{ path: 'x' }], user: 0, group: 1.5, readOnlyRootFilesystem: 'no', readiness: {}, imag: 1 },
    "command must be an array, each element a string, got the string 'x'", 'args[0] must be a string, got 1', "workingDir must be an absolute path, got the string 'srv'",
    "ports[0] must be an object with a number from 1 to 65535, got an object; use for example { number: 8080, name: 'http' }",
    "envFrom[0] must be a kplus.EnvFrom, got the string 'x'; use for example kplus.Env.fromConfigMap(…)",
    "volumeMounts[0] must be an object with a kplus.Volume and an absolute path without ':', got an object; use for example gateway.stateMount('/state')",
    "readOnlyRootFilesystem must be a boolean, got the string 'no'", 'user must be a whole number from 1 to 2147483647, got 0',
    'group must be a whole number from 1 to 2147483647, got 1.5', "readiness must be a kplus.Probe, got an object; use for example kplus.Probe.fromHttpGet('/health', { port: 8080 })",
    "unknown option 'imag'; did you mean 'image'?",
  ],
  "a port that is the gateway's": [
    { image: IMAGE, ports: [{ number: 18789 }] }, "port 18789 is that of container 'openclaw', and the containers of a pod share their ports; choose another port",
  ],
};

test.each(Object.entries(REFUSED))('refuses %s', (_, [options, ...problems]) => {
  const message = messageOf(() => newGateway(newChart()).addSidecar('tools', options));
  expect(message).toBe(problems.length === 1
    ? `addSidecar() of ${WHERE}: ${problems[0]}` : [`addSidecar() of ${WHERE} has ${problems.length} problems:`, ...problems.map(problem => `  ${problem}`)].join('\n'));
});

test('refuses names that there are already', () => {
  const gateway = newGateway(newChart());
  gateway.addSidecar('tools', { image: IMAGE });
  for (const id of ['tools', 'openclaw', 'make-files']) {
    expect(messageOf(() => gateway.addInitContainer(id, { image: IMAGE }))).toBe(`addInitContainer() of ${WHERE}: the pod has a container '${id}' already; choose another id`);
  }
  expect(messageOf(() => gateway.addSidecar('My tools', { image: IMAGE }))).toContain('id must be at most 63 lower-case letters');
});

test('an init container has no probes', () => {
  expect(messageOf(() => newGateway(newChart()).addInitContainer('seed', { image: IMAGE, readiness: kplus.Probe.fromCommand(['x']) } as GatewaySidecarOptions)))
    .toContain("unknown option 'readiness'");
});

test('refuses another volume with the name of one of the pod', () => {
  const gateway = newGateway(newChart());
  const state = kplus.Volume.fromPersistentVolumeClaim(gateway, 'Mine', gateway.stateClaim, { name: 'state' });
  expect(messageOf(() => gateway.addSidecar('tools', { image: IMAGE, volumeMounts: [{ volume: state, path: '/state' }] }))).toBe(
    `addSidecar() of ${WHERE}: the pod has another volume called 'state'; mount that one (the gateway's state is gateway.stateMount()), or give the new one another name`);
});

describe('rules', () => {
  const moving = { image: 'registry.example.com/tools:latest', envVariables: { API_TOKEN: 'abcdef' } };
  const messages = [
    "envVariables['API_TOKEN'] of container 'tools' is plain text in the manifests; use kplus.EnvValue.fromSecretValue()",
    "image of container 'tools' 'registry.example.com/tools:latest' has the tag 'latest', which may move; name a version or a digest, or accept it: acknowledge: { 'image-not-pinned': '<reason>' }",
  ];

  test('a moving image and a secret in plain text are errors in production', () => {
    expect(messageOf(() => newGateway(newChart()).addSidecar('tools', moving))).toBe(
      `${WHERE} has 2 problems:\n  [secret-plain-text] ${messages[0]}\n  [image-not-pinned] ${messages[1]}`);
  });

  test('they are notices in development', () => {
    const gateway = newGateway(newChart(), { preset: Preset.DEV });
    gateway.addSidecar('tools', moving);
    expect(gateway.findings.map(({ rule, severity, message }) => [rule, severity, message]).slice(-2)).toEqual([
      ['secret-plain-text', 'notice', messages[0]], ['image-not-pinned', 'notice', messages[1]],
    ]);
    expect(gateway.summary).toContain(messages[1]);
  });

  test('a moving image can be acknowledged', () => {
    const gateway = newGateway(newChart(), { acknowledge: { 'image-not-pinned': 'our registry has no versions' } });
    gateway.addSidecar('tools', { image: 'tools:latest' });
    expect(gateway.findings.pop()).toMatchObject({ rule: 'image-not-pinned', acknowledged: 'our registry has no versions' });
  });
});

describe("a guard's keys, user and processes", () => {
  const KEY = "reads the key of provider 'anthropic' (Secret openclaw-secrets), which the guard keeps from the gateway's pod; list the keys that it needs, without this one";
  const WAYS: { [title: string]: (gateway: OpenClawDeployment) => Partial<GatewaySidecarOptions> } = {
    'a variable': gateway => ({ envVariables: { KEY: kplus.EnvValue.fromSecretValue({ secret: secretOf(gateway), key: 'ANTHROPIC_API_KEY' }) } }),
    'all variables': gateway => ({ envFrom: [kplus.Env.fromSecret(secretOf(gateway))] }),
    'all files of its Secret': gateway => ({ volumeMounts: [{ volume: kplus.Volume.fromSecret(gateway, 'V', secretOf(gateway)), path: '/keys' }] }),
    'its file': gateway => ({ volumeMounts: [{ volume: kplus.Volume.fromSecret(gateway, 'V', secretOf(gateway), { items: { ANTHROPIC_API_KEY: { path: 'x' } } }), path: '/keys' }] }),
  };

  test.each(Object.entries(WAYS).flatMap(([title, way]): [string, string, ModelGuard, typeof way][] =>
    [['beside the gateway', ModelGuard.sidecar()], ['in pods of its own', ModelGuard.pod()]].map(([place, guard]) => [title, place as string, guard as ModelGuard, way])))(
    'no container gets a key by %s, with a guard %s', (_, __, guard, way) => {
      const gateway = newGateway(newApp(), { guard });
      expect(messageOf(() => gateway.addSidecar('tools', { image: IMAGE, ...way(gateway) }))).toContain(`container 'tools' ${KEY}`);
      const raw = newGateway(newApp(), { guard });
      raw.deployment.addContainer({ name: 'raw', image: IMAGE, ...way(raw) });
      expect(saidBySynth(raw)).toContain(`container 'raw' ${KEY}`);
    });

  test('other keys of the same Secret pass, and without a guard all do', () => {
    const gateway = newGateway(newApp(), { guard: ModelGuard.sidecar() });
    gateway.addSidecar('tools', { image: IMAGE, volumeMounts: [{ volume: kplus.Volume.fromSecret(gateway, 'V', secretOf(gateway), { items: { GITHUB: { path: 'x' } } }), path: '/keys' }] });
    expect((gateway.node.root as App).synthYaml()).toContain('name: tools');
    const open = newGateway(newApp());
    open.addSidecar('tools', { image: IMAGE, ...WAYS['all variables'](open) });
    expect((open.node.root as App).synthYaml()).toContain('name: tools');
  });

  test("the guard's own volumes are refused too", () => {
    const gateway = newGateway(newChart(), { guard: ModelGuard.sidecar() });
    expect(messageOf(() => gateway.addSidecar('tools', { image: IMAGE, volumeMounts: gateway.guard!.container.mounts }))).toContain(`container 'tools' ${KEY}`);
  });

  test("the guard's user is its own", () => {
    const gateway = newGateway(newApp(), { guard: ModelGuard.sidecar() });
    expect(messageOf(() => gateway.addInitContainer('tools', { image: IMAGE, user: 65532 }))).toBe(
      `${WHERE} has 1 problem:\n  container 'tools' runs as user 65532, which is the guard's; give it another user`);
    newGateway(newChart(), { guard: ModelGuard.pod() }).addSidecar('tools', { image: IMAGE, user: 65532 });
  });

  test.each([['shareProcessNamespace', 'shareProcessNamespace'], ['hostPID', 'hostPid']])('%s is refused beside a guard', (switched, named) => {
    const patched = (guard: ModelGuard) => {
      const gateway = newGateway(newApp(), { guard });
      ApiObject.of(gateway.deployment).addJsonPatch(JsonPatch.add(`/spec/template/spec/${named}`, true));
      return gateway;
    };
    expect(saidBySynth(patched(ModelGuard.sidecar()))).toContain(
      `${switched} would show the processes of the guard to the other containers of the pod; remove it, or use ModelGuard.pod()`);
    for (const guard of [ModelGuard.pod(), ModelGuard.none()]) expect((patched(guard).node.root as App).synthYaml()).toContain(`${switched}: true`);
  });

  test('a privileged container is refused', () => {
    const gateway = newGateway(newApp(), { guard: ModelGuard.sidecar() });
    gateway.deployment.addContainer({ name: 'raw', image: IMAGE, securityContext: { privileged: true, allowPrivilegeEscalation: true } });
    expect(saidBySynth(gateway)).toContain("container 'raw' is privileged, so it could read the keys that the guard keeps; remove it");
  });
});

describe('where the cluster assigns the user', () => {
  const preset = Preset.PROD.customize({ clusterAssignsUser: true });

  test('no user and no group is rendered, in any pod', () => {
    const chart = newChart();
    const gateway = newGateway(chart, { preset, guard: ModelGuard.pod() });
    gateway.addSidecar('tools', { image: IMAGE });
    for (const deployment of objects(chart, 'Deployment')) {
      const { securityContext, initContainers = [], containers } = deployment.spec.template.spec;
      expect(securityContext).toEqual({ fsGroupChangePolicy: 'OnRootMismatch', runAsNonRoot: true });
      for (const container of [...initContainers, ...containers]) {
        expect(container.securityContext).toEqual({
          runAsNonRoot: true,
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          privileged: false,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        });
      }
    }
    expect(gateway.container.env.variables.HOME?.value).toBe('/home/node');
  });

  test('a container cannot choose one', () => {
    expect(messageOf(() => newGateway(newChart(), { preset }).addSidecar('tools', { image: IMAGE, user: 4711 }))).toBe(
      `addSidecar() of ${WHERE}: user is assigned by the cluster, as the preset says (clusterAssignsUser); remove it`);
  });
});
