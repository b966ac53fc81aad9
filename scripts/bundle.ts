/**
 * Puts what `jsii` compiled into one file: `lib/index.js`, in the place of the one that loads all others.
 *
 *   tsx scripts/bundle.ts
 */
import { writeFileSync } from 'fs';
import * as path from 'path';
import { buildSync } from 'esbuild';
import { modulesInParentheses } from './modules-in-parentheses';
import * as library from 'cdk8s-openclaw';

const ROOT = path.join(__dirname, '..');
// Node looks here for what an ES module may import
const NAMES = `0 && (module.exports = { ${Object.keys(library).join(', ')} });`;

const { outputFiles: [{ text }], metafile } = buildSync({
  stdin: { contents: "module.exports = require('./lib/index.js');", resolveDir: ROOT },
  footer: { js: NAMES },
  absWorkingDir: ROOT,
  write: false,
  bundle: true,
  keepNames: true, // else classes would be called `_Model` where they speak of themselves; callers read the names in messages
  metafile: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.16',
});

const modules = Object.keys(metafile.inputs).filter(file => file.startsWith('lib/')).length;
writeFileSync(path.join(ROOT, 'lib', 'index.js'), modulesInParentheses(text, modules));
