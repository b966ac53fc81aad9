import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkServiceName, checkSize, largeConfigMaps } from './check-rendered';
import { Guard } from './guard-objects';
import { refuseNameClashes } from './name-clashes';
import { summaryOf } from './summary';
import { agentSettingsJson, openclawJson } from '../config/openclaw-json';
import { argumentsOf } from '../input/input-checks';
import { Model } from '../models/provider';
import { closedNetwork, peerOf } from '../network/closed-network';
import { guardedNetwork } from '../network/guarded-network';
import { gatewayPod } from '../pod/gateway-pod';
import { keyMounts, MountedKey } from '../pod/key-volumes';
import { liveSyncScript } from '../pod/live-sync';
import { patchDeployment, patchService, patchStorage, startFirst } from '../pod/patches';
import { Finding } from '../policy/finding';
import { findingsOf, throwOnErrors } from '../policy/findings-of';
import { Preset } from '../presets/preset';
import { ProviderSecret } from '../secrets/provider-secret';
import { checkProps } from '../settings/check-props';
import { useClaim } from '../settings/claims';
import { OpenClawDeploymentProps } from '../settings/gateway-props';
import { GATEWAY_PORT } from '../settings/pod-layout';
import { resolve } from '../settings/resolve-settings';
import { SecretFile, Settings } from '../settings/settings';

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

  /** Where the gateway's token is, for clients inside the cluster; undefined behind a proxy that signs users in. */
  public readonly tokenSecret?: kplus.SecretValue;

  /** The claim on the volume that holds the gateway's state. */
  public readonly stateClaim: kplus.IPersistentVolumeClaim;

  /** The account that the pod runs as. */
  public readonly serviceAccount: kplus.IServiceAccount;

  /** The policy that closes the network, where the preset asks for it. */
  public readonly networkPolicy?: kplus.NetworkPolicy;

  /** The ConfigMap that holds the guard's policy, where there is a guard. */
  public readonly guardPolicy?: kplus.ConfigMap;

  /** The guard's own Deployment, where it has one. */
  public readonly guardDeployment?: kplus.Deployment;

  /** The policy that closes the network of the guard's own Deployment, where the preset asks for it. */
  public readonly guardNetworkPolicy?: kplus.NetworkPolicy;

  /** The notices and the accepted findings. */
  public readonly findings: Finding[];

  private readonly settings: Settings;

  public constructor(scope: Construct, id: string, props: OpenClawDeploymentProps) {
    super(scope, id);
    const given = argumentsOf(props);
    checkProps(this, given);
    refuseNameClashes(this);

    const preset = given.preset ?? Preset.PROD;
    const resolved = resolve(this, given, preset);

    this.findings = findingsOf(resolved, preset._options.noticeRules);
    throwOnErrors(this.node.path, this.findings);

    const guard = resolved.guard && new Guard(new Construct(this, 'Guard'), resolved, resolved.guard);
    const settings = { ...resolved, guardUrl: guard?.url };
    const config = openclawJson(settings);
    const agentSettings = agentSettingsJson(settings);
    checkSize(this.node.path, 'openclaw.json', 'name fewer models, use patterns, or shorten extraConfig', config);

    const script = liveSyncScript();
    const keys = [...this.bindKeys(settings), ...guard?.callerKey ? [guard.callerKey] : []];
    const token = keys.find(({ file }) => file === settings.tokenFile?.name);
    this.tokenSecret = token && { secret: token.secret, key: token.key };
    this.configMap = new kplus.ConfigMap(this, 'Config', {
      data: { 'openclaw.json': config, ...agentSettings && { 'agent-settings.json': agentSettings } },
    });
    this.liveSyncConfigMap = new kplus.ConfigMap(this, 'LiveSync', { data: script });
    this.findings.push(...largeConfigMaps(this.configMap, ...guard ? [guard.policy] : []));
    this.stateClaim = given.stateClaim ?? this.newClaim(settings.storageSize, given.storageClassName);
    useClaim(this, this.stateClaim);
    this.serviceAccount = given.serviceAccount ?? new kplus.ServiceAccount(this, 'ServiceAccount', { automountToken: false });
    this.deployment = gatewayPod(this, settings, {
      configMap: this.configMap,
      liveSync: this.liveSyncConfigMap,
      keyMounts: keyMounts(this, keys),
      secretNames: [...new Set(keys.map(({ secret }) => secret.name))],
      stateClaim: this.stateClaim,
      serviceAccount: this.serviceAccount,
      restartsOn: [...Object.values(script), agentSettings ?? '', settings.live ? '' : config, ...guard?.url ? [] : guard?.restartsOn ?? []],
    });
    const guardContainer = guard?.joinPod(this.deployment);
    guard?.admit(this.deployment);
    patchDeployment(this.deployment);
    if (guardContainer) startFirst(this.deployment, guardContainer);
    this.container = this.deployment.containers[0];
    this.service = new kplus.Service(this, 'Service', {
      selector: this.deployment,
      ports: [{ port: GATEWAY_PORT, targetPort: GATEWAY_PORT, name: 'gateway' }],
    });
    checkServiceName(this.node.path, this.service.name);
    patchService(this.service);
    this.networkPolicy = settings.isolateNetwork ? this.closeNetwork(settings, guard) : undefined;
    this.guardPolicy = guard?.policy;
    this.guardDeployment = guard?.deployment;
    this.guardNetworkPolicy = guard?.networkPolicy;
    this.node.defaultChild = this.deployment;
    this.settings = settings;
  }

  /** The keys of the providers: those of `providerSecrets`, then those that `providerKeys` made. */
  public get providerSecrets(): ProviderSecret[] {
    return this.settings.providerKeys.map(({ construct }) => construct);
  }

  /** The models of the chain as the version and the preset choose them, the primary first. */
  public get models(): Model[] {
    return this.settings.chain.map(({ given: [model] }) => model);
  }

  /** The route, its price, where each key comes from and how it rotates: a text for people. */
  public get summary(): string {
    return summaryOf(this.settings, this.findings);
  }

  private closeNetwork({ providers, exposure, ciliumHosts }: Settings, guard?: Guard): kplus.NetworkPolicy {
    const policy = guard?.deployment
      ? guardedNetwork(this, this.deployment, guard.deployment, ciliumHosts)
      : closedNetwork(this, this.deployment, providers, ciliumHosts);
    for (const peer of exposure?.peers ?? []) policy.addIngressRule(peerOf(policy, peer), [kplus.NetworkPolicyPort.tcp(GATEWAY_PORT)]);
    return policy;
  }

  private newClaim(storage: Size, storageClassName?: string): kplus.PersistentVolumeClaim {
    const claim = new kplus.PersistentVolumeClaim(this, 'State', { accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE], storage, storageClassName });
    patchStorage(claim, storage);
    return claim;
  }

  /** The Secrets of the gateway's own files: with a guard, the providers' keys are the guard's. */
  private bindKeys(settings: Settings): MountedKey[] {
    const bind = (id: string, { name, source }: SecretFile) => ({ file: name, ...source._bind(new Construct(this, id), name) });
    return [
      ...settings.guard ? [] : settings.providerKeys.map(({ name, secret, secretKey }) => ({ file: name, secret, key: secretKey })),
      ...settings.tokenFile ? [bind('Token', settings.tokenFile)] : [],
      ...settings.secretFiles.map(file => bind(`Secret-${file.name}`, file)),
    ];
  }
}
