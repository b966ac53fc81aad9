import { Size, SizeRoundingBehavior } from 'cdk8s';
import { InputChecks } from './input-checks';
import { isSize } from './kplus-shapes';

/** In kibibytes. */
export const MEBIBYTE = 2 ** 10;
export const GIBIBYTE = 2 ** 20;

const UNITS: { readonly [unit: string]: number } = { Ki: 1, Mi: MEBIBYTE, Gi: GIBIBYTE, Ti: 2 ** 30 };

/** A Size, or a text such as `512Mi` as a Size; undefined for anything else. */
export function sizeOf(value: unknown): Size | undefined {
  if (isSize(value)) return value;
  const [, amount, unit] = (typeof value === 'string' && /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)$/.exec(value)) || [];
  const kibibytes = Number(amount) * UNITS[unit];
  return Number.isSafeInteger(kibibytes) ? Size.kibibytes(kibibytes) : undefined;
}

/** Also a part of one. */
export function kibibytesOf(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** Requires a size in whole gibibytes, in which claims are written; `undefined` is fine. */
export function checkStorageSize(check: InputChecks, name: string, value: unknown): InputChecks {
  const size = sizeOf(value);
  const ok = value === undefined || (size !== undefined && kibibytesOf(size) > 0 && kibibytesOf(size) % GIBIBYTE === 0);
  return check.that(ok, name, 'whole gibibytes, as a text in Gi or Ti or as a Size', value, "use for example '10Gi'");
}
