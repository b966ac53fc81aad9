import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkServiceName, checkSize } from './check-rendered';
import { GatewayGuard } from './gateway-guard';
import { compactJson } from '../envoy/compact-json';
import { bootstrapFiles, Files, policyFiles } from '../envoy/envoy-files';
import { caller } from '../envoy/filters/caller';
import { awsFolderOf, CALLER_FILE, CALLER_KEY, GUARD_PORT, keyFolderOf } from '../guard/guard-layout';
import { GuardSettings } from '../guard/model-guard';
import { closedNetwork } from '../network/closed-network';
import { GATEWAY_CONTAINER } from '../pod/container';
import { guardContainer, GuardedKey, GuardParts } from '../pod/guard-container';
import { guardPod } from '../pod/guard-pod';
import { MountedKey } from '../pod/key-volumes';
import { patchService } from '../pod/patches';
import { newLedgerClaim } from '../pod/state-claim';
import { RenderedSecret } from '../secrets/rendered-secret';
import { renderedOf } from '../secrets/secret-strategies';
import { ProviderCredential, Settings } from '../settings/settings';

/** Another route is not another pod. */
const byFolder = (a: { readonly folder: string }, b: { readonly folder: string }) => a.folder < b.folder ? -1 : 1;

function guardedKey(folder: string, { secret, secretKey, source }: ProviderCredential): GuardedKey {
  return { folder, secret, key: secretKey, optional: source._isOptional };
}

/** Makes the objects of a guard. */
export class Guard {
  /** Where the gateway calls; undefined in its own pod. */
  public readonly url?: string;
  /** The gateway's credential, to be mounted into the gateway. */
  public readonly callerKey?: MountedKey;
  public readonly policy: kplus.ConfigMap;
  /** What is rendered for pods of its own. */
  private readonly own?: Omit<GatewayGuard, 'policy' | 'bootstrap' | 'ledgerClaim' | 'caller'>;
  private readonly bootstrap: kplus.ConfigMap;
  private readonly caller?: RenderedSecret;
  private readonly ledger?: kplus.PersistentVolumeClaim;
  private readonly parts: GuardParts;
  private readonly texts: Files;
  private readonly policyTexts: Files;

  public constructor(scope: Construct, private readonly settings: Settings, private readonly guard: GuardSettings) {
    this.texts = bootstrapFiles(settings, guard);
    this.policyTexts = policyFiles(settings, guard);
    checkSize(settings.path, "the guard's policy", 'name fewer models, or shorten headers and certificateAuthorities', ...Object.values(this.policyTexts));
    this.policy = new kplus.ConfigMap(scope, 'Policy', { data: this.policyTexts });
    const bound = guard.caller?._bind(new Construct(scope, 'Caller'), CALLER_KEY, { key: CALLER_FILE, text: key => compactJson(caller(key)) });
    this.caller = bound && renderedOf(bound);
    this.callerKey = bound && { file: CALLER_KEY, secret: bound.secret, key: bound.key };
    this.bootstrap = new kplus.ConfigMap(scope, 'Bootstrap', { data: this.texts });
    this.ledger = guard.budgets.length > 0 ? newLedgerClaim(scope, settings) : undefined;
    this.parts = {
      ledger: this.ledger,
      bootstrap: this.bootstrap,
      policy: this.policy,
      keys: [
        ...settings.providerKeys.map(each => guardedKey(each.construct.accessKeyId ? awsFolderOf(each.provider.id, 'secret') : keyFolderOf(each.provider.id, 1), each)).sort(byFolder),
        ...settings.additionalKeys.map(each => guardedKey(keyFolderOf(each.provider.id, each.position), each)).sort(byFolder),
        ...settings.accessKeyIds.map(each => guardedKey(awsFolderOf(each.provider.id, 'id'), each)).sort(byFolder),
        ...settings.providerHeaders.map(each => guardedKey(each.name, each)).sort(byFolder),
      ],
      callerFile: bound && { secret: bound.secret, key: bound.derivedKey! },
    };
    if (!guard.ownPod) return;
    const pod = guardPod(scope, settings, guard, this.parts, this.restartsOn);
    const ports = [{ port: GUARD_PORT, targetPort: GUARD_PORT, name: 'guard' }];
    const service = new kplus.Service(scope, 'Service', { selector: pod.deployment, ports });
    checkServiceName(settings.path, service.name);
    patchService(service);
    const network = settings.isolateNetwork ? closedNetwork(scope, pod.deployment, settings.providers, settings.ciliumHosts && []) : undefined;
    this.own = { ...pod, service, networkPolicy: network?.policy, ciliumPolicy: network?.ciliumPolicy };
    this.url = `http://${service.name}:${GUARD_PORT}`;
  }

  /** Texts that only a new pod takes up. */
  public get restartsOn(): string[] {
    return [...Object.values(this.texts), ...this.settings.live ? [] : Object.values(this.policyTexts)];
  }

  /** Runs the guard in the gateway's pod, or lets the gateway into the guard's own pods, and nobody else. */
  public join(gateway: kplus.Deployment): GatewayGuard {
    const { policy, bootstrap, ledger: ledgerClaim, caller: credential } = this;
    this.own?.networkPolicy?.addIngressRule(gateway, [kplus.NetworkPolicyPort.tcp(GUARD_PORT)]);
    return { ...this.own ?? { container: this.addTo(gateway) }, policy, bootstrap, ledgerClaim, caller: credential };
  }

  private addTo(gateway: kplus.Deployment): kplus.Container {
    gateway.podMetadata.addAnnotation('kubectl.kubernetes.io/default-container', GATEWAY_CONTAINER);
    return gateway.addContainer(guardContainer(gateway, this.settings, this.guard, this.parts));
  }
}
