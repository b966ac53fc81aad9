import { Construct } from 'constructs';
import { checkDefinition, DEFINITION } from './check-definition';
import { OpenClawDeploymentProps } from './gateway-props';
import { checkPluginPackages } from './plugin-package';
import { ModelGuard } from '../guard/model-guard';
import { chartOf } from '../input/chart-of';
import { checkResources } from '../input/container-resources';
import { checkEnvVariables } from '../input/env-variables';
import { isImageName } from '../input/forms';
import { InputChecks } from '../input/input-checks';
import { isResource, typeOfSecret } from '../input/kplus-shapes';
import { isLabelName, isLabelValue, isNamespaceName, isSecretKey } from '../input/kubernetes-names';
import { ProviderKeys } from '../keys/provider-keys';
import { ProviderSecret } from '../keys/provider-secret';
import { checkSlots } from '../models/slot-arguments';
import { Monitoring } from '../monitoring/monitoring';
import { checkCiliumEgress } from '../network/cilium-egress';
import { checkExposure } from '../network/gateway-exposure';
import { Delivery } from '../presets/delivery';
import { Preset } from '../presets/preset';
import { SecretSource } from '../secrets/secret-source';

const PROPS = { ...DEFINITION, providerSecrets: true, serviceAccount: true } as const;

/** Reports props of the wrong type, for callers without a compiler. */
export function checkProps(gateway: Construct, props: OpenClawDeploymentProps): void {
  const optional = (value: unknown, type: Function) => value === undefined || value instanceof type;
  const chart = chartOf(gateway);
  const withoutTenant = props.providerKeys instanceof ProviderKeys ? props.providerKeys._problemWithoutTenant() : undefined;
  const check = new InputChecks(`OpenClawDeployment '${gateway.node.path}'`)
    .refuse(chart === undefined, 'it must stand in a Chart, which gives it its namespace and writes its file')
    .that(chart?.namespace === undefined || isNamespaceName(chart.namespace), 'the namespace of its chart',
      'at most 63 lower-case letters, digits and dashes, a letter or digit at each end', chart?.namespace)
    .list('names of labels of its chart', Object.keys(chart?.labels ?? {}), isLabelName, 'the name of a label')
    .map('labels of its chart', chart?.labels, isLabelValue, 'the value of a label');
  checkDefinition(check, props)
    .refuse(withoutTenant !== undefined, withoutTenant ?? '')
    .list('providerSecrets', props.providerSecrets, value => value instanceof ProviderSecret, 'a ProviderSecret')
    .that(props.delivery === undefined || Object.values(Delivery).includes(props.delivery), 'delivery', 'Delivery.LIVE or Delivery.RESTART', props.delivery)
    .that(optional(props.guard, ModelGuard), 'guard', 'a ModelGuard', props.guard, 'use ModelGuard.sidecar(), ModelGuard.pod() or ModelGuard.none()')
    .that(optional(props.monitoring, Monitoring), 'monitoring', 'a Monitoring', props.monitoring, 'use Monitoring.prometheusOperator()')
    .refuse(props.monitoring !== undefined && !guardOf(props)?._settings,
      'monitoring needs a model guard, which counts calls, tokens and dollars; give guard: ModelGuard.sidecar()')
    .map('secrets', props.secrets, value => value instanceof SecretSource, 'a SecretSource')
    .list('names of secrets', Object.keys(props.secrets ?? {}), isSecretKey, 'letters, digits, underscores, dashes or dots')
    .list('toolSecrets', props.toolSecrets, value => typeof value === 'string', "one of the names in 'secrets'")
    .list('plugins', props.plugins, value => typeof value === 'string', 'the id of a bundled plugin')
    .that(props.httpApi === undefined || typeof props.httpApi === 'boolean', 'httpApi', 'a boolean', props.httpApi)
    .map('acknowledge', props.acknowledge, value => typeof value === 'string', 'the reason, a string');
  for (const [name, source] of Object.entries(props.secrets ?? {})) {
    check.refuse(source instanceof SecretSource && source._isOptional,
      `secrets['${name}'] is optional, and only keys and secret headers of providers may be missing; leave out optional`);
  }
  checkResources(check, props.resources)
    .that(props.serviceAccount === undefined || isResource(props.serviceAccount, 'ServiceAccount'), 'serviceAccount', 'a kplus ServiceAccount', props.serviceAccount)
    .that(props.image === undefined || isImageName(props.image), 'image', 'the name of an image, with a tag or a digest', props.image);
  checkPluginPackages(check, props.pluginPackages);
  checkRegistryAuth(check, props.dockerRegistryAuth);
  checkEnvVariables(check, props.envVariables);
  checkCiliumEgress(checkExposure(check, props.exposure), props.ciliumEgress);
  checkSlots(check, props.modelSlots).props<OpenClawDeploymentProps>(props, PROPS).done();
}

function guardOf({ guard, preset }: OpenClawDeploymentProps): ModelGuard | undefined {
  return guard ?? (preset instanceof Preset ? preset : Preset.PROD)._options.guard;
}

/** The kubelet passes over pull secrets of other types, so the image would not be pulled. */
function checkRegistryAuth(check: InputChecks, secret: unknown): void {
  const name = 'dockerRegistryAuth';
  check.that(secret === undefined || isResource(secret, 'Secret'), name, 'a kplus Secret', secret, "use for example kplus.Secret.fromSecretName(chart, 'Registry', 'registry')");
  const type = isResource(secret, 'Secret') ? typeOfSecret(secret) : undefined;
  check.refuse(type !== undefined && !/^kubernetes\.io\/docker(configjson|cfg)$/.test(type),
    `${name} is a Secret of type '${type}', with which Kubernetes pulls no image; use kplus.DockerConfigSecret or a Secret of type 'kubernetes.io/dockerconfigjson'`);
}
