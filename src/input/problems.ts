const PROBLEMS = new WeakMap<Error, readonly string[]>();

/** An error that says everything that is wrong in one place. */
export function problemsError(where: string, problems: readonly string[]): Error {
  const error = new Error(`${where} has ${countOf(problems)}:\n${problems.map(problem => `  ${problem}`).join('\n')}`);
  PROBLEMS.set(error, problems);
  return error;
}

/** The problems that an error names, each without the place. */
export function problemsOf(error: unknown): readonly string[] {
  return error instanceof Error ? PROBLEMS.get(error) ?? [error.message] : [String(error)];
}

export function countOf(problems: readonly unknown[]): string {
  return `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
}
