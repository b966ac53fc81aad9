import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { checkContainer, checkNames, checkSidecar, checkStateMount } from './check-container';
import { container, userOf } from './container';
import { GatewayContainerOptions, GatewaySidecarOptions, StateMountOptions } from './container-options';
import { GatewayPod } from './gateway-pod';
import { containerPath, patchContainer } from './patches';
import { guardFaults } from './pod-faults';
import { tokenMount } from './token-volume';
import { resourcesOf } from '../input/container-resources';
import { variablesOf } from '../input/env-variables';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isSecret } from '../input/looks-secret';
import { problemsError } from '../input/problems';
import { Finding } from '../policy/finding';
import { judged, throwOnErrors } from '../policy/findings-of';
import { secretPlainText } from '../policy/rules/secret-plain-text';
import { imageNotPinned, unpinnedImage } from '../policy/rules/workload';
import { STATE_DIR, TMP_DIR } from '../settings/pod-layout';
import { Settings } from '../settings/settings';

const RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(10) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(512) },
};

/** The containers that users add to a gateway's pod. */
export class AddedContainers {
  /** Notices and accepted findings about them. */
  public readonly findings: Finding[] = [];
  private token?: kplus.VolumeMount;

  public constructor(private readonly settings: Settings, private readonly pod: GatewayPod, private readonly noticeRules: readonly string[]) {}

  public sidecar(id: string, options: GatewaySidecarOptions): kplus.Container {
    const given = argumentsOf(options);
    const { readiness, liveness, startup, lifecycle } = given;
    checkSidecar(this.check('addSidecar', id, given), given).done();
    return this.add(id, given, props => this.pod.deployment.addContainer({ ...props, readiness, liveness, startup, lifecycle }));
  }

  public initContainer(id: string, options: GatewayContainerOptions): kplus.Container {
    const given = argumentsOf(options);
    checkNames(this.check('addInitContainer', id, given), given).done();
    return this.add(id, given, props => this.pod.deployment.addInitContainer(props));
  }

  public stateMount(path = STATE_DIR, options: StateMountOptions = {}): kplus.VolumeMount {
    const given = argumentsOf(options);
    checkStateMount(new InputChecks(`stateMount() of OpenClawDeployment '${this.settings.path}'`), path, given).done();
    const { volume, subPath } = this.pod.state;
    const folder = [subPath, given.folder].filter(Boolean).join('/');
    return { volume, path, ...folder !== '' && { subPath: folder }, ...given.readOnly && { readOnly: true } };
  }

  private check(method: string, id: unknown, given: GatewayContainerOptions): InputChecks {
    const { deployment } = this.pod;
    return checkContainer(new InputChecks(`${method}() of OpenClawDeployment '${this.settings.path}'`), id, given, { deployment, assignsUser: this.settings.clusterAssignsUser });
  }

  private add(id: string, given: GatewayContainerOptions, addTo: (props: kplus.ContainerProps) => kplus.Container): kplus.Container {
    const { settings, noticeRules, pod: { deployment } } = this;
    const what = `container '${id}'`;
    const findings = [
      ...judged(secretPlainText, plainSecrets(what, given), settings, noticeRules), ...judged(imageNotPinned, unpinnedImage(`of ${what}`, given.image), settings, noticeRules),
    ];
    throwOnErrors(settings.path, findings);
    const added = addTo(this.propsOf(id, given));
    const key = deployment.containers.includes(added) ? 'containers' : 'initContainers';
    const faults = guardFaults({ [key]: [kubeOf(added)], volumes: added.mounts.map(({ volume }) => kubeOf(volume)) }, settings);
    if (faults.length > 0) throw problemsError(`OpenClawDeployment '${settings.path}'`, faults);
    this.findings.push(...findings);
    patchContainer(deployment, containerPath(deployment, added)!, added);
    return added;
  }

  private propsOf(id: string, given: GatewayContainerOptions): kplus.ContainerProps {
    const { user, group, readOnlyRootFilesystem = true, automountServiceAccountToken, volumeMounts = [], envVariables, resources, image } = given;
    const { command, args, workingDir, ports, envFrom } = given;
    const tmp = volumeMounts.some(({ path }) => path.replace(/\/$/, '') === TMP_DIR) ? [] : [{ volume: this.pod.tmp, path: TMP_DIR, subPath: id }];
    const token = automountServiceAccountToken ? [this.token ??= tokenMount(this.pod.deployment)] : [];
    const restricted = container(id, image, [...volumeMounts, ...tmp, ...token], userOf(this.settings, user));
    return {
      ...restricted,
      securityContext: { ...restricted.securityContext, readOnlyRootFilesystem, ...group !== undefined && { group } },
      command,
      args,
      workingDir,
      ports,
      envFrom,
      envVariables: variablesOf(envVariables),
      resources: resources ? resourcesOf(resources) : RESOURCES,
    };
  }
}

function plainSecrets(what: string, { envVariables = {} }: GatewayContainerOptions): string[] {
  return Object.entries(variablesOf(envVariables)).filter(([name, { value }]) => typeof value === 'string' && isSecret(name, value)).map(([name]) =>
    `envVariables['${name}'] of ${what} is plain text in the manifests; use kplus.EnvValue.fromSecretValue()`);
}

/** As cdk8s-plus writes it. */
function kubeOf(part: object): any {
  return (part as { _toKube(): unknown })._toKube();
}
