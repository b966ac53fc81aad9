import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { generateGoModules } from './go-package';
import { run } from './run';
import { ROOT, synth, synthTypeScript } from './synth';

const MINUTES = 60_000;

let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-go-'));
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

test('the example renders the manifests and the summary of the TypeScript example', () => {
  const example = path.join(folder, 'example');
  fs.cpSync(path.join(ROOT, 'examples/go'), example, { recursive: true });
  run('go', ['mod', 'edit', ...generateGoModules(folder)], { cwd: example });
  run('go', ['vet', '.'], { cwd: example });
  const go = synth(example, { TMPDIR: folder }); // the Go runtime of jsii leaves a folder behind
  expect(Object.keys(go.manifests)).toEqual(['openclaw-dev.k8s.yaml', 'openclaw-prod.k8s.yaml']);
  expect(go).toEqual({ ...synthTypeScript(), report: {} });
}, 25 * MINUTES);
