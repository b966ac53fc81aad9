import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkServiceName, checkSize, largeConfigMaps } from './check-rendered';
import { GatewayGuard } from './gateway-guard';
import { Guard } from './guard-objects';
import { refuseNameClashes } from './name-clashes';
import { summaryOf } from './summary';
import { agentSettingsJson, openclawJson } from '../config/openclaw-json';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { ProviderSecret } from '../keys/provider-secret';
import { Model } from '../models/provider';
import { ClosedNetwork, closedNetwork, peerOf } from '../network/closed-network';
import { guardedNetwork } from '../network/guarded-network';
import { AddedContainers } from '../pod/added-containers';
import { GatewayContainerOptions, GatewaySidecarOptions, StateMountOptions } from '../pod/container-options';
import { gatewayPod } from '../pod/gateway-pod';
import { keyMounts, MountedKey } from '../pod/key-volumes';
import { liveSyncScript } from '../pod/live-sync';
import { containerPath, patchDeployment, patchService, startFirst } from '../pod/patches';
import { guardFaults } from '../pod/pod-faults';
import { newStateClaim } from '../pod/state-claim';
import { workspaceConfigMap, workspaceData } from '../pod/workspace-volumes';
import { Finding } from '../policy/finding';
import { findingsOf, throwOnErrors } from '../policy/findings-of';
import { Preset } from '../presets/preset';
import { RenderedSecret } from '../secrets/rendered-secret';
import { BoundSecret, renderedOf } from '../secrets/secret-strategies';
import { checkProps } from '../settings/check-props';
import { useClaim } from '../settings/claims';
import { OpenClawDeploymentProps } from '../settings/gateway-props';
import { GATEWAY_PORT } from '../settings/pod-layout';
import { resolve } from '../settings/resolve-settings';
import { credentialsOf, SecretFile, Settings } from '../settings/settings';

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

  /** The container that hands changed files to the gateway (`live-sync`), under `Delivery.LIVE`. */
  public readonly liveSyncContainer?: kplus.Container;

  /** Where the gateway's token is, for clients inside the cluster; undefined behind a proxy that signs users in. */
  public readonly tokenSecret?: RenderedSecret;

  /** The claim on the volume that holds the gateway's state. */
  public readonly stateClaim: kplus.IPersistentVolumeClaim;

  /** The account that the pod runs as. */
  public readonly serviceAccount: kplus.IServiceAccount;

  /** The policy that closes the network, where the preset asks for it. */
  public readonly networkPolicy?: kplus.NetworkPolicy;

  /** The CiliumNetworkPolicy beside `networkPolicy`, where `ciliumEgress` is given. */
  public readonly ciliumPolicy?: ApiObject;

  /** Everything that is rendered for the model guard; undefined for `ModelGuard.none()`. */
  public readonly guard?: GatewayGuard;

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
    const config = openclawJson(settings);
    const agentSettings = agentSettingsJson(settings);
    checkSize(this.node.path, 'openclaw.json', 'name fewer models, use patterns, or shorten extraConfig', config);

    const script = liveSyncScript(settings);
    const files = workspaceData(settings.workspace);
    const filesTexts = [...files.values()].map(({ content }) => content);
    checkSize(this.node.path, 'workspace', 'copy large files with addInitContainer()', ...filesTexts);
    const token = settings.tokenFile && this.bind('Token', settings.tokenFile);
    const secrets = settings.secretFiles.map(file => this.bind(`Secret-${file.name}`, file));
    const credentials = credentialsOf(settings).map(({ name, secret, secretKey, source }) =>
      ({ file: name, secret, key: secretKey, optional: source._isOptional }));
    const keys: MountedKey[] = [ // with a guard, these are the guard's
      ...guard ? [] : credentials, ...token ? [token] : [], ...secrets, ...guard?.callerKey ? [guard.callerKey] : [],
    ];
    this.tokenSecret = token && renderedOf(token);
    this.rendered = Object.fromEntries(secrets.map(bound => [bound.file, renderedOf(bound)]));
    this.configMap = new kplus.ConfigMap(this, 'Config', {
      data: { 'openclaw.json': config, ...agentSettings && { 'agent-settings.json': agentSettings } },
    });
    this.liveSyncConfigMap = new kplus.ConfigMap(this, 'LiveSync', { data: script });
    this.workspaceConfigMap = files.size > 0 ? workspaceConfigMap(this, files) : undefined;
    this.found = [...findings, ...largeConfigMaps(this.configMap, guard?.policy, this.workspaceConfigMap)];
    this.stateClaim = settings.state.existingClaim ?? newStateClaim(this, settings);
    useClaim(this, this.stateClaim);
    this.serviceAccount = given.serviceAccount ?? new kplus.ServiceAccount(this, 'ServiceAccount', { automountToken: false });
    const pod = gatewayPod(this, settings, {
      configMap: this.configMap,
      liveSync: this.liveSyncConfigMap,
      keyMounts: keyMounts(this, keys),
      secretNames: [...new Set(keys.map(({ secret }) => secret.name))],
      workspaceData: files,
      workspace: this.workspaceConfigMap,
      stateClaim: this.stateClaim,
      serviceAccount: this.serviceAccount,
      restartsOn: [...Object.values(script), ...filesTexts.map(content => content.toString('base64')), agentSettings ?? '', settings.live ? '' : config, ...guard?.url ? [] : guard?.restartsOn ?? []],
    });
    this.deployment = pod.deployment;
    this.container = pod.container;
    this.initContainer = pod.initContainer;
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
    const network = settings.isolateNetwork ? this.closeNetwork(settings) : undefined;
    this.networkPolicy = network?.policy;
    this.ciliumPolicy = network?.ciliumPolicy;
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

  private closeNetwork({ providers, exposure, ciliumHosts }: Settings): ClosedNetwork {
    const { deployment, guard } = this;
    const network = guard?.deployment
      ? guardedNetwork(this, deployment, guard.deployment, ciliumHosts)
      : closedNetwork(this, deployment, providers, ciliumHosts);
    const { policy } = network;
    for (const peer of exposure?.peers ?? []) policy.addIngressRule(peerOf(policy, peer), [kplus.NetworkPolicyPort.tcp(GATEWAY_PORT)]);
    return network;
  }

  private bind(id: string, { name, source }: SecretFile): MountedKey & BoundSecret {
    return { file: name, ...source._bind(new Construct(this, id), name) };
  }
}
