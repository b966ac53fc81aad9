/**
 * Puts what `jsii` compiled into one file: `lib/index.js`, in the place of the one that loads all others.
 *
 *   tsx scripts/bundle.ts
 */
import * as path from 'path';
import { buildSync } from 'esbuild';
import * as library from 'cdk8s-openclaw';

const ROOT = path.join(__dirname, '..');

buildSync({
  stdin: { contents: "module.exports = require('./lib/index.js');", resolveDir: ROOT },
  footer: { js: `0 && (module.exports = { ${Object.keys(library).join(', ')} }); // where Node looks for what an ES module may import` },
  absWorkingDir: ROOT,
  outfile: 'lib/index.js',
  allowOverwrite: true,
  bundle: true,
  packages: 'external',
  keepNames: true,
  platform: 'node',
  target: 'node20.16',
});
