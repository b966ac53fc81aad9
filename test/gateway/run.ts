import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { DISCORD, NEWEST, releaseBefore, RELEASES } from './releases';
import { envoy } from '../../scripts/envoy';
import { installOpenClaw, node24, packedPackage } from '../../scripts/openclaw';
import { isAtLeast } from '../support/release';
import { failuresIn, launchInBox, requireRoot, ROOT, runProgram, runScenarios, sumUp, writeReport } from '../support/scenario-run';
import { columnsOf, Figure, figuresTable, promisesTable, replaceSection, Result, sectionOf } from '../support/tables';

const PROMISES = path.join(ROOT, 'docs', 'versions.md');
const FIGURES = path.join(ROOT, 'docs', 'performance.md');

const USAGE = `npm run test:gateway -- [--release ${NEWEST}]... [--guard none] [--only TEXT] [--jobs N] [--write-docs]
  --release     versions of OpenClaw to try; 'newest' is ${NEWEST}; default: ${RELEASES.join(', ')}
  --guard       'sidecar': only what a guard can change, with a model guard beside each gateway; 'none': all, without; default: both
  --only        only the scenarios whose name has a match of this regular expression; behind 'npm run' write . for a space
  --jobs        how many parts of the suites at the same time; default: 2, at most the number of cores
  --write-docs  renew the tables of docs/versions.md and docs/performance.md from what this run saw`;

interface Run {
  readonly results: Result[];
  readonly figures: Figure[];
}

/** What is tried in one go. */
interface Trial {
  readonly release: string;
  readonly guarded: boolean;
  /** Which part of the suites, so that two jobs end at about the same time: `1/3`. */
  readonly shard: string;
}

const SHARDS = ['1/3', '2/3', '3/3'];

const label = ({ release, guarded }: Pick<Trial, 'release' | 'guarded'>) => guarded ? `${release} behind a guard` : release;

/** Of the table of measured values. */
const COLUMNS = [...RELEASES, label({ release: NEWEST, guarded: true })];

/** Tries one version in a network of its own. */
async function tryOut(trial: Trial, only: string | undefined): Promise<Run> {
  const { release, guarded, shard } = trial;
  // what a guard can change is tried twice; the others have no guard, or start guards themselves
  const kinds = guarded ? ['twice-suite'] : ['suite', 'twice-suite'];
  const { results, figures } = await runScenarios({
    label: label(trial),
    files: [...kinds, ...isAtLeast(release, NEWEST) ? kinds.map(kind => `newest-${kind}`) : []].map(kind => `**/test/gateway/*.${kind}.ts`),
    shard,
    only,
    env: { OPENCLAW_RELEASE: release, OPENCLAW_GUARDED: guarded ? '1' : '' },
  }, launchInBox);
  return { results: results.map(each => ({ release, guarded, ...each })), figures: figures.map(each => ({ column: label(trial), ...each })) };
}

async function tryAll(trials: Trial[], only: string | undefined, jobs: number): Promise<Run> {
  const waiting = [...trials];
  const runs: Run[] = [];
  const work = async () => {
    for (let trial = waiting.pop(); trial; trial = waiting.pop()) runs.push(await tryOut(trial, only));
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return { results: runs.flatMap(({ results }) => results), figures: runs.flatMap(({ figures }) => figures) };
}

/** Writes the tables of the docs anew. */
function writeDocs({ results, figures }: Run): void {
  const renew = (file: string, table: string) => fs.writeFileSync(file, replaceSection(fs.readFileSync(file, 'utf8'), 'gateway', table));
  renew(PROMISES, promisesTable(results, RELEASES));
  renew(FIGURES, figuresTable(figures, COLUMNS));
}

/** Where docs/versions.md says something else than what was seen of these versions without a guard; what is different behind one is left to a whole run. */
function differences({ results }: Run, releases: string[]): string[] {
  const rows = (table: string) => columnsOf(table, releases).map(cells => cells.join(' | '));
  const [told, seen] = [rows(sectionOf(fs.readFileSync(PROMISES, 'utf8'), 'gateway')), rows(promisesTable(results, RELEASES))];
  return [...seen.filter(row => !told.includes(row)).map(row => `seen: ${row}`), ...told.filter(row => !seen.includes(row)).map(row => `told: ${row}`)];
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { 'release': { ...text, multiple: true }, 'only': text, 'jobs': text, 'guard': text, 'write-docs': flag, 'help': flag } });
  if (values.help) return console.log(USAGE);
  requireRoot('gateway');
  const releases = values.release?.map(each => each === 'newest' ? NEWEST : each) ?? RELEASES;
  const guards = values.guard ? [values.guard] : ['none', 'sidecar'];
  if (!guards.every(guard => ['none', 'sidecar'].includes(guard))) throw new Error(`--guard: got '${values.guard}', want 'none' or 'sidecar'`);
  if (values['write-docs'] && (values.only || guards.length < 2 || releases.join() !== RELEASES.join())) {
    throw new Error('--write-docs: the tables are of a whole run: leave out --only, --guard and --release');
  }
  const trials = guards.flatMap(guard => releases.flatMap(release => SHARDS.map(shard => ({ release, guarded: guard === 'sidecar', shard }))));
  node24();
  envoy();
  if (releases.includes(NEWEST)) packedPackage(...DISCORD);
  new Set([...releases, ...releases.map(releaseBefore)]).forEach(installOpenClaw);

  const run = await tryAll(trials, values.only, Number(values.jobs ?? Math.min(2, os.availableParallelism())));
  writeReport('gateway', run);
  const failed = failuresIn(run.results);
  if (values['write-docs'] && failed === 0) writeDocs(run);
  const stale = values.only || failed > 0 || !guards.includes('none') ? [] : differences(run, releases);
  if (stale.length > 0) console.log(['FAILED docs/versions.md says something else than what was seen; a whole run with --write-docs renews it', ...stale].join('\n      | '));
  sumUp(run.results.length - failed, failed + Math.min(1, stale.length));
}

runProgram(main);
