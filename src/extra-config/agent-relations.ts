import { SchemaFault } from './against-schema';
import { sectionAt, settingsAt } from './find-settings';
import { ConfigPath } from '../input/config-path';
import { nearest } from '../input/nearest';
import { isMap } from '../input/values';

/** The agent of a gateway that names none. */
const MAIN = 'main';

interface Agent {
  readonly id: string;
  readonly path: ConfigPath;
  readonly isDefault: boolean;
}

/** What settings say about agents and other settings contradict. */
export function agentFaults(config: object): SchemaFault[] {
  const agents = agentsOf(config);
  return [...rosterFaults(agents, config), ...referenceFaults(agents, config)];
}

function agentsOf(config: object): Agent[] {
  const of = (id: unknown, path: ConfigPath, value: unknown): Agent => ({ id: String(id), path, isDefault: isMap(value) && value.default === true });
  return [
    ...settingsAt(config, 'agents.entries.*').map(({ path, value }) => of(path[2], path, value)),
    ...settingsAt(config, 'agents.list.*').filter(({ value }) => isMap(value)).map(({ path, value }) => of((value as { id?: unknown }).id, path, value)),
  ];
}

function rosterFaults(agents: readonly Agent[], config: object): SchemaFault[] {
  const defaults = agents.filter(({ isDefault }) => isDefault);
  const explicit = sectionAt(config, 'agents').ownership === 'explicit';
  const ownership: ConfigPath = ['agents', 'ownership'];
  return [
    ...defaults.slice(1).map(({ path }) => ({ path: [...path, 'default'], what: `makes a second default agent; '${defaults[0].id}' is one already, remove it from one of them` })),
    ...explicit ? defaults.slice(0, 1).map(({ path }) => ({ path: [...path, 'default'], what: "makes a default agent, which ownership 'explicit' excludes; remove it" })) : [],
    ...explicit && agents.length === 0 ? [{ path: ownership, what: "needs agents; name one in 'agents.entries'" }] : [],
  ];
}

/** Agents that are named without being there. */
function referenceFaults(agents: readonly Agent[], config: object): SchemaFault[] {
  const ids = agents.length > 0 ? agents.map(({ id }) => id) : [MAIN];
  const broadcasts = [...settingsAt(config, 'broadcast.*.*'), ...settingsAt(config, 'broadcast.*.agents.*')];
  const references = [
    ...['agents.defaults.heartbeat.agentId', 'agents.defaults.systemAgent.agentId', 'bindings.*.agentId'].flatMap(pattern => settingsAt(config, pattern)),
    ...broadcasts.filter(({ path }) => typeof path[path.length - 1] === 'number'),
  ];
  return references.flatMap(({ path, value }) => {
    if (typeof value !== 'string' || ids.some(id => normal(id) === normal(value))) return [];
    const [like] = nearest(value, ids);
    return [{ path, what: `names agent '${value}', which 'agents' does not have; ${like ? `did you mean '${like}'` : `there ${ids.length > 1 ? 'are' : 'is'} ${ids.map(id => `'${id}'`).join(', ')}`}` }];
  });
}

function normal(id: string): string {
  return id.trim().toLowerCase();
}
