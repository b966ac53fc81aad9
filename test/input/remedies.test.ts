import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { REMEDIES } from './remedies';
import { messageOf, newChart } from '../support/gateway';

const SRC = path.join(__dirname, '..', '..', 'src');

/** Functions that report a problem, and which argument holds what to do instead. */
const REPORTS: { readonly [name: string]: number } = { that: 4, list: 4, text: 2, refuse: 1 };

/** The parts of a text that are not computed. */
function fixedParts(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.flatMap(({ literal }) => [literal.text])];
  return ts.isBinaryExpression(node) ? [...fixedParts(node.left), ...fixedParts(node.right)] : [];
}

/** What a program tells callers to do: the last argument of a check, or what stands behind a semicolon. */
function remediesIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && REPORTS[node.expression.name.text] !== undefined) {
      const argument = node.arguments[REPORTS[node.expression.name.text]];
      const text = argument ? fixedParts(argument).join('…') : '';
      const order = node.expression.name.text === 'refuse' ? text.split('; ').slice(1).join('; ') : text;
      if (order !== '') found.push(order);
    }
    if (ts.isThrowStatement(node)) found.push(...fixedParts((node.expression as ts.NewExpression).arguments?.[0] ?? node).join('…').split('; ').slice(1));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return found.filter(order => /[a-z]/.test(order));
}

test('every remedy that a construct or a factory names is followed here', () => {
  const files = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
  const named = [...new Set(files.flatMap(file => remediesIn(fs.readFileSync(path.join(SRC, file), 'utf8'))))];
  expect(named.length).toBeGreaterThan(30);
  const followed = Object.keys(REMEDIES);
  const isIn = (words: string, order: string) => order.split('…').filter(part => part.trim().length > 3).every(part => words.includes(part.trim()));
  expect(named.filter(order => !followed.some(words => isIn(words, order)))).toEqual([]);
});

test.each(Object.entries(REMEDIES))('%s', (words, [wrong, right]) => {
  expect(messageOf(() => wrong(newChart()))).toContain(words);
  right(newChart());
});
