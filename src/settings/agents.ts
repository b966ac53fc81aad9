import { STATE_DIR } from './pod-layout';

/** The agent that has the chain of the gateway. */
export const MAIN_AGENT = 'main';

/** The folder of an agent's workspace. OpenClaw chooses the same ones for a gateway that names none. */
export function workspaceOf(agent: string): string {
  return `${STATE_DIR}/workspace${agent === MAIN_AGENT ? '' : `-${agent}`}`;
}
