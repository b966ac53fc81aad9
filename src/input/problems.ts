/** More than this nobody reads at once. */
const SHOWN = 20;

const PROBLEMS = new WeakMap<Error, { readonly where: string; readonly problems: readonly string[] }>();

/** An error that says everything that is wrong in one place. */
export function problemsError(where: string, problems: readonly string[]): Error {
  return naming(where, problems, new Error(`${where} has ${countOf(problems)}${listOf(problems)}`));
}

/** As `problemsError`, in one line. */
export function problemError(where: string, problem: string): Error {
  return naming(where, [problem], new Error(`${where}: ${problem}`));
}

function naming(where: string, problems: readonly string[], error: Error): Error {
  PROBLEMS.set(error, { where, problems });
  return error;
}

/** The problems that an error names: several without their place, a single one without it where the place is `known`. */
export function problemsOf(error: unknown, known: string): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  const { where, problems = [] } = PROBLEMS.get(error) ?? {};
  return problems.length > 1 || where === known ? problems : [error.message];
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
