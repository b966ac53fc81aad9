import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { newChart, newGateway } from '../support/gateway';
import { judgeManifests, KubernetesVersion } from '../support/kubernetes-judge';

const HOST = 'assistant.example.com';

function exposedGateway(chart: Chart) {
  const peers = [kplus.Pods.select(chart, 'Proxy', { namespaces: kplus.Namespaces.select(chart, 'Edge', { names: ['edge'] }) })];
  return newGateway(chart, { exposure: { origins: [`https://${HOST}`], trustedProxies: ['10.244.0.0/16'], peers } });
}

function withIngress(chart: Chart): any[] {
  const ingress = new kplus.Ingress(chart, 'Ingress');
  ingress.addHostRule(HOST, '/', kplus.IngressBackend.fromService(exposedGateway(chart).service));
  return Testing.synth(chart);
}

function withRoute(chart: Chart, change: (spec: any) => void = () => {}): any[] {
  const { service } = exposedGateway(chart);
  const spec = {
    parentRefs: [{ name: 'public', namespace: 'edge' }],
    hostnames: [HOST],
    rules: [{ backendRefs: [{ name: service.name, port: service.port }] }],
  };
  change(spec);
  new ApiObject(chart, 'Route', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', spec });
  return Testing.synth(chart);
}

const find = (manifests: any[], kind: string) => manifests.find(manifest => manifest.kind === kind);

describe.each<KubernetesVersion>(['1.28', '1.34'])('Kubernetes %s', version => {
  test('takes an Ingress that leads to the port of the Service', () => {
    const manifests = withIngress(newChart());
    const { metadata, spec } = find(manifests, 'Service');
    const [{ host, http }] = find(manifests, 'Ingress').spec.rules;
    expect([host, http.paths[0].backend.service]).toEqual([HOST, { name: metadata.name, port: { number: spec.ports[0].port } }]);
    expect(judgeManifests(version, manifests)).toEqual([]);
  });

  test('takes an HTTPRoute that leads to the port of the Service', () => {
    const manifests = withRoute(newChart());
    const { metadata, spec } = find(manifests, 'Service');
    expect(find(manifests, 'HTTPRoute').spec.rules[0].backendRefs).toEqual([{ name: metadata.name, port: spec.ports[0].port }]);
    expect(judgeManifests(version, manifests)).toEqual([]);
  });

  test.each<[string, (spec: any) => void, RegExp]>([
    ['a misspelt field', spec => { spec.parentRef = []; }, /^HTTPRoute '.*': unknown field "spec.parentRef"$/],
    ['a port that is a name', spec => { spec.rules[0].backendRefs[0].port = 'gateway'; }, /^HTTPRoute '.*': "spec.rules\[0\].backendRefs\[0\].port" must be integer$/],
  ])('refuses an HTTPRoute with %s', (_, change, problem) => {
    expect(judgeManifests(version, withRoute(newChart(), change))).toEqual([expect.stringMatching(problem)]);
  });
});
