import { isSlip, nearest } from './nearest';
import { problemError, problemsError } from './problems';
import { classOf, describe, isMap } from './values';

/**
 * Collects what is wrong with the arguments of one construct or factory, so that callers without a compiler
 * get every problem at once and in words.
 */
export class InputChecks {
  private readonly problems: string[] = [];

  public constructor(private readonly where: string) {}

  /** Requires `ok`; else reports that argument `name` must be `expected`. */
  public that(ok: boolean, name: string, expected: string, value: unknown, remedy?: string): this {
    if (!ok) {
      const twin = [`a ${classOf(value)}`, `an ${classOf(value)}`].includes(expected) ? ' of another copy of the package (npm dedupe makes them one)' : '';
      this.problems.push(`${name} must be ${expected}, got ${describe(value)}${twin}${remedy ? `; ${remedy}` : ''}`);
    }
    return this;
  }

  /** Reports a problem in words of its own, for values that are not to be shown. */
  public refuse(isWrong: boolean, problem: string): this {
    if (isWrong) this.problems.push(problem);
    return this;
  }

  /** Requires a text that is not empty. */
  public text(name: string, value: unknown, remedy?: string): this {
    return this.that(typeof value === 'string' && value.trim() !== '', name, 'a non-empty string', value, remedy);
  }

  /** Requires an array whose elements all pass; `undefined` is fine. */
  public list(name: string, values: unknown, ok: (value: unknown) => boolean, expected: string, remedy?: string): this {
    if (values === undefined) return this;
    if (!Array.isArray(values)) return this.that(false, name, `an array, each element ${expected}`, values, remedy);
    Array.from(values).forEach((value, i) => {
      if (!ok(value)) this.that(false, `${name}[${i}]`, expected, value, remedy);
    });
    return this;
  }

  /** Requires an object with string keys whose values all pass; `undefined` is fine. */
  public map(name: string, values: unknown, ok: (value: unknown) => boolean, expected: string): this {
    if (values === undefined) return this;
    if (!isMap(values)) return this.that(false, name, `an object, each value ${expected}`, values);
    for (const [key, value] of Object.entries(values)) this.that(ok(value), `${name}['${key}']`, expected, value);
    return this;
  }

  /** Reports options that there are not; `of` names the option that they are a part of. */
  public options<T extends object>(given: T, known: Names<T>, of?: string): this {
    for (const name of strangersIn(given, known)) {
      const all = Object.keys(known);
      const [near] = nearest(name, all, 1);
      this.problems.push(`unknown option '${name}'${of ? ` of ${of}` : ''}; ${near ? `did you mean '${near}'?` : `valid options: ${all.join(', ')}`}`);
    }
    return this;
  }

  /** Reports props that are mistyped; others may be those of a struct that extends this one. */
  public props<T extends object>(given: T, known: Names<T>): this {
    for (const name of strangersIn(given, known)) {
      const meant = Object.keys(known).find(each => isSlip(name, each));
      if (meant) this.problems.push(`unknown prop '${name}'; did you mean '${meant}'?`);
    }
    return this;
  }

  /** Throws one error with every problem found. */
  public done(): void {
    if (this.problems.length === 1) throw problemError(this.where, this.problems[0]);
    if (this.problems.length > 1) throw problemsError(this.where, this.problems);
  }
}

/** Every name of a struct, so that none is forgotten. */
type Names<T> = { readonly [name in keyof Required<T>]: true };

function strangersIn(given: object, known: object): string[] {
  const values = argumentsOf(given) as { readonly [name: string]: unknown };
  return Object.keys(values).filter(name => !Object.hasOwn(known, name) && values[name] !== undefined);
}

/** The arguments as an object; anything else counts as none, so that each required one is reported. */
export function argumentsOf<T extends object>(props: T): T {
  return isMap(props) ? props : ({} as T);
}
