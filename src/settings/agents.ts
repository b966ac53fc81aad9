import { Duration } from 'cdk8s';
import { AgentOptions, ChannelBinding, MAIN_AGENT } from './agent-options';
import { GatewayDefinition } from './gateway-props';
import { STATE_DIR } from './pod-layout';
import { FallbackChain } from '../models/fallback-chain';
import { MaxPrice } from '../models/max-price';
import { ModelAllowlist } from '../models/model-allowlist';
import { ModelSlots } from '../models/model-slots';
import { Route } from '../models/resolve-models';

/** One agent as the rules and the rendering see it. */
export interface AgentSettings extends Route {
  readonly id: string;
  /** For messages: nothing where the gateway has one agent. */
  readonly ofAgent: string;
  /** The prop that its slots come from. */
  readonly slotsProp: string;
  readonly chainPath: string;
  readonly retries: number;
  /** How long a provider of the chain may stay silent. */
  readonly idleTimeout?: Duration;
  /** Construct path of the allowlist, where one was given. */
  readonly allowlistPath?: string;
  /** What the allowlist lets a model cost. */
  readonly allowlistMaxPrice?: MaxPrice;
  /** How often the agent takes a turn by itself. */
  readonly heartbeatEvery?: Duration;
  readonly bindings: readonly ChannelBinding[];
  readonly isDefault: boolean;
}

/** What an agent is given, the gateway's own props included. */
export interface AgentRequest {
  readonly id: string;
  readonly options: AgentOptions;
  readonly chain: FallbackChain;
  readonly allowlist?: ModelAllowlist;
  readonly slots: ModelSlots;
}

/** The agents of a gateway, `main` first: a gateway that names none has that one. */
export function agentRequests({ agents = {}, chain, allowlist, modelSlots }: GatewayDefinition): AgentRequest[] {
  const { [MAIN_AGENT]: main = {}, ...others } = agents;
  return [
    { id: MAIN_AGENT, options: main, chain, allowlist, slots: { ...modelSlots, ...main.modelSlots } },
    ...Object.entries(others).map(([id, options]) => ({
      id,
      options,
      chain: options.chain ?? chain,
      allowlist: options.allowlist ?? (options.chain ? undefined : allowlist),
      slots: options.modelSlots ?? {},
    })),
  ];
}

export function agentSettings(request: AgentRequest, route: Route, all: readonly AgentRequest[]): AgentSettings {
  const { id, options, chain, allowlist, slots } = request;
  const isMain = id === MAIN_AGENT;
  return {
    ...route,
    id,
    ofAgent: all.length > 1 ? ` of agent '${id}'` : '',
    slotsProp: isMain && !options.modelSlots ? 'modelSlots' : `agents.${id}.modelSlots`,
    chainPath: chain.node.path,
    retries: chain.retries,
    idleTimeout: chain.idleTimeout,
    allowlistPath: allowlist?.node.path,
    allowlistMaxPrice: allowlist?._maxPrice,
    heartbeatEvery: slots.heartbeat?.every,
    bindings: (options.bindings ?? []).map(each => ({ ...each })),
    isDefault: options.default ?? (isMain && !all.some(other => other.options.default)),
  };
}

/** The folder of an agent's workspace. OpenClaw chooses the same ones for a gateway that names none. */
export function workspaceOf(agent: string): string {
  return `${STATE_DIR}/workspace${agent === MAIN_AGENT ? '' : `-${agent}`}`;
}

/** Whether an agent's allowlist permits a model for an answer. */
export function permits({ allowedModels, allowedPatterns }: Route, ref: string): boolean {
  return allowedModels.some(model => model.ref === ref) || allowedPatterns.some(pattern => pattern.matches(ref));
}

/** What an agent may call, in words that are the same for the same models. */
export function permissionsOf({ allowedModels, allowedPatterns }: Route): string[] {
  return [...new Set([...allowedModels.map(model => model.ref), ...allowedPatterns.map(pattern => pattern.patternRef)])];
}

/** Whether some agent may call what another one may not. */
export function haveDifferentModels(agents: readonly AgentSettings[]): boolean {
  return new Set(agents.map(agent => permissionsOf(agent).sort().join(' '))).size > 1;
}
