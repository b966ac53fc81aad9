import { Construct } from 'constructs';
import { agentRequests, AgentSettings, agentSettings } from './agents';
import { claimSharedWith } from './claims';
import { OpenClawDeploymentProps } from './gateway-props';
import { GatewayState } from './gateway-state';
import { accessKeyIdsOf, additionalKeysOf, providerHeadersOf, providerKeysOf } from './provider-secrets';
import { resolvePackages } from './resolve-packages';
import { SecretFile, Settings } from './settings';
import { CALLER_KEY } from '../guard/guard-layout';
import { chartOf } from '../input/chart-of';
import { resourcesOf } from '../input/container-resources';
import { variablesOf } from '../input/env-variables';
import { namespaceOf } from '../input/kplus-shapes';
import { plainJson } from '../input/plain-json';
import { sizeOf } from '../input/sizes';
import { Catalog } from '../models/catalog';
import { resolveModels } from '../models/resolve-models';
import { Delivery } from '../presets/delivery';
import { Preset } from '../presets/preset';
import { SecretSource } from '../secrets/secret-source';

/** The key under which the pod finds the gateway's token. */
const TOKEN_NAME = 'OPENCLAW_GATEWAY_TOKEN';

/** Everything that decides about a gateway, from its props and their defaults. */
export function resolve(scope: Construct, props: OpenClawDeploymentProps, preset: Preset): Settings {
  const { version, auth, exposure } = props;
  const catalog = Catalog.of(version.version);
  const { tier, permitAllModels } = preset._options;
  const guard = props.guard ?? preset._options.guard;
  const state = props.state ?? GatewayState.claim();
  const claim = state.existingClaim;
  const workspace = props.workspace?._parts ?? [];
  const packages = resolvePackages(props.pluginPackages ?? [], catalog, version.version);
  const requests = agentRequests(props);
  const { routes, ...models } = resolveModels(requests, catalog, tier, permitAllModels);
  const providerKeys = providerKeysOf(scope, props, models.providers);
  return {
    path: scope.node.path,
    namespace: chartOf(scope)?.namespace,
    release: version.version,
    features: version._features,
    catalog,
    presetName: preset.name,
    presetMaxPrice: preset._options.maxPrice,
    agents: requests.map((request, i) => agentSettings(request, routes[i], requests)) as [AgentSettings, ...AgentSettings[]],
    namesAgents: Object.keys(props.agents ?? {}).length > 0,
    ...models,
    providerKeys,
    additionalKeys: additionalKeysOf(providerKeys),
    accessKeyIds: accessKeyIdsOf(providerKeys),
    providerHeaders: providerHeadersOf(scope, models.providers),
    auth,
    exposure: exposure && { ...exposure, origins: [...new Set(exposure.origins)] },
    tokenFile: auth._token && fileOf(TOKEN_NAME, auth._token, 'the token of auth'),
    guard: guard?._settings,
    monitoring: props.monitoring?._settings,
    callerFile: guard?._settings?.caller && fileOf(CALLER_KEY, guard._settings.caller, 'the caller of guard'),
    secretFiles: Object.entries(props.secrets ?? {}).map(([name, source]) => fileOf(name, source, `secrets['${name}']`)),
    toolSecrets: [...new Set(props.toolSecrets)],
    plugins: [...new Set([...props.plugins ?? [], ...packages.map(({ id }) => id)])],
    packages,
    httpApi: props.httpApi ?? false,
    workspace,
    extraConfig: copyOf(props.extraConfig),
    envVariables: variablesOf(props.envVariables),
    image: props.image ?? version.image,
    dockerRegistryAuth: props.dockerRegistryAuth,
    resources: resourcesOf(props.resources ?? preset._options.resources),
    state,
    backup: props.backup?._settings,
    storageSize: state._size ?? sizeOf(preset._options.storageSize)!,
    live: (props.delivery ?? preset._options.delivery) === Delivery.LIVE,
    isolateNetwork: preset._options.isolateNetwork,
    clusterAssignsUser: preset._options.clusterAssignsUser,
    ciliumHosts: props.ciliumEgress && [...props.ciliumEgress.hosts ?? []],
    references: [
      ...Object.entries({ 'the claim of state': claim, 'serviceAccount': props.serviceAccount, 'dockerRegistryAuth': props.dockerRegistryAuth }),
      ...workspace.map(({ configMap }) => ['the ConfigMap of workspace', configMap] as const),
      ['the claim of backup', props.backup?._settings.claim] as const,
      ['the Secret of backup.upload', props.backup?._settings.upload?.secret] as const,
    ].flatMap(([prop, resource]) => resource ? { prop, namespace: namespaceOf(resource) } : []),
    claimSharedWith: claim && claimSharedWith(scope, claim),
    acknowledge: { ...props.acknowledge },
  };
}

function fileOf(name: string, source: SecretSource, prop: string): SecretFile {
  return { name, source, prop, namespace: source._namespace };
}

/** A copy, so that what is checked is what is rendered; what no JSON can hold is left for the check to report. */
function copyOf(extraConfig: unknown): unknown {
  const { json, faults } = plainJson(extraConfig);
  return faults.length > 0 ? extraConfig : json;
}
