import { readFileSync } from 'fs';
import { nearestRead } from './nearest-release';
import { packageFile } from '../package-file';

/** Under which version's name the facts are stored: versions with equal facts share them under the name of the first. */
interface StoredFacts {
  /** Of `catalog/<version>.json`. */
  readonly catalog: string;
  /** Of a line of `catalog/schemas.br`. */
  readonly schema: string;
}

let index: { readonly [release: string]: StoredFacts } | undefined;

/** Where the facts are that are used for a version. */
export function storedFacts(release: string): StoredFacts {
  index ??= JSON.parse(readFileSync(packageFile('catalog', 'versions.json'), 'utf8')) as { [release: string]: StoredFacts };
  return index[nearestRead(release)];
}
