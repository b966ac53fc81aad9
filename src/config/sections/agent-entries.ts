import { closedSection } from './closed';
import { readersSection, routeSection, sharedModels } from './route';
import { slotSettings, slotsSection } from './slots';
import { AgentSettings, haveDifferentModels, workspaceOf } from '../../settings/agents';
import { Settings } from '../../settings/settings';

/** Tools that take any model of the gateway, also one that only another agent may call. */
const TOOLS_WITH_ANY_MODEL = ['pdf', 'view_image'];

/** What all agents have in common, and each agent for itself where the caller names them. */
export function agentsSection(settings: Settings, closed: ReturnType<typeof closedSection>): object {
  const { agents, features, namesAgents } = settings;
  const route = routeSection(settings, agents[0]);
  const defaults = { ...closed.agents.defaults, ...route, ...sharedModels(settings, route.models), ...readersSection(settings) };
  if (!namesAgents) return { defaults };
  if (!features.agentEntries) {
    return { defaults, list: agents.map(agent => ({ id: agent.id, ...agent.isDefault && { default: true }, ...listed(settings, agent) })) };
  }
  return {
    ownership: 'explicit', // several agents are refused without a word on who owns what
    defaults: { ...defaults, systemAgent: { agentId: agents.find(agent => agent.isDefault)!.id } },
    entries: Object.fromEntries(agents.map(agent => [agent.id, entry(settings, agent)])),
  };
}

/** Which messages go to which agent. */
export function bindingsSection({ agents }: Settings): object {
  const bindings = agents.flatMap(({ id, bindings: each }) => each.map(match => ({ agentId: id, match })));
  return bindings.length > 0 ? { bindings } : {};
}

function entry(settings: Settings, agent: AgentSettings): object {
  return {
    workspace: workspaceOf(agent.id),
    ...routeSection(settings, agent),
    ...slotSettings(settings, agent),
    memory: { search: slotsSection(agent).memorySearch },
    ...haveDifferentModels(settings.agents) && { tools: { deny: TOOLS_WITH_ANY_MODEL } },
  };
}

/** Versions with a list of agents have one allowlist, that of the defaults. */
function listed(settings: Settings, agent: AgentSettings): object {
  return { workspace: workspaceOf(agent.id), model: routeSection(settings, agent).model, ...slotSettings(settings, agent) };
}
