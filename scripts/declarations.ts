/**
 * Removes the declarations in `lib/` that `lib/index.d.ts` does not lead to: they are of internals, and nobody can import them.
 *
 *   tsx scripts/declarations.ts
 */
import { readdirSync, readFileSync, rmSync } from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const LIB = path.join(__dirname, '..', 'lib');

function reachableFrom(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
  for (const { fileName } of importedFiles.filter(each => each.fileName.startsWith('.'))) {
    reachableFrom(path.join(path.dirname(file), `${fileName}.d.ts`), found);
  }
  return found;
}

const published = reachableFrom(path.join(LIB, 'index.d.ts'));
for (const name of readdirSync(LIB, { recursive: true, encoding: 'utf8' })) {
  const file = path.join(LIB, name);
  if (name.endsWith('.d.ts') && !published.has(file)) rmSync(file);
}
