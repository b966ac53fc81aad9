import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { AgentSettings } from './agents';
import { BackupSettings } from './backup';
import { GatewayState } from './gateway-state';
import { InstalledPackage } from './resolve-packages';
import { WorkspacePart } from './workspace';
import { GuardSettings } from '../guard/model-guard';
import { ProviderSecret } from '../keys/provider-secret';
import { Catalog } from '../models/catalog';
import { MaxPrice } from '../models/max-price';
import { Provider } from '../models/provider';
import { ModelFacts } from '../models/resolve-models';
import { MonitoringSettings } from '../monitoring/monitoring';
import { GatewayExposure } from '../network/gateway-exposure';
import { Features } from '../release/features';
import { GatewayAuth } from '../secrets/gateway-auth';
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

/** What calls of a provider carry, and what a guard keeps from the gateway. */
export interface ProviderCredential extends SecretFile {
  readonly provider: Provider;
  /** For messages: `the key of provider 'openai'`. */
  readonly what: string;
  /** The Secret that holds it, and under which key. */
  readonly secret: kplus.ISecret;
  readonly secretKey: string;
  /** The identities of its value: where it comes from, and where it is kept. */
  readonly identities: string[];
}

/** A provider's key. */
export interface ProviderKey extends ProviderCredential {
  readonly construct: ProviderSecret;
  /** Construct path of the ProviderSecret. */
  readonly path: string;
}

/** A further key of a provider that has several. */
export interface AdditionalKey extends ProviderCredential {
  /** Its number among the keys of its provider, from 2 on. */
  readonly position: number;
}

/** A header of a provider whose value is a secret. */
export interface ProviderHeader extends ProviderCredential {
  /** Whether `Bearer ` stands before the value. */
  readonly bearer: boolean;
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
  /** What the preset lets a model cost. */
  readonly presetMaxPrice?: MaxPrice;
  /** The agents, `main` first. */
  readonly agents: readonly [AgentSettings, ...AgentSettings[]];
  /** Whether the caller names agents; else there is `main` alone. */
  readonly namesAgents: boolean;
  /** The models of the chains, the allowed ones and those of the slots that answer, each once. */
  readonly namedModels: ModelFacts[];
  /** Every model that is rendered: those of the chains, the allowed ones and the catalog's rows that a pattern covers. */
  readonly models: ModelFacts[];
  /** Every provider that a chain, an allowlist or a slot names, as often as it is named in different ways. */
  readonly providers: Provider[];
  readonly providerKeys: ProviderKey[];
  /** The keys after the first of each provider, by position. */
  readonly additionalKeys: AdditionalKey[];
  /** Of the providers whose requests a guard signs; their `providerKeys` are the secret access keys. */
  readonly accessKeyIds: ProviderCredential[];
  readonly providerHeaders: ProviderHeader[];
  readonly auth: GatewayAuth;
  readonly exposure?: GatewayExposure;
  /** Who stands between the gateway and its providers, if anyone does. */
  readonly guard?: GuardSettings;
  readonly monitoring?: MonitoringSettings;
  /** Where the guard is reached. @default - in the same pod */
  readonly guardUrl?: string;
  /** The gateway's credential at its guard. */
  readonly callerFile?: SecretFile;
  readonly tokenFile?: SecretFile;
  readonly secretFiles: SecretFile[];
  /** The names of those that the agent's own tools may read. */
  readonly toolSecrets: string[];
  /** The plugins that are on: the bundled ones that are named, and those of `packages`. */
  readonly plugins: string[];
  /** The plugins that come from npm packages. */
  readonly packages: readonly InstalledPackage[];
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
  /** When the state is copied, and where to. */
  readonly backup?: BackupSettings;
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

/** The keys and the secret headers of the providers. */
export function credentialsOf({ providerKeys, additionalKeys, accessKeyIds, providerHeaders }: Settings): ProviderCredential[] {
  return [...providerKeys, ...additionalKeys, ...accessKeyIds, ...providerHeaders];
}

/** Those that a gateway without a guard uses: OpenClaw reads one key of a provider. */
export function credentialsOfGateway({ guard, providerKeys, providerHeaders }: Settings): ProviderCredential[] {
  return guard ? [] : [...providerKeys, ...providerHeaders];
}

/** Every file that the pod gets from a Secret, those of the providers first. */
export function filesOf(settings: Settings): SecretFile[] {
  const { tokenFile, callerFile, secretFiles } = settings;
  return [...credentialsOf(settings), ...(tokenFile ? [tokenFile] : []), ...(callerFile ? [callerFile] : []), ...secretFiles];
}
