import { Duration } from 'cdk8s';
import { BudgetOptions } from './budget-options';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isDuration } from '../input/kplus-shapes';
import { SEAL, sealed } from '../input/sealed';
import { isMap } from '../input/values';
import { Model } from '../models/provider';

const MOST_USD = 1_000_000;
const [SHORTEST, LONGEST] = [60, 366 * 86_400];

/** When a budget opens again: with each UTC day, ISO week or month, or after so many seconds, counted from 1970. @internal */
export type BudgetPeriod = 'day' | 'week' | 'month' | number;

/** Everything that decides about a budget. @internal */
export interface BudgetSettings {
  readonly name: string;
  readonly period: BudgetPeriod;
  /** In millionths of a dollar. */
  readonly most: number;
  /** Whose calls count, as OpenClaw names them; undefined: all. */
  readonly models?: readonly string[];
}

/**
 * A limit in US dollars for what a gateway's calls of models cost in a period. Its guard reserves what a call can cost at most before the call leaves,
 * refuses one that would exceed the limit, and afterwards writes down what the call did cost. A refused call counts as too many requests, so the next
 * model of the chain answers, unless it has the same budget. docs/budgets.md says what holds and what does not.
 */
export class Budget {
  /** Opens again at midnight, UTC. */
  public static perDay(options: BudgetOptions): Budget {
    return budget('Budget.perDay()', 'day', options);
  }

  /** Opens again on Monday at midnight, UTC. */
  public static perWeek(options: BudgetOptions): Budget {
    return budget('Budget.perWeek()', 'week', options);
  }

  /** Opens again on the first of each month at midnight, UTC. */
  public static perMonth(options: BudgetOptions): Budget {
    return budget('Budget.perMonth()', 'month', options);
  }

  /** Opens again after whole seconds, from a minute to 366 days; the periods are counted from 1970, so those of an hour begin with each hour of UTC. */
  public static of(duration: Duration, options: BudgetOptions): Budget {
    const seconds = isDuration(duration) ? duration.toSeconds({ integral: false }) : NaN;
    new InputChecks('Budget.of()')
      .that(Number.isInteger(seconds) && seconds >= SHORTEST && seconds <= LONGEST, 'duration', 'a Duration of whole seconds, from a minute to 366 days', duration, 'use for example Duration.hours(1)')
      .done();
    return budget('Budget.of()', seconds, options);
  }

  /** @internal */
  public static _of(settings: BudgetSettings): Budget {
    return new Budget(SEAL, settings);
  }

  private constructor(
    seal: symbol,
    /** @internal */
    public readonly _settings: BudgetSettings,
  ) {
    sealed(seal, new.target, Budget, 'Budget.perDay(), Budget.perWeek(), Budget.perMonth() or Budget.of()');
  }
}

/** How much a budget has, for a person. @internal */
export function budgetText({ period, most }: BudgetSettings): string {
  return `$${(most / 1e6).toFixed(2)} ${typeof period === 'number' ? `in ${period} seconds` : `a ${period}`}`;
}

function budget(where: string, period: BudgetPeriod, options: BudgetOptions): Budget {
  const given = argumentsOf(options);
  const { usd, models, name } = given;
  new InputChecks(where)
    .that(isMap(options), 'options', 'BudgetOptions', options)
    .that(typeof usd === 'number' && usd >= 0.000001 && usd <= MOST_USD, 'usd', `a number of US dollars above 0, up to ${MOST_USD}`, usd)
    .list('models', models, value => value instanceof Model, 'a model, as Provider.ANTHROPIC.model() makes it')
    .refuse(Array.isArray(models) && models.length === 0, 'models is empty, so the budget would limit nothing; name models, or leave it out for all')
    .that(name === undefined || typeof name === 'string' && /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name), 'name', 'small letters, digits and hyphens, at most 32', name)
    .options<BudgetOptions>(given, { usd: true, models: true, name: true })
    .done();
  return Budget._of({
    name: name ?? (typeof period === 'number' ? `${period}s` : period),
    period,
    most: Math.floor(usd * 1e6),
    models: models?.map(({ modelRef }) => modelRef),
  });
}
