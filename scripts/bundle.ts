/**
 * Puts what `jsii` compiled into one file: `lib/index.js`, in the place of the one that loads all others.
 *
 *   tsx scripts/bundle.ts
 */
import { writeFileSync } from 'fs';
import * as path from 'path';
import * as library from 'cdk8s-openclaw';
import { buildSync } from 'esbuild';

const ROOT = path.join(__dirname, '..');
// esbuild calls classes `_Model` where they speak of themselves; callers read the names in messages
const RENAME = "for (const [name, value] of Object.entries(module.exports)) if (typeof value === 'function') Object.defineProperty(value, 'name', { value: name });";
// Node looks here for what an ES module may import
const NAMES = `0 && (module.exports = { ${Object.keys(library).join(', ')} });`;

const { outputFiles: [{ text }] } = buildSync({
  stdin: { contents: "module.exports = require('./lib/index.js');", resolveDir: ROOT },
  footer: { js: `${RENAME}\n${NAMES}` },
  absWorkingDir: ROOT,
  write: false,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.16',
});

// V8 compiles a function in parentheses at once; the module of a method it would parse twice, once when it is called
const modulesInParentheses = text
  .replace(/^ {2}("lib\/.*")\((.*)\) \{$/gm, '  $1: (function ($2) {')
  .replace(/^ {2}\}\n\}\);$/gm, '  })\n});');
writeFileSync(path.join(ROOT, 'lib', 'index.js'), modulesInParentheses);
