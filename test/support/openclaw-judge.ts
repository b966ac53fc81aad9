import { readGatewayPod } from './gateway-pod';
import { isAtLeast } from './release';
import { ScratchPod } from './scratch-pod';
import { installOpenClaw } from '../../scripts/openclaw';

export interface Problem {
  /** The command that found it, or `manifests`. */
  readonly check: string;
  /** Where in openclaw.json. */
  readonly path?: string;
  readonly message: string;
}

interface Command {
  readonly args: string[];
  /** The first version that has it. */
  readonly since?: string;
  /** What it complains about, in its own words. */
  readonly read: (report: any) => Omit<Problem, 'check'>[];
}

const COMMANDS: { [check: string]: Command } = {
  'config validate': {
    args: ['config', 'validate', '--json'],
    read: report => [...report.issues ?? [], ...report.warnings ?? []],
  },
  'doctor': {
    args: ['doctor', '--lint', '--only', 'core/doctor/model-references', '--only', 'core/doctor/final-config-validation', '--json'],
    since: '2026.8.1',
    read: report => report.findings,
  },
  'secrets audit': {
    args: ['secrets', 'audit', '--check', '--json'],
    read: report => report.findings.map((finding: any) => ({ path: finding.jsonPath, message: finding.message })),
  },
};

/** The audit's word for what `config validate` already told. */
const ECHO = /^Config is invalid; cannot validate/;

const PARALLEL = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function oneOfFew<T>(task: () => Promise<T>): Promise<T> {
  if (running >= PARALLEL) await new Promise<void>(resolve => waiting.push(resolve));
  else running++;
  try {
    return await task();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

async function runCheck(check: string, release: string, pod: ScratchPod): Promise<Problem[]> {
  const { args, read } = COMMANDS[check];
  const { failed, stdout, stderr } = await pod.openclaw(installOpenClaw(release), args);
  const json = stdout.slice(stdout.indexOf('{'));
  if (!json.startsWith('{')) return [{ check, message: `no JSON answer: ${stdout}${stderr}`.trim() }];
  const found = read(JSON.parse(json)).map(({ path, message }) => ({ check, path, message }));
  if (failed && found.length === 0) return [{ check, message: `failed without a finding: ${stdout}${stderr}`.trim() }];
  return found.filter(problem => !isHarmless(problem, pod.config));
}

function isHarmless({ message }: Problem, config: any): boolean {
  // versions before 2026.9 say of a plugin that is switched off that it is not installed
  const plugin = /^plugin not installed: (\S+)/.exec(message)?.[1];
  if (plugin && config.plugins?.entries?.[plugin]?.enabled === false) return true;
  // versions before 2026.7 do not see that OpenClaw's own word for "needs no key" is no key
  const provider = /^models\.providers\.(\S+)\.apiKey is stored as plaintext/.exec(message)?.[1];
  return provider !== undefined && config.models.providers[provider].apiKey === 'custom-local';
}

/** One command after the other: they share the gateway's state. */
async function runChecks(release: string, pod: ScratchPod): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const check of Object.keys(COMMANDS)) {
    if (!isAtLeast(release, COMMANDS[check].since ?? release)) continue;
    const known = (problem: Problem) => found.some(({ path, message }) => path === problem.path && message === problem.message);
    found.push(...(await runCheck(check, release, pod)).filter(problem => !known(problem) && !ECHO.test(problem.message)));
  }
  return found;
}

/** What the real OpenClaw of a version says against the configuration that the pod of these objects, of one gateway, makes for it. */
export async function judgeConfig(release: string, manifests: any[]): Promise<Problem[]> {
  const pod = readGatewayPod(manifests);
  const problems = pod.problems.map(message => ({ check: 'manifests', message }));
  const { init } = pod;
  if (!init) return [...problems, { check: 'manifests', message: 'the pod has no init container with a command that makes /run/openclaw/openclaw.json' }];
  return oneOfFew(async () => {
    const scratch = new ScratchPod(pod);
    try {
      const failure = await scratch.prepare(init);
      return [...problems, ...failure === undefined ? await runChecks(release, scratch) : [{ check: `init container '${init.name}'`, message: failure }]];
    } finally {
      scratch.remove();
    }
  });
}

/** Problems as one readable line each. */
export function inWords(problems: Problem[]): string[] {
  return problems.map(({ check, path: where, message }) => [check, where, message].filter(Boolean).join(': '));
}
