import { ApiObject, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checksum } from './checksum';
import { GUARD_USER, podSecurity, userOf } from './container';
import { GuardParts, guardContainer } from './guard-container';
import { patchDeployment } from './patches';
import { GuardSettings } from '../guard/model-guard';
import { Settings } from '../settings/settings';

const { absolute } = kplus.PercentOrAbsolute;

/** Longer than any turn. */
const DRAIN = Duration.seconds(330);

/** What is rendered for the pods of a guard that has its own. */
interface GuardPod {
  readonly deployment: kplus.Deployment;
  readonly container: kplus.Container;
  readonly serviceAccount: kplus.ServiceAccount;
  readonly disruptionBudget: ApiObject;
}

/** The pods of a guard that has its own: two, on two nodes where there are, of which neither an update nor the drain of a node takes one before another is ready. */
export function guardPod(
  scope: Construct, settings: Settings, guard: GuardSettings, parts: GuardParts, restartsOn: string[],
): GuardPod {
  const labels = { 'app.kubernetes.io/name': 'openclaw-model-guard' };
  const serviceAccount = new kplus.ServiceAccount(scope, 'ServiceAccount', { automountToken: false });
  const deployment = new kplus.Deployment(scope, 'Deployment', {
    metadata: { labels },
    podMetadata: { labels, annotations: { 'cdk8s-openclaw/checksum': checksum(restartsOn) } },
    replicas: 2,
    strategy: kplus.DeploymentStrategy.rollingUpdate({ maxSurge: absolute(1), maxUnavailable: absolute(0) }),
    automountServiceAccountToken: false,
    serviceAccount,
    dockerRegistryAuth: settings.dockerRegistryAuth,
    securityContext: podSecurity(userOf(settings, GUARD_USER)),
    terminationGracePeriod: DRAIN,
  });
  const ownContainer = deployment.addContainer(guardContainer(deployment, settings, guard, parts));
  deployment.scheduling.spread({ weight: 100, topology: kplus.Topology.HOSTNAME });
  patchDeployment(deployment);
  const disruptionBudget = new kplus.k8s.KubePodDisruptionBudget(scope, 'DisruptionBudget', {
    spec: { maxUnavailable: kplus.k8s.IntOrString.fromNumber(1), selector: { matchLabels: deployment.matchLabels } },
  });
  return { deployment, container: ownContainer, serviceAccount, disruptionBudget };
}
