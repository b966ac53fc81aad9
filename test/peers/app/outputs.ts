import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { addObjectsOf28 } from './objects-of-28';
import { OpenClawDeployment } from 'cdk8s-openclaw';

/** What docs/compatibility.md says about the objects of a gateway, for an app on any cdk8s-plus: without a cast. */
export function useOutputs(gateway: OpenClawDeployment): void {
  const chart = new Chart(gateway.node.root, 'outputs', { namespace: 'assistant' });

  // they fit as they are
  gateway.deployment.addContainer({
    name: 'clock',
    image: 'registry.example.com/clock:1',
    resources: { cpu: { request: kplus.Cpu.millis(10) } },
    envVariables: { TOKEN: kplus.EnvValue.fromSecretValue(gateway.tokenSecret!), FILE: kplus.EnvValue.fromConfigMap(gateway.configMap, 'openclaw.json') },
    securityContext: { user: 1000, readOnlyRootFilesystem: true },
  });
  gateway.container.env.addVariable('ZONE', kplus.EnvValue.fromValue('Europe/Rome'));
  gateway.deployment.scheduling.spread({ topology: kplus.Topology.HOSTNAME });
  kplus.Volume.fromConfigMap(chart, 'ConfigVolume', gateway.configMap);
  kplus.Volume.fromPersistentVolumeClaim(chart, 'StateVolume', gateway.stateClaim);
  new kplus.Role(chart, 'Role').bind(gateway.serviceAccount);

  // by label
  const pods = kplus.Pods.select(chart, 'Pods', { labels: gateway.deployment.matchLabels });
  new kplus.NetworkPolicy(chart, 'Policy', { selector: pods, egress: { rules: [{ peer: kplus.NetworkPolicyIpBlock.ipv4(chart, 'Mail', '10.2.0.0/16') }] } });
  new kplus.Deployment(chart, 'Client', { containers: [{ image: 'registry.example.com/client:1' }] }).connections.allowTo(pods);

  addObjectsOf28(chart, gateway, new kplus.ConfigMap(chart, 'Certificates'), kplus.Secret.fromSecretName(chart, 'Certificate', 'assistant-tls'));
}
