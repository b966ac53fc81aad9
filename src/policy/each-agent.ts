import { AgentSettings } from '../settings/agents';
import { Settings } from '../settings/settings';

/** What a rule says of each agent; what it says of several in the same words, it says once. */
export function eachAgent({ agents }: Settings, check: (agent: AgentSettings) => string[]): string[] {
  return [...new Set(agents.flatMap(check))];
}
