/**
 * Puts what `jsii` compiled into one file: `lib/index.js`, in the place of the one that loads all others.
 *
 *   tsx scripts/bundle.ts
 */
import * as path from 'path';
import { buildSync } from 'esbuild';
import * as library from 'cdk8s-openclaw';

const ROOT = path.join(__dirname, '..');
// esbuild calls classes `_Model` where they speak of themselves; callers read the names in messages
const RENAME = "for (const [name, value] of Object.entries(module.exports)) if (typeof value === 'function') Object.defineProperty(value, 'name', { value: name });";
// Node looks here for what an ES module may import
const NAMES = `0 && (module.exports = { ${Object.keys(library).join(', ')} });`;

buildSync({
  stdin: { contents: "module.exports = require('./lib/index.js');", resolveDir: ROOT },
  footer: { js: `${RENAME}\n${NAMES}` },
  absWorkingDir: ROOT,
  outfile: 'lib/index.js',
  allowOverwrite: true,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.16',
});
