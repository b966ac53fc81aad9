import * as fs from 'fs';
import * as path from 'path';
import { cached, peerVersions } from './cache';
import { requireCommand, run } from './run';
import { ROOT } from './synth';

const PEERS = {
  'github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2': 'cdk8s',
  'github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2': 'cdk8splus28',
};

/**
 * Generates the Go modules of this checkout, and those of cdk8s and cdk8s-plus-28, since the Go proxy does not hand out every
 * version of them; answers the arguments of `go mod edit` that put them in place.
 */
export function generateGoModules(folder: string): string[] {
  requireCommand('go', 'version', 'Go 1.25 or newer is needed to test the Go module');
  const modules = ['cdk8s', 'cdk8s-plus-28'].map(module => path.join(ROOT, 'node_modules', module));
  const peers = cached('go', [fs.readFileSync(__filename, 'utf8'), ...peerVersions()], draft => generate(modules, draft));
  generate([ROOT], folder);
  return [
    `-replace=github.com/cdk8s-openclaw/cdk8s-openclaw-go/cdk8sopenclaw=${path.join(folder, 'go/cdk8sopenclaw')}`,
    ...Object.entries(PEERS).map(([module, name]) => `-replace=${module}=${path.join(peers, 'go', name)}`),
  ];
}

function generate(modules: string[], folder: string): void {
  run(path.join(ROOT, 'node_modules/.bin/jsii-pacmak'), [...modules, '--no-npmignore', '--code-only', '--target', 'go', '--outdir', folder]);
}
