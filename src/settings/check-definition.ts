import { Backup } from './backup';
import { checkAgents } from './check-agents';
import { GatewayDefinition } from './gateway-props';
import { GatewayState } from './gateway-state';
import { Workspace } from './workspace';
import { InputChecks } from '../input/input-checks';
import { ProviderKeys } from '../keys/provider-keys';
import { FallbackChain } from '../models/fallback-chain';
import { ModelAllowlist } from '../models/model-allowlist';
import { Preset } from '../presets/preset';
import { OpenClawVersion, VERSION_REMEDY } from '../release/openclaw-version';
import { GatewayAuth } from '../secrets/gateway-auth';

/** The props of a gateway that a fleet has too. */
export const DEFINITION = {
  version: true,
  chain: true,
  auth: true,
  providerKeys: true,
  exposure: true,
  ciliumEgress: true,
  allowlist: true,
  modelSlots: true,
  agents: true,
  preset: true,
  delivery: true,
  guard: true,
  monitoring: true,
  secrets: true,
  toolSecrets: true,
  plugins: true,
  pluginPackages: true,
  httpApi: true,
  workspace: true,
  acknowledge: true,
  extraConfig: true,
  state: true,
  backup: true,
  resources: true,
  image: true,
  dockerRegistryAuth: true,
  envVariables: true,
} as const;

/** Reports props of the wrong type that a fleet reads itself before it makes its gateways, which check the others. */
export function checkDefinition(check: InputChecks, props: GatewayDefinition): InputChecks {
  const optional = (value: unknown, type: Function) => value === undefined || value instanceof type;
  return checkAgents(check, props.agents, props)
    .that(props.version instanceof OpenClawVersion, 'version', 'an OpenClawVersion', props.version, VERSION_REMEDY)
    .that(props.chain instanceof FallbackChain, 'chain', 'a FallbackChain', props.chain, 'use new FallbackChain(…) or FallbackChain.fromProviders(…)')
    .that(props.auth instanceof GatewayAuth, 'auth', 'a GatewayAuth', props.auth, 'use GatewayAuth.token(…) or GatewayAuth.trustedProxy(…)')
    .that(optional(props.providerKeys, ProviderKeys), 'providerKeys', 'ProviderKeys', props.providerKeys,
      'use ProviderKeys.fromSecretName(…) or ProviderKeys.fromStore(…)')
    .that(optional(props.allowlist, ModelAllowlist), 'allowlist', 'a ModelAllowlist', props.allowlist, 'use new ModelAllowlist(…)')
    .that(optional(props.preset, Preset), 'preset', 'a Preset', props.preset, 'use Preset.PROD or Preset.DEV')
    .that(optional(props.workspace, Workspace), 'workspace', 'a Workspace', props.workspace, 'use Workspace.fromFiles(…), .fromFolder(…) or .fromConfigMap(…)')
    .that(optional(props.state, GatewayState), 'state', 'a GatewayState', props.state, 'use GatewayState.claim(…) or GatewayState.existing(…)')
    .that(optional(props.backup, Backup), 'backup', 'a Backup', props.backup, 'use Backup.schedule(…)')
    .refuse(isSameClaim(props), 'the claim of backup is that of state, so archives would be lost with it; give another one, or leave it out');
}

function isSameClaim({ backup, state }: GatewayDefinition): boolean {
  const archives = backup instanceof Backup ? backup._settings.claim : undefined;
  return archives !== undefined && state instanceof GatewayState && state.existingClaim?.name === archives.name;
}
