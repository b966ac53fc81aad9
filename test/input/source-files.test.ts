import * as fs from 'fs';
import * as path from 'path';

const SRC = path.join(__dirname, '..', '..', 'src');
const FILES = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));

/** Names that more than one file has, so that a search by name does not find the right one. */
function sharedNames(files: readonly string[]): string[] {
  const names = files.map(file => path.basename(file));
  return [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
}

/** Files that import themselves by way of others; an import of a type counts too. */
function circles(imports: { readonly [file: string]: readonly string[] }): string[] {
  const reached = (from: string, found = new Set<string>()): Set<string> => {
    for (const next of imports[from] ?? []) {
      if (!found.has(next)) reached(next, found.add(next));
    }
    return found;
  };
  return Object.keys(imports).filter(file => reached(file).has(file)).sort();
}

function importsOf(file: string): string[] {
  const text = fs.readFileSync(path.join(SRC, file), 'utf8');
  return [...text.matchAll(/ from '(\.[^']*)'/g)].map(([, target]) => `${path.join(path.dirname(file), target)}.ts`);
}

test('a file is found by its name', () => {
  expect(FILES.length).toBeGreaterThan(100);
  expect(sharedNames(FILES)).toEqual([]);
  expect(sharedNames(['config/render.ts', 'envoy/render.ts', 'index.ts'])).toEqual(['render.ts']);
});

test('no files import each other in a circle', () => {
  const imports = Object.fromEntries(FILES.map(file => [file, importsOf(file)]));
  expect(Object.values(imports).flat().filter(file => !FILES.includes(file))).toEqual([]);
  expect(circles(imports)).toEqual([]);
  expect(circles({ 'a.ts': ['b.ts'], 'b.ts': ['c.ts'], 'c.ts': ['b.ts'] })).toEqual(['b.ts', 'c.ts']);
});
