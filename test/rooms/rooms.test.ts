import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { ROOMS } from '../../projenrc/rooms';

const ROOT = path.join(__dirname, '..', '..');
const SRC = path.join(ROOT, 'src');
const FILES = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));

/** The lines that the project's linter refuses in each of the given texts of files. */
function refusedLines(texts: { readonly [file: string]: string }): { [file: string]: number[] } {
  const program = `
    const { LegacyESLint } = require('eslint/use-at-your-own-risk');
    const linter = new LegacyESLint();
    const lint = async ([filePath, text]) => (await linter.lintText(text, { filePath }))[0].messages;
    const offences = messages => messages.filter(({ ruleId }) => ruleId === 'import/no-restricted-paths').map(({ line }) => line);
    Promise.all(Object.entries(${JSON.stringify(texts)}).map(async entry => [entry[0], offences(await lint(entry))]))
      .then(found => console.log(JSON.stringify(Object.fromEntries(found))));`;
  return JSON.parse(execFileSync('node', ['-e', program], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

test('every folder of src/ has its place in the order of the rooms', () => {
  const folders = fs.readdirSync(SRC, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
  expect([...ROOMS].sort()).toEqual(folders.sort());
});

test('file names in src/ are unique', () => {
  const names = FILES.map(file => path.basename(file));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('the linter refuses an import from every higher room and from the index', () => {
  const aFileOf = (room: string) => FILES.find(file => file.startsWith(`${room}${path.sep}`))!;
  const importing = (room: string) => [...ROOMS.filter(other => other !== room).map(aFileOf), 'index.ts']
    .map(other => `import '${path.relative(path.dirname(aFileOf(room)), other).replace(/^(?!\.)/, './').replace(/\.ts$/, '')}';\n`).join('');
  const fileIn = (room: string) => path.join('src', aFileOf(room));
  const higher = (floor: number) => Array.from({ length: ROOMS.length - floor }, (_, i) => floor + i + 1);

  expect(refusedLines(Object.fromEntries(ROOMS.map(room => [fileIn(room), importing(room)]))))
    .toEqual(Object.fromEntries(ROOMS.map((room, floor) => [fileIn(room), higher(floor)])));
}, 120_000);
