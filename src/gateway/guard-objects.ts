import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkServiceName, checkSize } from './check-rendered';
import { compactJson } from '../envoy/compact-json';
import { bootstrapFiles, Files, policyFiles } from '../envoy/envoy-files';
import { caller } from '../envoy/filters/caller';
import { CALLER_FILE, CALLER_KEY, GUARD_PORT } from '../guard/guard-layout';
import { GuardSettings } from '../guard/model-guard';
import { closedNetwork } from '../network/closed-network';
import { GATEWAY_CONTAINER } from '../pod/container';
import { guardContainer, GuardParts } from '../pod/guard-container';
import { guardDeployment } from '../pod/guard-pod';
import { MountedKey } from '../pod/key-volumes';
import { patchService } from '../pod/patches';
import { Settings } from '../settings/settings';

/** The objects of a guard. */
export class Guard {
  public readonly policy: kplus.ConfigMap;
  public readonly deployment?: kplus.Deployment;
  public readonly service?: kplus.Service;
  public readonly networkPolicy?: kplus.NetworkPolicy;
  /** The gateway's credential, to be mounted into the gateway. */
  public readonly callerKey?: MountedKey;
  private readonly parts: GuardParts;
  private readonly texts: Files;
  private readonly policyTexts: Files;

  public constructor(scope: Construct, private readonly settings: Settings, private readonly guard: GuardSettings) {
    this.texts = bootstrapFiles(guard);
    this.policyTexts = policyFiles(settings, guard);
    checkSize(settings.path, "the guard's policy", 'name fewer models, or shorten headers and certificateAuthorities', ...Object.values(this.policyTexts));
    this.policy = new kplus.ConfigMap(scope, 'Policy', { data: this.policyTexts });
    const bound = guard.caller?._bind(new Construct(scope, 'Caller'), CALLER_KEY, { key: CALLER_FILE, text: key => compactJson(caller(key)) });
    this.callerKey = bound && { file: CALLER_KEY, ...bound };
    this.parts = {
      bootstrap: new kplus.ConfigMap(scope, 'Bootstrap', { data: this.texts }),
      policy: this.policy,
      keys: settings.providerKeys.map(({ provider, secret, secretKey }) => ({ provider: provider.id, secret, key: secretKey }))
        .sort((a, b) => a.provider < b.provider ? -1 : 1), // another route is not another pod
      callerFile: bound && { secret: bound.secret, key: bound.derivedKey! },
    };
    if (!guard.ownPod) return;
    this.deployment = guardDeployment(scope, guard, this.parts, this.restartsOn);
    const ports = [{ port: GUARD_PORT, targetPort: GUARD_PORT, name: 'guard' }];
    this.service = new kplus.Service(scope, 'Service', { selector: this.deployment, ports });
    checkServiceName(settings.path, this.service.name);
    patchService(this.service);
    this.networkPolicy = settings.isolateNetwork ? closedNetwork(scope, this.deployment, settings.providers, settings.ciliumHosts && []) : undefined;
  }

  /** Where the gateway calls; undefined in its own pod. */
  public get url(): string | undefined {
    return this.service && `http://${this.service.name}:${GUARD_PORT}`;
  }

  /** Texts that only a new pod takes up. */
  public get restartsOn(): string[] {
    return [...Object.values(this.texts), ...this.settings.live ? [] : Object.values(this.policyTexts)];
  }

  /** Runs the guard in the gateway's pod, unless it has its own. */
  public joinPod(deployment: kplus.Deployment): kplus.Container | undefined {
    if (this.guard.ownPod) return undefined;
    deployment.podMetadata.addAnnotation('kubectl.kubernetes.io/default-container', GATEWAY_CONTAINER);
    return deployment.addContainer(guardContainer(deployment, this.guard, this.parts));
  }

  /** Lets the gateway in, and nobody else. */
  public admit(gateway: kplus.Deployment): void {
    if (this.deployment) this.networkPolicy?.addIngressRule(gateway, [kplus.NetworkPolicyPort.tcp(GUARD_PORT)]);
  }
}
