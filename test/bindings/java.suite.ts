import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { installJavaPackage, JavaPackage, setVersion } from './java-package';
import { ROOT, synth, synthTypeScript } from './synth';

const MINUTES = 60_000;

let folder: string;
let java: JavaPackage | undefined;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-java-'));
  java = installJavaPackage(folder);
}, 25 * MINUTES);

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
  if (java) fs.rmSync(java.installed, { recursive: true });
});

test('the example renders the manifests and the summary of the TypeScript example', () => {
  const example = path.join(folder, 'example');
  fs.cpSync(path.join(ROOT, 'examples/java'), example, { recursive: true });
  setVersion(path.join(example, 'pom.xml'), java!.version);
  const { manifests, summary } = synth(example, { MAVEN_OPTS: `-Dmaven.repo.local=${java!.repository}` });
  expect(Object.keys(manifests)).toEqual(['openclaw-dev.k8s.yaml', 'openclaw-prod.k8s.yaml']);
  const withoutColour = summary.replaceAll('\u001b[0m', ''); // Maven resets it, also when it says nothing
  expect({ manifests, summary: withoutColour, report: {} }).toEqual({ ...synthTypeScript(), report: {} });
}, 10 * MINUTES);
