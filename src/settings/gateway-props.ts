import * as kplus from 'cdk8s-plus-28';
import { AgentOptions } from './agent-options';
import { Backup } from './backup';
import { GatewayState } from './gateway-state';
import { PluginPackage } from './plugin-package';
import { Workspace } from './workspace';
import { ModelGuard } from '../guard/model-guard';
import { ContainerResources } from '../input/container-resources';
import { ProviderKeys } from '../keys/provider-keys';
import { ProviderSecret } from '../keys/provider-secret';
import { FallbackChain } from '../models/fallback-chain';
import { ModelAllowlist } from '../models/model-allowlist';
import { ModelSlots } from '../models/model-slots';
import { Monitoring } from '../monitoring/monitoring';
import { CiliumEgress } from '../network/cilium-egress';
import { GatewayExposure } from '../network/gateway-exposure';
import { Delivery } from '../presets/delivery';
import { Preset } from '../presets/preset';
import { OpenClawVersion } from '../release/openclaw-version';
import { GatewayAuth } from '../secrets/gateway-auth';
import { SecretSource } from '../secrets/secret-source';

/** What any number of gateways may have in common: which models they may use, in which order, and how they run. */
export interface GatewayDefinition {
  /** The version of OpenClaw. It decides which configuration is rendered, and which image runs unless `image` is given. */
  readonly version: OpenClawVersion;

  /** The model that answers, and those that take over. */
  readonly chain: FallbackChain;

  /** How clients sign in. */
  readonly auth: GatewayAuth;

  /**
   * Where the keys of all providers are that the chain, the allowlist and the slots name. The gateway makes a ProviderSecret for each one that needs a key,
   * as its child `Key-<provider>`; a Fleet makes it as the child `<provider>` of the tenant's chart.
   * @default - only the keys of `providerSecrets`
   */
  readonly providerKeys?: ProviderKeys;

  /**
   * How people outside the cluster reach the gateway and its Control UI.
   * @default - not at all, but by kubectl port-forward
   */
  readonly exposure?: GatewayExposure;

  /**
   * The hosts that the pods reach by name, besides those of their providers, where Cilium enforces network policies and the preset closes the
   * network.
   * @default - what may reach providers reaches every public address, on port 443 and the providers' ports
   */
  readonly ciliumEgress?: CiliumEgress;

  /**
   * The models that may be called, also with `/model`.
   * @default - Preset.PROD: exactly the chain; Preset.DEV: every model of the chain's providers
   */
  readonly allowlist?: ModelAllowlist;

  /**
   * Models for what the gateway does besides answering: images, PDF files, titles, heartbeats, memory. An `allowlist` must permit them.
   * @default - all closed; images and PDF files are read by the chain's models
   */
  readonly modelSlots?: ModelSlots;

  /**
   * The agents of the gateway, by id. Each may have a chain and an allowlist of its own, and channels that it answers. `chain`, `allowlist` and `modelSlots`
   * of the gateway are those of the agent `main`, which is always there.
   * @default - `main` alone
   *
   * @see https://docs.openclaw.ai/concepts/multi-agent
   */
  readonly agents?: { [id: string]: AgentOptions };

  /**
   * The kind of environment: it decides every default below.
   * @default Preset.PROD
   */
  readonly preset?: Preset;

  /**
   * How a changed route or key reaches the running gateway.
   * @default - as the preset says: Delivery.LIVE
   */
  readonly delivery?: Delivery;

  /**
   * Who holds the providers' keys and decides which models may be called: the gateway, or an Envoy between it and its providers.
   * @default - as the preset says: `Preset.PROD` ModelGuard.sidecar(), `Preset.DEV` ModelGuard.none()
   */
  readonly guard?: ModelGuard;

  /**
   * Metrics, alerts and a dashboard of what the models do and cost. It needs a model guard, which counts.
   * @default - none
   */
  readonly monitoring?: Monitoring;

  /**
   * Secrets other than the providers' keys, by name. `extraConfig` refers to one as
   * `{ source: 'file', provider: 'keys', id: '/<name>' }`, or by `SecretText.of('<name>')` where OpenClaw takes plain text only.
   * @default - none
   */
  readonly secrets?: { [name: string]: SecretSource };

  /**
   * The names of `secrets` that the agent's own tools may read: each is a file `/run/openclaw/tools/<name>` in the gateway's container, with the value and no
   * line break at its end. A new value is in the file without a restart.
   * @default - none
   */
  readonly toolSecrets?: string[];

  /**
   * Plugins bundled with OpenClaw that are switched on (channels are plugins), for example `['telegram']`. All others stay off.
   * @default - none
   */
  readonly plugins?: string[];

  /**
   * Plugins that OpenClaw does not bundle, from npm packages: most channels, further providers and tools. An init container (`install-plugins`) installs them
   * into the state, once; later starts need no registry. They are switched on as those of `plugins` are.
   * @default - none
   *
   * @see docs/plugins.md
   */
  readonly pluginPackages?: PluginPackage[];

  /**
   * Whether the gateway serves the OpenAI-compatible endpoints `/v1/chat/completions` and `/v1/responses`.
   * @default false
   */
  readonly httpApi?: boolean;

  /**
   * Files for the workspaces of the agents: instructions and skills.
   * @default - none; OpenClaw makes its own
   */
  readonly workspace?: Workspace;

  /**
   * Rules whose findings are accepted, with the reason: `{ 'chain-single-provider': 'only one contract so far' }`.
   * @default - none
   */
  readonly acknowledge?: { [ruleId: string]: string };

  /**
   * Further settings of `openclaw.json`, merged into what is rendered. Settings that a prop governs, and unknown ones, are refused.
   * @default - none
   *
   * @see https://docs.openclaw.ai/gateway/configuration-reference
   */
  readonly extraConfig?: { [key: string]: any };

  /**
   * Where the gateway keeps its state. In a fleet each tenant gets a new claim, since two gateways on one state destroy it.
   * @default GatewayState.claim()
   */
  readonly state?: GatewayState;

  /**
   * Archives of the state, made while the gateway runs. Needs OpenClaw 2026.8.1 or newer.
   * @default - none
   *
   * @see docs/operations.md
   */
  readonly backup?: Backup;

  /**
   * What the gateway's container requests and may use.
   * @default - as the preset says
   */
  readonly resources?: ContainerResources;

  /**
   * The image, for example from a registry of your own. It must contain the OpenClaw of `version`.
   * @default - ghcr.io/openclaw/openclaw:<version>-slim
   */
  readonly image?: string;

  /**
   * A Secret with the credentials of the registries, of type `kubernetes.io/dockerconfigjson`: the pods of the gateway and of its guard pull their images with it.
   * Kubernetes then ignores the pull secrets of the service account. In a fleet it names a Secret of each tenant's namespace:
   * `kplus.Secret.fromSecretName(app, 'Registry', 'registry')`.
   * @default - none: what the service account and the nodes have
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly dockerRegistryAuth?: kplus.ISecret;

  /**
   * Further environment variables of the gateway's container: texts, or an `EnvValue` of any cdk8s-plus. Keys and tokens are refused.
   * @default - none
   */
  readonly envVariables?: { [name: string]: any };
}

/** A gateway: which models it may use, in which order, with whose keys. */
export interface OpenClawDeploymentProps extends GatewayDefinition {
  /**
   * Keys of single providers. They win over `providerKeys` for their provider.
   * @default - only the keys of `providerKeys`
   */
  readonly providerSecrets?: ProviderSecret[];

  /**
   * The account that the pod runs as. Its token is never mounted.
   * @default - a new one
   */
  readonly serviceAccount?: kplus.IServiceAccount;
}
