import { spawn } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

export const ROOT = path.join(__dirname, '..', '..');
const JEST = path.join(ROOT, 'node_modules', '.bin', 'jest');
const REPORTER = path.join(__dirname, 'scenario-reporter.js');

/** How one scenario ended, as the reporter writes it. */
export interface ScenarioResult {
  /** The title of the suite. */
  readonly group: string;
  readonly title: string;
  readonly status: string;
  readonly ms: number;
}

/** A value that a scenario measured, as `figure()` writes it. */
export interface ScenarioFigure {
  readonly scenario: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export interface Suites {
  /** Before each line that is printed. */
  readonly label: string;
  /** Patterns of the files. */
  readonly files: string[];
  /** Which part of the files, as `1/3`. @default - all */
  readonly shard?: string;
  /** Only the scenarios whose name matches. @default - all */
  readonly only?: string;
  /** Beside those of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface ScenarioRun {
  readonly results: ScenarioResult[];
  readonly figures: ScenarioFigure[];
  /** Whether the command ended well: Jest, and what it was launched in. */
  readonly succeeded: boolean;
}

/** Runs a command; its exit code. */
export type Launch = (command: string[], env: NodeJS.ProcessEnv) => Promise<number>;

/** Ends the command together with this program. */
export const launch = (endWith: (signal: NodeJS.Signals) => NodeJS.Signals = () => 'SIGKILL'): Launch => async ([program, ...args], env) =>
  new Promise<number>((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' });
    const end = (signal: NodeJS.Signals) => { child.kill(endWith(signal)); };
    const signals = ['SIGINT', 'SIGTERM'] as const;
    for (const signal of signals) process.on(signal, end);
    child.on('error', reject).on('close', code => {
      for (const signal of signals) process.off(signal, end);
      resolve(code ?? 1);
    });
  });

/** Runs in the network of test/gateway/pod/box.sh. */
export const launchInBox: Launch = async (command, env) => launch()([path.join(ROOT, 'test', 'gateway', 'pod', 'box.sh'), ...command], env);

/** Runs suites of scenarios in a Jest of their own, one after the other; throws where it broke off before it could tell how they ended. */
export async function runScenarios({ label, files, shard = '1/1', only, env }: Suites, launchedBy: Launch): Promise<ScenarioRun> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scenarios-'));
  const [results, figures] = ['results', 'figures'].map(name => path.join(folder, name));
  try {
    const code = await launchedBy([
      process.execPath, JEST, '--ci', '--runInBand',
      '--cacheDirectory', path.join(os.tmpdir(), 'jest-scenarios', label, shard.replace('/', '-')), // two runs at once fail over a cache that they fill together
      '--testMatch', ...files, '--shard', shard, '--reporters', REPORTER, ...only ? ['--testNamePattern', only] : [],
    ], { ...process.env, ...env, CI: 'true', SCENARIO_LABEL: label, SCENARIO_RESULTS: results, SCENARIO_FIGURES: figures });
    if (!fs.existsSync(results)) throw new Error(`the run for ${label} broke off`);
    const measured = fs.existsSync(figures) ? fs.readFileSync(figures, 'utf8').split('\n').filter(Boolean) : [];
    return { results: JSON.parse(fs.readFileSync(results, 'utf8')), figures: measured.map(line => JSON.parse(line)), succeeded: code === 0 };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Keeps what a run saw in test-reports/, with the machine that it ran on. */
export function writeReport(name: string, run: object): void {
  const file = path.join(ROOT, 'test-reports', `${name}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const machine = { model: os.cpus()[0].model, cores: os.cpus().length };
  fs.writeFileSync(file, JSON.stringify({ date: new Date().toISOString(), machine, ...run }, undefined, 2));
}

export const failuresIn = (results: { readonly status: string }[]): number => results.filter(({ status }) => status !== 'passed').length;

/** Ends a program with the line that CI counts. */
export function sumUp(passed: number, failed: number): void {
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

/** Throws where there is no root on Linux, which namespaces need. */
export function requireRoot(suite: string): void {
  if (process.platform !== 'linux' || process.getuid!() !== 0) {
    throw new Error(`the ${suite} suite did not run: it needs root on Linux, for the namespaces in which it keeps gateways away from any network`);
  }
}

/** Runs a program that says in a line why it could not go on. */
export function runProgram(main: () => Promise<void>): void {
  main().catch(error => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
