import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { Provider } from '../../src';
import { OFFICIAL } from '../../src/models/provider';
import { ProviderRow } from '../../src/models/provider-facts';
import { AZURE_TRAITS, BEDROCK_TRAITS, CUSTOM_TRAITS, PROVIDER_ROWS } from '../../src/models/provider-rows';

const SRC = path.join(__dirname, '..', '..', 'src');
const IDS = OFFICIAL.map(({ id }) => id);
const MEMBERS = Object.keys(PROVIDER_ROWS);

/** Where code asks which provider it has: a text or a pattern that is an id, a key that is one, a member of `Provider`. */
function questions(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) && IDS.includes(node.text);
    const isPattern = ts.isRegularExpressionLiteral(node) && IDS.some(id => new RegExp(`(^|[^a-z])${id}([^a-z]|$)`).test(node.text));
    const isKey = ts.isPropertyAssignment(node) && IDS.includes(node.name.getText());
    const isMember = ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Provider' && MEMBERS.includes(node.name.text);
    if (isText || isPattern || isKey || isMember) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

test('every row is a member of Provider, and every member has a row', () => {
  expect(OFFICIAL.map(provider => provider._facts.traits)).toEqual(Object.values(PROVIDER_ROWS));
  for (const [member, row] of Object.entries(PROVIDER_ROWS)) expect((Provider as unknown as Record<string, Provider>)[member].id).toBe(row.id);
});

test('every row states the same traits', () => {
  const columns = Object.keys(CUSTOM_TRAITS).sort();
  for (const traits of [AZURE_TRAITS, BEDROCK_TRAITS, ...Object.values(PROVIDER_ROWS)]) {
    expect(Object.keys(traits)).toEqual(expect.arrayContaining(columns));
  }
});

test('a row that leaves a trait out does not compile', () => {
  const { googleTools, ...rest } = PROVIDER_ROWS.GROQ;
  // @ts-expect-error googleTools is missing
  const row: ProviderRow = rest;
  expect(row).not.toHaveProperty('googleTools');
});

test('no file outside of models/ asks which provider it has', () => {
  const files = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts') && !file.startsWith('models'));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap(file => questions(fs.readFileSync(path.join(SRC, file), 'utf8')).map(found => `${file}: ${found}`))).toEqual([]);
});

test.each([
  ["if (provider.id === 'openai') pin();", ["'openai'"]],
  ['OFFICIAL.filter(each => each !== Provider.GOOGLE)', ['Provider.GOOGLE']],
  ["['xai', `groq`].includes(id)", ["'xai'", '`groq`']],
  ['/^openrouter\\//.test(ref)', ['/^openrouter\\//']],
  ['const TABLE = { mistral: 1, other: 2 };', ['mistral: 1']],
  ["switch (id) { case 'deepseek': break; }", ["'deepseek'"]],
  ["use('for example Provider.OPENAI'); a === b; Provider.custom('vllm', options)", []],
])('a question is found in %j', (source, expected) => {
  expect(questions(source)).toEqual(expected);
});
