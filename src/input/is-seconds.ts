import { isDuration } from './kplus-shapes';

/** Whether a value is a Duration of whole seconds, at least one; `undefined` is fine. */
export function isSeconds(value: unknown, most = Infinity): boolean {
  if (value === undefined) return true;
  if (!isDuration(value)) return false;
  const seconds = value.toSeconds({ integral: false });
  return Number.isInteger(seconds) && seconds > 0 && seconds <= most;
}
