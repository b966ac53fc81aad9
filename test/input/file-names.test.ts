import * as fs from 'fs';
import * as path from 'path';

/** Names that more than one file has, so that a search by name does not find the right one. */
function shared(files: readonly string[]): string[] {
  const names = files.map(file => path.basename(file));
  return [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
}

test('a file of src/ is found by its name', () => {
  const files = fs.readdirSync(path.join(__dirname, '..', '..', 'src'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(100);
  expect(shared(files)).toEqual([]);
});

test('a second file of the same name is noticed', () => {
  expect(shared(['config/render.ts', 'envoy/render.ts', 'index.ts'])).toEqual(['render.ts']);
});
