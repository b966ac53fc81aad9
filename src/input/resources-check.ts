import { Size, SizeRoundingBehavior } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { isMap } from './input-checks';

/** Whether a value is `kplus.ContainerResources` whose requests are within their limits; `undefined` is fine. */
export function isResources(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isMap(value)) return false;
  const amounts: { [resource: string]: Function } = { cpu: kplus.Cpu, memory: Size, ephemeralStorage: Size };
  return Object.entries(value).every(([resource, bounds]) => bounds === undefined || (resource in amounts && isMap(bounds)
    && Object.entries(bounds).every(([bound, amount]) =>
      ['request', 'limit'].includes(bound) && (amount === undefined || amount instanceof amounts[resource]))
    && !(amountOf(bounds, 'request') > amountOf(bounds, 'limit'))));
}

/** A bound as a number; NaN where it is not given. */
function amountOf(bounds: { request?: unknown; limit?: unknown }, bound: 'request' | 'limit'): number {
  const amount = bounds[bound];
  if (amount instanceof Size) return amount.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!(amount instanceof kplus.Cpu)) return NaN;
  return amount.amount.endsWith('m') ? Number(amount.amount.slice(0, -1)) : Number(amount.amount) * 1000;
}
