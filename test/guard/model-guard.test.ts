import { Duration, Size } from 'cdk8s';
import { ModelGuard } from '../../src';
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
    certificateAuthorities: { vllm: 'no PEM' },
    caller: 'key',
  } as any;
  expect(messageOf(() => ModelGuard.pod(wrong)).split('\n')).toEqual([
    'ModelGuard.pod() has 9 problems:',
    "  image must be the name of an image, with a tag or a digest, got the string 'no image'",
    '  connectTimeout must be a Duration of whole seconds, at least one, got 2; use Duration.seconds(2)',
    '  firstByteTimeout must be a Duration of whole seconds, at least one, got a Duration; use Duration.seconds(120)',
    '  idleTimeout must be a Duration of whole seconds, at least one, got null; use Duration.seconds(120)',
    '  bodyLimit must be a Size from 1 MiB to 64 MiB, got a Size; use Size.mebibytes(16)',
    "  resources must be kplus.ContainerResources with requests within their limits, got the string 'much'",
    "  requestsPerMinute['openai'] must be a whole number, at least 1, got 0",
    "  certificateAuthorities['vllm'] must be certificates in PEM, got the string 'no PEM'",
    "  caller must be a SecretSource, got the string 'key'; use for example SecretSource.generated()",
  ]);
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
