import { InputChecks } from './input-checks';

/** Reports text in braces that stands for nothing. `allowed` are the placeholders, braces included: `{tenant}`. */
export function checkPlaceholdersIn(check: InputChecks, name: string, text: unknown, allowed: readonly string[]): InputChecks {
  const problem = placeholderProblem(name, text, allowed);
  return check.refuse(problem !== undefined, problem ?? '');
}

/** What is wrong with the placeholders of a text; undefined if nothing is. */
export function placeholderProblem(name: string, text: unknown, allowed: readonly string[]): string | undefined {
  const found = placeholdersIn(text).filter(each => !allowed.includes(each));
  if (found.length === 0) return undefined;
  return `${name} holds ${found.join(', ')}; ${allowed.length > 0 ? `allowed are ${allowed.join(', ')}` : 'no placeholder is known there'}`;
}

function placeholdersIn(text: unknown): string[] {
  return typeof text === 'string' ? [...text.matchAll(/\{[^{}]*\}?/g)].map(([match]) => match) : [];
}
