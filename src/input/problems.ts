/** More than this nobody reads at once. */
const SHOWN = 20;

const PROBLEMS = new WeakMap<Error, readonly string[]>();

/** An error that says everything that is wrong in one place. */
export function problemsError(where: string, problems: readonly string[]): Error {
  return naming(problems, new Error(`${where} has ${countOf(problems)}${listOf(problems)}`));
}

/** As `problemsError`, in one line. */
export function problemError(where: string, problem: string): Error {
  return naming([problem], new Error(`${where}: ${problem}`));
}

function naming(problems: readonly string[], error: Error): Error {
  PROBLEMS.set(error, problems);
  return error;
}

/** The problems that an error names, each without the place. */
export function problemsOf(error: unknown): readonly string[] {
  return error instanceof Error ? PROBLEMS.get(error) ?? [error.message] : [String(error)];
}

/** Problems, a line each, behind what was said of them: the first ones, and how many there are besides. */
export function listOf(problems: readonly string[]): string {
  return [problems.length > SHOWN ? `; the first ${SHOWN}:` : ':', ...firstOf(problems).map(problem => `  ${problem}`)].join('\n');
}

/** The first problems, and how many there are besides. */
export function firstOf(problems: readonly string[]): readonly string[] {
  return problems.length > SHOWN ? [...problems.slice(0, SHOWN), `… and ${problems.length - SHOWN} more`] : problems;
}

export function countOf(problems: readonly unknown[]): string {
  return `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
}
