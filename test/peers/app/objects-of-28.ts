import { Chart } from 'cdk8s';
import * as kplus28 from 'cdk8s-plus-28';
import { OpenClawDeployment } from 'cdk8s-openclaw';

/** What needs a class of the cdk8s-plus that the library renders with; the ConfigMap and the Secret are of any. */
export function addObjectsOf28(chart: Chart, gateway: OpenClawDeployment, certificates: kplus28.IConfigMap, secret: kplus28.ISecret): void {
  gateway.container.mount('/etc/company-ca', kplus28.Volume.fromConfigMap(chart, 'CertificatesVolume', certificates));
  gateway.deployment.scheduling.tolerate(kplus28.Node.tainted(kplus28.NodeTaintQuery.is('dedicated', 'agents')));
  gateway.networkPolicy?.addEgressRule(kplus28.NetworkPolicyIpBlock.ipv4(chart, 'Database', '10.3.0.0/16'));
  new kplus28.Ingress(chart, 'Ingress', {
    rules: [{ host: 'assistant.example.com', backend: kplus28.IngressBackend.fromService(gateway.service) }],
    tls: [{ hosts: ['assistant.example.com'], secret }],
  });
}
