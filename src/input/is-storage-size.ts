import { Size, SizeRoundingBehavior } from 'cdk8s';

/** Claims are written in whole gibibytes. */
export function isStorageSize(value: unknown): boolean {
  return value instanceof Size && value.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) % 2 ** 20 === 0 && value.toKibibytes() > 0;
}
