import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { backupObjects } from './backup-objects';
import { checkServiceName, largeConfigMaps } from './check-rendered';
import { gatewayFiles } from './gateway-files';
import { GatewayGuard } from './gateway-guard';
import { gatewayKeys } from './gateway-keys';
import { GatewayMonitoring } from './gateway-monitoring';
import { gatewayNetwork } from './gateway-network';
import { Guard } from './guard-objects';
import { monitor } from './monitoring-objects';
import { refuseNameClashes } from './name-clashes';
import { summaryOf } from './summary';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { ProviderSecret } from '../keys/provider-secret';
import { Model } from '../models/provider';
import { AddedContainers } from '../pod/added-containers';
import { GatewayContainerOptions, GatewaySidecarOptions, StateMountOptions } from '../pod/container-options';
import { gatewayPod } from '../pod/gateway-pod';
import { keyMounts } from '../pod/key-volumes';
import { containerPath, patchDeployment, patchService, startFirst } from '../pod/patches';
import { guardFaults } from '../pod/pod-faults';
import { newStateClaim } from '../pod/state-claim';
import { Finding } from '../policy/finding';
import { findingsOf, throwOnErrors } from '../policy/findings-of';
import { Preset } from '../presets/preset';
import { RenderedSecret } from '../secrets/rendered-secret';
import { checkProps } from '../settings/check-props';
import { useClaim } from '../settings/claims';
import { OpenClawDeploymentProps } from '../settings/gateway-props';
import { GATEWAY_PORT } from '../settings/pod-layout';
import { resolve } from '../settings/resolve-settings';
import { Settings } from '../settings/settings';

/**
 * An OpenClaw gateway: everything that Kubernetes needs to run one.
 *
 * Throws one error with everything that is wrong; see docs/rules.md.
 */
export class OpenClawDeployment extends Construct {
  /** The port on which the gateway's Service and container listen. */
  public static readonly GATEWAY_PORT = GATEWAY_PORT;

  /** The Deployment, with one replica. */
  public readonly deployment: kplus.Deployment;

  /** The gateway's own container. */
  public readonly container: kplus.Container;

  /** The Service, for clients inside the cluster and for an Ingress. */
  public readonly service: kplus.Service;

  /** The ConfigMap that holds `openclaw.json`. */
  public readonly configMap: kplus.ConfigMap;

  /** The ConfigMap that holds the program which hands changed files to the gateway. */
  public readonly liveSyncConfigMap: kplus.ConfigMap;

  /** The ConfigMap with the texts and folders of `workspace`. */
  public readonly workspaceConfigMap?: kplus.ConfigMap;

  /** The init container that makes the first files (`make-files`). */
  public readonly initContainer: kplus.Container;

  /** The init container that installs `pluginPackages` (`install-plugins`). */
  public readonly pluginsContainer?: kplus.Container;

  /** The container that hands changed files to the gateway (`live-sync`), under `Delivery.LIVE`. */
  public readonly liveSyncContainer?: kplus.Container;

  /** Where the gateway's token is, for clients inside the cluster; undefined behind a proxy that signs users in. */
  public readonly tokenSecret?: RenderedSecret;

  /** The claim on the volume that holds the gateway's state. */
  public readonly stateClaim: kplus.IPersistentVolumeClaim;

  /** The CronJob of `backup`. */
  public readonly backupJob?: kplus.CronJob;

  /** The claim that holds the archives of `backup`; undefined where they are uploaded. */
  public readonly backupClaim?: kplus.IPersistentVolumeClaim;

  /** The account that the pod runs as. */
  public readonly serviceAccount: kplus.IServiceAccount;

  /** The policy that closes the network, where the preset asks for it. */
  public readonly networkPolicy?: kplus.NetworkPolicy;

  /** The CiliumNetworkPolicy beside `networkPolicy`, where `ciliumEgress` is given. */
  public readonly ciliumPolicy?: ApiObject;

  /** Everything that is rendered for the model guard; undefined for `ModelGuard.none()`. */
  public readonly guard?: GatewayGuard;

  /** The PodMonitor, the PrometheusRule and the dashboard of `monitoring`. */
  public readonly monitoring?: GatewayMonitoring;

  /**
   * The volume that holds the gateway's state. `stateMount()` is a mount with the folder that the state has in it.
   */
  public readonly stateVolume: kplus.Volume;

  /** @internal */
  public readonly _settings: Settings;
  private readonly added: AddedContainers;
  private readonly found: readonly Finding[];
  private readonly rendered: { readonly [name: string]: RenderedSecret };

  public constructor(scope: Construct, id: string, props: OpenClawDeploymentProps) {
    super(scope, id);
    const given = argumentsOf(props);
    checkProps(this, given);
    refuseNameClashes(this);

    const preset = given.preset ?? Preset.PROD;
    const resolved = resolve(this, given, preset);

    const findings = findingsOf(resolved, preset._options.noticeRules);
    throwOnErrors(this.node.path, findings);

    const guard = resolved.guard && new Guard(new Construct(this, 'Guard'), resolved, resolved.guard);
    const settings = { ...resolved, guardUrl: guard?.url };
    const keys = gatewayKeys(this, settings, guard);
    this.tokenSecret = keys.token;
    this.rendered = keys.secrets;
    const files = gatewayFiles(this, settings);
    this.configMap = files.configMap;
    this.liveSyncConfigMap = files.liveSync;
    this.workspaceConfigMap = files.workspace;
    this.found = [...findings, ...largeConfigMaps(this.configMap, guard?.policy, this.workspaceConfigMap)];
    this.stateClaim = settings.state.existingClaim ?? newStateClaim(this, settings);
    useClaim(this, this.stateClaim);
    this.serviceAccount = given.serviceAccount ?? new kplus.ServiceAccount(this, 'ServiceAccount', { automountToken: false });
    const pod = gatewayPod(this, settings, {
      ...files,
      keyMounts: keyMounts(this, keys.mounted),
      secretNames: [...new Set(keys.mounted.map(({ secret }) => secret.name))],
      stateClaim: this.stateClaim,
      serviceAccount: this.serviceAccount,
      restartsOn: [...files.restartsOn, ...guard?.url ? [] : guard?.restartsOn ?? []],
    });
    this.deployment = pod.deployment;
    this.container = pod.container;
    this.initContainer = pod.initContainer;
    this.pluginsContainer = pod.pluginInstall;
    this.liveSyncContainer = pod.liveSyncContainer;
    this.guard = guard?.join(this.deployment);
    patchDeployment(this.deployment);
    if (this.guard && !this.guard.deployment) startFirst(this.deployment, this.guard.container);
    this.service = new kplus.Service(this, 'Service', {
      selector: this.deployment,
      ports: [{ port: GATEWAY_PORT, targetPort: GATEWAY_PORT, name: 'gateway' }],
    });
    checkServiceName(this.node.path, this.service.name);
    patchService(this.service);
    const network = gatewayNetwork(this, settings, this.deployment, this.guard?.deployment);
    this.networkPolicy = network?.policy;
    this.ciliumPolicy = network?.ciliumPolicy;
    const backup = settings.backup && backupObjects(new Construct(this, 'Backup'), settings, settings.backup, this);
    this.backupJob = backup?.cronJob;
    this.backupClaim = backup?.claim;
    this.monitoring = settings.monitoring && monitor(new Construct(this, 'Monitoring'), settings, settings.monitoring, this.deployment, {
      pods: this.guard?.deployment ?? this.deployment,
      networkPolicy: this.guard?.deployment ? this.guard.networkPolicy : this.networkPolicy,
    });
    this.node.defaultChild = this.deployment;
    this._settings = settings;
    this.stateVolume = pod.state.volume;
    this.added = new AddedContainers(settings, pod, preset._options.noticeRules);
    this.node.addValidation({ validate: () => guardFaults(ApiObject.of(this.deployment).toJson().spec.template.spec, settings) });
  }

  /**
   * Adds a container of your own that runs beside the gateway. It starts after the gateway's containers, and shares their network: each reaches the ports
   * of the others at 127.0.0.1. It gets no key, no token and no volume but a folder /tmp, unless its options say so.
   *
   * @param id name of the container
   */
  public addSidecar(id: string, options: GatewaySidecarOptions): kplus.Container {
    return this.added.sidecar(id, options);
  }

  /**
   * Adds a container of your own that ends before the gateway starts. It runs after `make-files` and those added before it, so it finds the folders of the
   * state and the files of `workspace`.
   *
   * @param id name of the container
   */
  public addInitContainer(id: string, options: GatewayContainerOptions): kplus.Container {
    return this.added.initContainer(id, options);
  }

  /**
   * A mount of the gateway's state for a container of your own: `volumeMounts: [gateway.stateMount()]`.
   *
   * @param path where the container has it; where OpenClaw has it (`/home/node/.openclaw`), if it is left out
   */
  public stateMount(path?: string, options?: StateMountOptions): kplus.VolumeMount {
    return this.added.stateMount(path, options);
  }

  /** The keys of the providers: those of `providerSecrets`, then those that `providerKeys` made. */
  public get providerSecrets(): ProviderSecret[] {
    return this._settings.providerKeys.map(({ construct }) => construct);
  }

  /** The models of the gateway's chain as the version and the preset choose them, the primary first. */
  public get models(): Model[] {
    return this._settings.agents[0].chain.map(({ given: [model] }) => model);
  }

  /** The notices and the accepted findings. */
  public get findings(): Finding[] {
    return [...this.found, ...this.added.findings].map(finding => ({ ...finding }));
  }

  /** The Secrets of `secrets`, by the names given there. */
  public get secrets(): { [name: string]: RenderedSecret } {
    return { ...this.rendered };
  }

  /** The route, its price, where each key comes from and how it rotates: a text for people. */
  public get summary(): string {
    return summaryOf(this._settings, this.findings);
  }

  /**
   * Where a container is in the manifest of its Deployment, as a JSON pointer for patches: `/spec/template/spec/containers/1`.
   *
   * @param container one of the gateway, of its guard, or one that you added to `deployment`
   */
  public containerPath(container: kplus.Container): string {
    const { deployment, guard } = this;
    const path = containerPath(deployment, container, guard?.deployment ? undefined : guard?.container)
      ?? (guard?.deployment && containerPath(guard.deployment, container));
    new InputChecks(`OpenClawDeployment '${this.node.path}'`)
      .that(path !== undefined, 'container', 'a container of the gateway or of its guard', container, 'use for example gateway.liveSyncContainer')
      .done();
    return path!;
  }
}
