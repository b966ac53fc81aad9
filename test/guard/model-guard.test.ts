import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ModelGuard, SecretSource } from '../../src/index';
import { AUTHORITY } from '../support/authority';
import { messageOf, newChart, newGateway, objects } from '../support/gateway';

test('options of the wrong type are all reported at once', () => {
  const wrong = {
    image: 'no image',
    connectTimeout: 2,
    firstByteTimeout: Duration.millis(5),
    idleTimeout: null,
    bodyLimit: Size.gibibytes(1),
    resources: 'much',
    requestsPerMinute: { openai: 0 },
    certificateAuthorities: {
      vllm: 'no PEM',
      broken: `${AUTHORITY}# and another\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      combined: `-----BEGIN PRIVATE KEY-----\nneedle\n-----END PRIVATE KEY-----\n${AUTHORITY}`,
      none: 1,
    },
    caller: 'key',
    requestPerMinute: { openai: 60 },
  } as any;
  expect(messageOf(() => ModelGuard.pod(wrong)).split('\n')).toEqual([
    'ModelGuard.pod() has 13 problems:',
    "  image must be the name of an image, with a tag or a digest, got the string 'no image'",
    '  connectTimeout must be a Duration from 100 milliseconds to 1800 seconds, got 2; use Duration.seconds(2)',
    '  firstByteTimeout must be a Duration of whole seconds, from 1 to 1800, got a Duration of 5 millis; use Duration.seconds(120)',
    '  idleTimeout must be a Duration of whole seconds, from 1 to 1800, got null; use Duration.seconds(120)',
    '  bodyLimit must be a Size from 1 MiB to 64 MiB, got a Size of 1024 MiB; use Size.mebibytes(16)',
    "  resources must be an object with cpu and memory, got the string 'much'; use for example { cpu: { request: '500m' }, memory: { request: '1Gi', limit: '2Gi' } }",
    "  caller must be a SecretSource, got the string 'key'; use for example SecretSource.generated()",
    "  requestsPerMinute['openai'] must be a whole number from 1 to 1000000, got 0",
    "  certificateAuthorities['none'] must be certificates in PEM, got 1",
    "  certificateAuthorities['vllm'] must be certificates in PEM, but holds none: no '-----BEGIN CERTIFICATE-----' with its end",
    "  certificateAuthorities['broken'] must be certificates in PEM, but holds a certificate that cannot be read, number 2 of 2",
    "  certificateAuthorities['combined'] must be certificates in PEM, but holds a private key, which anybody could read in the manifests; give the certificates alone",
    "  unknown option 'requestPerMinute'; did you mean 'requestsPerMinute'?",
  ]);
});

test('a limit of the body may be a fraction of a mebibyte', () => {
  for (const mebibytes of [1, 2.3, 63.9, 64]) ModelGuard.sidecar({ bodyLimit: Size.mebibytes(mebibytes) });
  expect(messageOf(() => ModelGuard.sidecar({ bodyLimit: Size.mebibytes(0.9) }))).toContain('bodyLimit must be a Size from 1 MiB to 64 MiB');
  expect(messageOf(() => ModelGuard.sidecar({ bodyLimit: Size.mebibytes(NaN) }))).toContain('bodyLimit must be a Size from 1 MiB to 64 MiB');
});

test('a credential is refused where nobody asks for one', () => {
  const options: object = { caller: SecretSource.generated() };
  expect(messageOf(() => ModelGuard.sidecar(options))).toBe(
    'ModelGuard.sidecar(): caller is for ModelGuard.pod(): beside its gateway a guard listens to this pod alone');
});

test('memory that is not named is as by default, and a request is never above its limit', () => {
  const memoryWith = (resources: kplus.ContainerResources) => {
    const chart = newChart();
    newGateway(chart, { guard: ModelGuard.sidecar({ resources }), acknowledge: { 'memory-too-small': 'a test' } });
    return objects(chart, 'Deployment')[0].spec.template.spec.containers.find(({ name }: any) => name === 'model-guard').resources;
  };
  expect(memoryWith({ cpu: { request: kplus.Cpu.millis(50) } })).toEqual({ requests: { cpu: '50m', memory: '96Mi' }, limits: { memory: '512Mi' } });
  expect(memoryWith({ memory: { limit: Size.mebibytes(64) } })).toEqual({ requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '64Mi' } });
});

test('guards with pods of their own are spread, and a drain of nodes takes one at a time', () => {
  const chart = newChart();
  newGateway(chart, { guard: ModelGuard.pod() });
  const { selector, template } = objects(chart, 'Deployment').find(({ spec: { replicas } }) => replicas === 2).spec;
  expect(objects(chart, 'PodDisruptionBudget').map(({ spec }) => spec)).toEqual([{ maxUnavailable: 1, selector }]);
  const [{ weight, podAffinityTerm }] = template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
  expect([weight, podAffinityTerm.topologyKey, podAffinityTerm.labelSelector.matchLabels]).toEqual([100, 'kubernetes.io/hostname', selector.matchLabels]);
});

test('an image may be named by its digest', () => {
  const image = `registry.example.com/envoy:v1.40.0@sha256:${'0'.repeat(64)}`;
  const chart = newChart();
  newGateway(chart, { guard: ModelGuard.sidecar({ image }) });
  const [{ spec: { template: { spec: { containers } } } }] = objects(chart, 'Deployment');
  expect(containers.find(({ name }: any) => name === 'model-guard').image).toBe(image);
});

test('placements are told apart by name', () => {
  expect([ModelGuard.sidecar(), ModelGuard.pod(), ModelGuard.none()].map(({ placement }) => placement)).toEqual(['sidecar', 'pod', 'none']);
});
