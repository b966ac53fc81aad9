import * as kplus from 'cdk8s-plus-28';
import { GatewayContainerOptions, GatewaySidecarOptions, StateMountOptions } from './container-options';
import { checkResources } from '../input/container-resources';
import { checkEnvVariables } from '../input/env-variables';
import { isFolder, isImageName } from '../input/forms';
import { InputChecks } from '../input/input-checks';
import { isPartOfContainer, isVolume } from '../input/kplus-shapes';
import { isNamespaceName } from '../input/kubernetes-names';
import { isMap } from '../input/values';

/** The largest id that Linux gives a user. */
const LAST_ID = 2 ** 31 - 1;

const CONTAINER = {
  image: true,
  command: true,
  args: true,
  workingDir: true,
  ports: true,
  envVariables: true,
  envFrom: true,
  volumeMounts: true,
  resources: true,
  user: true,
  group: true,
  readOnlyRootFilesystem: true,
  automountServiceAccountToken: true,
} as const;

/** The pod that a container joins. */
export interface PodToJoin {
  readonly deployment: kplus.Deployment;
  /** Whether containers may not choose their user. */
  readonly assignsUser: boolean;
}

/** Reports what is wrong with a container that is added, also to other containers of the pod. */
export function checkContainer(check: InputChecks, id: unknown, options: GatewayContainerOptions, pod: PodToJoin): InputChecks {
  const others = [...pod.deployment.initContainers, ...pod.deployment.containers];
  const isText = (value: unknown) => typeof value === 'string';
  const isSwitch = (value: unknown) => value === undefined || typeof value === 'boolean';
  check
    .that(isNamespaceName(id), 'id', 'at most 63 lower-case letters, digits and dashes, a letter or digit at each end', id)
    .refuse(others.some(({ name }) => name === id), `the pod has a container '${id}' already; choose another id`)
    .that(isImageName(options.image), 'image', 'the name of an image, with a tag or a digest', options.image)
    .list('command', options.command, isText, 'a string')
    .list('args', options.args, isText, 'a string')
    .that(options.workingDir === undefined || isPath(options.workingDir), 'workingDir', 'an absolute path', options.workingDir)
    .list('ports', options.ports, isPort, 'an object with a number from 1 to 65535', "use for example { number: 8080, name: 'http' }")
    .list('envFrom', options.envFrom, isPartOfContainer, 'a kplus.EnvFrom', 'use for example kplus.Env.fromConfigMap(…)')
    .list('volumeMounts', options.volumeMounts, isMount, "an object with a kplus.Volume and an absolute path without ':'", "use for example gateway.stateMount('/state')")
    .that(isSwitch(options.readOnlyRootFilesystem), 'readOnlyRootFilesystem', 'a boolean', options.readOnlyRootFilesystem)
    .that(isSwitch(options.automountServiceAccountToken), 'automountServiceAccountToken', 'a boolean', options.automountServiceAccountToken);
  for (const name of ['user', 'group'] as const) {
    const value = options[name];
    if (pod.assignsUser) check.refuse(value !== undefined, `${name} is assigned by the cluster, as the preset says (clusterAssignsUser); remove it`);
    else check.that(value === undefined || isId(value), name, `a whole number from 1 to ${LAST_ID}`, value);
  }
  checkPorts(check, options.ports, others);
  checkMounts(check, options.volumeMounts, others);
  return checkEnvVariables(checkResources(check, options.resources), options.envVariables);
}

/** Reports options that an init container does not have. */
export function checkNames(check: InputChecks, options: GatewayContainerOptions): InputChecks {
  return check.options<GatewayContainerOptions>(options, CONTAINER);
}

/** Reports wrong options that only a sidecar has. */
export function checkSidecar(check: InputChecks, options: GatewaySidecarOptions): InputChecks {
  for (const name of ['readiness', 'liveness', 'startup'] as const) {
    const value = options[name];
    check.that(value === undefined || isPartOfContainer(value), name, 'a kplus.Probe', value, "use for example kplus.Probe.fromHttpGet('/health', { port: 8080 })");
  }
  return check
    .that(options.lifecycle === undefined || isMap(options.lifecycle), 'lifecycle', 'an object with postStart or preStop', options.lifecycle)
    .options<GatewaySidecarOptions>(options, { ...CONTAINER, readiness: true, liveness: true, startup: true, lifecycle: true });
}

export function checkStateMount(check: InputChecks, path: unknown, options: StateMountOptions): InputChecks {
  return check
    .that(isPath(path), 'path', "an absolute path without ':'", path)
    .that(options.folder === undefined || isFolder(options.folder), 'folder', "a folder of the state, relative, without '.', '..' or a slash at an end", options.folder)
    .that(options.readOnly === undefined || typeof options.readOnly === 'boolean', 'readOnly', 'a boolean', options.readOnly)
    .options<StateMountOptions>(options, { folder: true, readOnly: true });
}

/** Containers of a pod share their ports. */
function checkPorts(check: InputChecks, ports: unknown, others: kplus.Container[]): void {
  for (const { number, protocol = kplus.Protocol.TCP } of Array.isArray(ports) ? ports.filter(isPort) : []) {
    const owner = others.find(other => other.ports.some(port => port.number === number && (port.protocol ?? kplus.Protocol.TCP) === protocol));
    check.refuse(owner !== undefined, `port ${number} is that of container '${owner?.name}', and the containers of a pod share their ports; choose another port`);
  }
}

function checkMounts(check: InputChecks, mounts: unknown, others: kplus.Container[]): void {
  const given: kplus.VolumeMount[] = Array.isArray(mounts) ? mounts.filter(isMount) : [];
  const volumes = [...others.flatMap(other => other.mounts), ...given].map(({ volume }) => volume);
  given.forEach(({ path, volume }, i) => {
    check.refuse(given.findIndex(mount => mount.path === path) < i, `volumeMounts has the path '${path}' twice; give each volume a path of its own`);
    const twin = volumes.find(each => each.name === volume.name);
    check.refuse(twin !== volume, `the pod has another volume called '${volume.name}'; mount that one (the gateway's state is gateway.stateMount()), or give the new one another name`);
  });
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && /^\/[^:]*$/.test(value);
}

function isPort(value: unknown): value is kplus.ContainerPort {
  return isMap(value) && Number.isInteger(value.number) && Number(value.number) > 0 && Number(value.number) < 65536;
}

function isMount(value: unknown): value is kplus.VolumeMount {
  return isMap(value) && isVolume(value.volume) && isPath(value.path);
}

function isId(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= LAST_ID;
}
