import * as fs from 'fs';
import * as path from 'path';
import { pathToFileURL } from 'url';
import { versionOf } from '../bindings/cache';
import { requireCommand, run } from '../bindings/run';
import { ROOT } from '../bindings/synth';

/** Builds the wheel of this checkout and installs it, as `requirements.txt` says, and further packages into a fresh virtual environment; answers its folder of commands. */
export function installPythonPackage(requirements: string, folder: string, ...more: string[]): string {
  requireCommand('python3', '--version', 'Python 3.10 or newer is needed to test the Python package');
  const bin = path.join(folder, 'venv', 'bin');
  run(path.join(ROOT, 'node_modules/.bin/jsii-pacmak'), ['--target', 'python', '--outdir', folder, ROOT]);
  run('python3', ['-m', 'venv', path.join(folder, 'venv')]);
  run(path.join(bin, 'pip'), ['install', '--requirement', requirements, '--constraint', constraints(folder), ...more]);
  return bin;
}

/** The wheel just built, with the peers at the versions that the TypeScript library is developed against. */
function constraints(folder: string): string {
  const [wheel] = fs.readdirSync(path.join(folder, 'python')).filter(file => file.endsWith('.whl'));
  const versions = ['cdk8s', 'cdk8s-plus-28', 'constructs'].map(name => `${name}==${versionOf(name)}`);
  const file = path.join(folder, 'constraints.txt');
  fs.writeFileSync(file, [
    `cdk8s-openclaw @ ${pathToFileURL(path.join(folder, 'python', wheel))}`,
    ...versions,
    `jsii==${versionOf('jsii-pacmak')}`, // the generated code needs a runtime that is at least as new as its generator
    '',
  ].join('\n'));
  return file;
}
