import * as kplus from 'cdk8s-plus-28';
import { ContainerResources } from '../input/container-resources';

/** An init container of your own in the gateway's pod. The names are those of cdk8s-plus, the defaults are restricted and small. */
export interface GatewayContainerOptions {
  /** The image, with a version or a digest. */
  readonly image: string;

  /**
   * The program and its arguments.
   * @default - the image's entrypoint
   */
  readonly command?: string[];

  /**
   * Arguments behind those of `command`, or of the image's entrypoint.
   * @default - the image's command, unless `command` is given
   */
  readonly args?: string[];

  /**
   * The folder in which the program starts.
   * @default - the image's
   */
  readonly workingDir?: string;

  /**
   * Ports on which the program listens. Containers of a pod share their ports, and reach each other at 127.0.0.1 without one being listed here.
   * @default - none
   */
  readonly ports?: kplus.ContainerPort[];

  /**
   * Environment variables: texts, or an `EnvValue` of any cdk8s-plus.
   * @default - none
   */
  readonly envVariables?: { [name: string]: any };

  /**
   * ConfigMaps and Secrets whose keys all become environment variables: an `EnvFrom` of any cdk8s-plus each.
   * @default - none
   */
  readonly envFrom?: any[];

  /**
   * Further volumes: a `VolumeMount` of any cdk8s-plus each. `gateway.stateMount()` is that of the gateway's state.
   * @default - none but /tmp
   */
  readonly volumeMounts?: any[];

  /**
   * What the container requests and may use. What is given replaces all of the default.
   * @default - requests of 10m CPU and 64Mi of memory, a limit of 512Mi of memory
   */
  readonly resources?: ContainerResources;

  /**
   * The user that the program runs as, from 1 on. Another user than 1000 cannot read the files that OpenClaw keeps to itself. 65532 is the guard's.
   * @default 1000, as OpenClaw; none where the preset has `clusterAssignsUser`
   */
  readonly user?: number;

  /**
   * The group that the program runs as. It is always in the group that owns the volumes, too.
   * @default - the number of `user`
   */
  readonly group?: number;

  /**
   * Whether the program cannot write into its image. It always has a folder /tmp of its own, unless `volumeMounts` has one.
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Whether the container gets a token of the gateway's service account, which the kubelet renews each hour, where clients of Kubernetes look for it. No
   * other container of the pod gets it. What it opens is what you bind to `gateway.serviceAccount`.
   * @default false
   */
  readonly automountServiceAccountToken?: boolean;
}

/** A container of your own that runs beside the gateway. */
export interface GatewaySidecarOptions extends GatewayContainerOptions {
  /**
   * When the container is ready: a `Probe` of any cdk8s-plus. Until all containers of the pod are, the Service leads nobody to the gateway.
   * @default - as soon as it runs
   */
  readonly readiness?: any;

  /**
   * When the container is to be started again: a `Probe` of any cdk8s-plus.
   * @default - when its program ends
   */
  readonly liveness?: any;

  /**
   * When the container has started: a `Probe` of any cdk8s-plus. The other probes wait for it.
   * @default - at once
   */
  readonly startup?: any;

  /**
   * What happens after the start and before the end: a `ContainerLifecycle` of any cdk8s-plus.
   * @default - nothing
   */
  readonly lifecycle?: any;
}

/** How the gateway's state is mounted. */
export interface StateMountOptions {
  /**
   * A folder of the state, for example `'workspace'`; relative.
   * @default - all of the state
   */
  readonly folder?: string;

  /**
   * Whether the container can only read it.
   * @default false
   */
  readonly readOnly?: boolean;
}
