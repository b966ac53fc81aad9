import { Size } from 'cdk8s';
import { kibibytesOf } from './resources-check';

/** Claims are written in whole gibibytes. */
export function isStorageSize(value: unknown): boolean {
  return value instanceof Size && kibibytesOf(value) % 2 ** 20 === 0 && kibibytesOf(value) > 0;
}
