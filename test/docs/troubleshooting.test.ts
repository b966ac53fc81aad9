import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const PAGE = fs.readFileSync(path.join(ROOT, 'docs', 'troubleshooting.md'), 'utf8');

function textsOf(folder: string, extension: string): string {
  const files = fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith(extension) && file !== 'troubleshooting.md');
  return files.map(file => fs.readFileSync(path.join(ROOT, folder, file), 'utf8')).join('\n').replace(/\\(?=[()[\]])/g, '');
}

/** Where a message may come from: what runs in the pods, the library, the suites that provoke messages, and what suites wrote into the docs. */
const SECTIONS: [RegExp, string][] = [
  [/^The pod does not start/, textsOf('test', '.ts') + textsOf('docs', '.md')],
  [/^`install-plugins`/, textsOf('assets', '.mjs')],
  [/^The sidecar/, textsOf('assets', '.mjs') + textsOf('test/gateway', '.ts')],
  [/^The guard/, textsOf('src/envoy', '.ts') + textsOf('test/guard', '.ts') + textsOf('docs', 'observability.md')],
  [/^A client/, textsOf('test', '.ts') + textsOf('docs', 'network.md')],
  [/^The operator/, textsOf('test/cluster', '.ts')],
];

/** The messages at the beginning of the items of a section: all in backquotes before the colon. */
function messagesIn(section: string): string[] {
  return [...section.matchAll(/^ *- (`[^\n]*?): /gm)].flatMap(([, head]) => [...head.matchAll(/`([^`]+)`/g)].map(([, message]) => message));
}

const sections = PAGE.split(/^## /m).slice(1).map(text => ({ title: text.split('\n')[0], messages: messagesIn(text) }));

test('every section of messages has its sources', () => {
  expect(sections.map(({ title }) => SECTIONS.filter(([pattern]) => pattern.test(title)).length)).toEqual(SECTIONS.map(() => 1));
  expect(sections.flatMap(({ messages }) => messages).length).toBeGreaterThan(25);
});

test.each(sections.flatMap(({ title, messages }) => messages.map(message => [title, message])))('%s: %s', (title, message) => {
  const texts = SECTIONS.find(([pattern]) => pattern.test(title))![1].replace(/\$\{[^}]*\}/g, '…');
  const missing = message.split('…').map(part => part.trim()).filter(part => part.length > 2 && !texts.includes(part));
  expect(missing).toEqual([]);
});
