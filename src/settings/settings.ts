import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GatewayState } from './gateway-state';
import { WorkspacePart } from './workspace';
import { GuardSettings } from '../guard/model-guard';
import { Catalog } from '../models/catalog';
import { Model, ModelPattern, Provider } from '../models/provider';
import { ModelFacts, SlotModels } from '../models/resolve-models';
import { GatewayExposure } from '../network/gateway-exposure';
import { Features } from '../release/features';
import { GatewayAuth } from '../secrets/gateway-auth';
import { ProviderSecret } from '../secrets/provider-secret';
import { SecretSource } from '../secrets/secret-source';

/** A file that the pod gets from a Secret. */
export interface SecretFile {
  /** The file's name, and the name in SecretRefs: `ANTHROPIC_API_KEY`. */
  readonly name: string;
  readonly source: SecretSource;
  /** The namespace of the Secret, where it is known. */
  readonly namespace?: string;
  /** Which prop asks for it, for messages. */
  readonly prop: string;
}

/** A provider's key. */
export interface ProviderKey extends SecretFile {
  readonly construct: ProviderSecret;
  readonly provider: Provider;
  /** The Secret that holds it, and under which key. */
  readonly secret: kplus.ISecret;
  readonly secretKey: string;
  /** Construct path of the ProviderSecret. */
  readonly path: string;
  /** The identities of its value: where it comes from, and where it is kept. */
  readonly identities: string[];
}

/** Everything that decides about one gateway: the input of each rule and of the rendering. */
export interface Settings {
  /** Construct path of the gateway. */
  readonly path: string;
  readonly namespace?: string;
  readonly release: string;
  readonly features: Features;
  readonly catalog: Catalog;
  readonly presetName: string;
  readonly chainPath: string;
  readonly retries: number;
  /** How long a provider of the chain may stay silent. */
  readonly idleTimeout?: Duration;
  /** The chain's models in order, the primary first. */
  readonly chain: ModelFacts[];
  /** Providers of the chain that have no model of the tier asked for. */
  readonly withoutTier: { readonly provider: Provider; readonly tier: string }[];
  /** Construct path of the allowlist, where one was given. */
  readonly allowlistPath?: string;
  readonly allowedModels: ModelFacts[];
  readonly allowedPatterns: ModelPattern[];
  /** The model of each slot that is filled. */
  readonly slotModels: SlotModels;
  /** How often the gateway takes a turn by itself. */
  readonly heartbeatEvery?: Duration;
  /** Models that memory search may use where an allowlist says so. */
  readonly allowedEmbeddings: Model[];
  /** The chain's models, the allowed ones and those of the slots that answer, each once. */
  readonly namedModels: ModelFacts[];
  /** Every model that is rendered: the chain's, the allowed ones and the catalog's rows that a pattern covers. */
  readonly models: ModelFacts[];
  /** Every provider that the chain, the allowlist or a slot names, as often as it is named in different ways. */
  readonly providers: Provider[];
  readonly providerKeys: ProviderKey[];
  readonly auth: GatewayAuth;
  readonly exposure?: GatewayExposure;
  /** Who stands between the gateway and its providers, if anyone does. */
  readonly guard?: GuardSettings;
  /** Where the guard is reached. @default - in the same pod */
  readonly guardUrl?: string;
  /** The gateway's credential at its guard. */
  readonly callerFile?: SecretFile;
  readonly tokenFile?: SecretFile;
  readonly secretFiles: SecretFile[];
  readonly plugins: string[];
  readonly httpApi: boolean;
  /** Files for the agents' workspaces. */
  readonly workspace: readonly WorkspacePart[];
  readonly extraConfig: unknown;
  readonly envVariables: { readonly [name: string]: kplus.EnvValue };
  readonly image: string;
  /** The credentials with which images are pulled. */
  readonly dockerRegistryAuth?: kplus.ISecret;
  readonly resources: kplus.ContainerResources;
  readonly state: GatewayState;
  /** Of a new claim. */
  readonly storageSize: Size;
  /** Whether changes reach the running gateway. */
  readonly live: boolean;
  readonly isolateNetwork: boolean;
  /** Whether the cluster assigns the user and the group of the pods. */
  readonly clusterAssignsUser: boolean;
  /** Hosts besides those of the providers, where Cilium enforces network policies. */
  readonly ciliumHosts?: string[];
  /** Objects of the caller's that the pod refers to by name, and their namespaces. */
  readonly references: { readonly prop: string; readonly namespace?: string }[];
  /** Construct path of another gateway that keeps its state in the same claim. */
  readonly claimSharedWith?: string;
  readonly acknowledge: { readonly [rule: string]: unknown };
}

/** Every file that the pod gets from a Secret, those of the providers first. */
export function filesOf({ providerKeys, tokenFile, callerFile, secretFiles }: Settings): SecretFile[] {
  return [...providerKeys, ...(tokenFile ? [tokenFile] : []), ...(callerFile ? [callerFile] : []), ...secretFiles];
}
