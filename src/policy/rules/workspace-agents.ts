import { nearest } from '../../input/nearest';
import { isMap } from '../../input/values';
import { workspaceOf } from '../../settings/agents';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

export const workspaceAgentUnknown: Rule = {
  id: 'workspace-agent-unknown',
  kind: 'safety',
  check: settings => {
    const known = [...settings.agents, ...agentsOf(settings)].map(({ id }) => id);
    return agentsIn(settings).filter(agent => !known.includes(agent)).map(agent => {
      const [near] = nearest(agent, known);
      return `workspace has files for agent '${agent}', which the gateway does not have; ${near ? `did you mean '${near}'?` : `it has ${[...new Set(known)].join(', ')}`}`;
    });
  },
};

export const workspaceElsewhere: Rule = {
  id: 'workspace-elsewhere',
  kind: 'safety',
  check: settings => {
    const { defaults } = sectionOf(settings);
    const moved = [
      ...agentsOf(settings).filter(({ workspace }) => workspace !== undefined).map(({ id, path, workspace }) => ({ id, path: `${path}.workspace`, workspace })),
      ...isMap(defaults) && defaults.workspace !== undefined ? agentsIn(settings).map(id => ({ id, path: 'agents.defaults.workspace', workspace: defaults.workspace })) : [],
    ];
    return moved.filter(({ id, workspace }) => agentsIn(settings).includes(id) && workspace !== workspaceOf(id)).map(({ id, path }) =>
      `workspace has files for agent '${id}', and ${path} of extraConfig moves its workspace; leave that setting out, so that it is at '${workspaceOf(id)}'`);
  },
};

/** The agents for which there are files. */
function agentsIn({ workspace }: Settings): string[] {
  return [...new Set(workspace.map(({ agent }) => agent))];
}

function sectionOf({ extraConfig }: Settings): { readonly [key: string]: unknown } {
  const { agents } = isMap(extraConfig) ? extraConfig : {};
  return isMap(agents) ? agents : {};
}

function agentsOf(settings: Settings): { readonly id: string; readonly path: string; readonly workspace: unknown }[] {
  const { entries, list } = sectionOf(settings);
  const workspaceIn = (agent: unknown) => isMap(agent) ? agent.workspace : undefined;
  return [
    ...Object.entries(isMap(entries) ? entries : {}).map(([id, agent]) => ({ id, path: `agents.entries.${id}`, workspace: workspaceIn(agent) })),
    ...(Array.isArray(list) ? list : []).map((agent, i) => ({ id: String(isMap(agent) ? agent.id : ''), path: `agents.list.${i}`, workspace: workspaceIn(agent) })),
  ];
}
