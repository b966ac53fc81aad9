import { join } from 'path';

/** Where a file of the package is; this module stands directly below its root, in `src/` and in the bundle `lib/index.js`. */
export function packageFile(...path: string[]): string {
  return join(__dirname, '..', ...path);
}
