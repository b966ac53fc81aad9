import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { isMap } from './input-checks';

/** Whether a value is `kplus.ContainerResources`; `undefined` is fine. */
export function isResources(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isMap(value)) return false;
  const amounts: { [resource: string]: Function } = { cpu: kplus.Cpu, memory: Size, ephemeralStorage: Size };
  return Object.entries(value).every(([resource, bounds]) => bounds === undefined || (resource in amounts && isMap(bounds)
    && Object.entries(bounds).every(([bound, amount]) =>
      ['request', 'limit'].includes(bound) && (amount === undefined || amount instanceof amounts[resource]))));
}
