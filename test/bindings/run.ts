import { spawnSync } from 'child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** The banners of jsii about the age of Node. */
const QUIET = {
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
};

/** Runs a command and throws with what it printed unless it succeeds. */
export function run(command: string, args: string[], { cwd, env }: RunOptions = {}): Output {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    cwd, env: { ...process.env, ...QUIET, ...env }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return { stdout, stderr };
}

/** Throws with `needed` unless the command can be run. */
export function requireCommand(command: string, versionArgument: string, needed: string): void {
  try {
    run(command, [versionArgument]);
  } catch (error) {
    throw new Error(`${needed}: '${command} ${versionArgument}' does not run`, { cause: error });
  }
}
