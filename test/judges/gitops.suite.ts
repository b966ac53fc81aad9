import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Testing, Yaml } from 'cdk8s';
import { ModelGuard, SecretSource, SecretStore } from '../../src/index';
import { isUsableKey } from '../../src/secrets/usable-key';
import { cached } from '../bindings/cache';
import { run } from '../bindings/run';
import { ROOT } from '../bindings/synth';
import { newChart, newGateway } from '../support/gateway';
import { storedKeys } from '../support/stored-keys';
import { EXAMPLES, synthExample } from '../support/synth';

const SOURCE = path.join(__dirname, 'gitops');
const PAGE = fs.readFileSync(path.join(ROOT, 'docs', 'gitops.md'), 'utf8');
type Tool = 'flux' | 'kustomize' | 'helm' | 'secrets';

let program: string, folder: string;
beforeAll(() => {
  const files = ['main.go', 'go.mod', 'go.sum'].map(name => fs.readFileSync(path.join(SOURCE, name), 'utf8'));
  program = path.join(cached('gitops', files, made => execFileSync('go', ['build', '-o', path.join(made, 'gitops'), '.'], { cwd: SOURCE, stdio: 'pipe' })), 'gitops');
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gitops-'));
}, 1_200_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What a tool hands on of a file, or of the folder of a chart. */
function handedOn(tool: Tool, file: string): string {
  const { status, stdout, stderr } = spawnSync(program, [tool, file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function inFile(manifests: any[]): string {
  const file = path.join(folder, 'all.yaml');
  fs.writeFileSync(file, manifests.map(each => Yaml.stringify(each)).join('---\n'));
  return file;
}

/** The objects of a text, in an order that does not depend on the tool. */
function objectsOf(text: string): any[] {
  const file = path.join(folder, 'handed-on.yaml');
  fs.writeFileSync(file, text);
  return inOrder(Yaml.load(file));
}

const idOf = ({ kind, metadata }: any) => `${kind} ${metadata.namespace}/${metadata.name}`;
const inOrder = (manifests: any[]) => [...manifests].sort((a, b) => idOf(a) < idOf(b) ? -1 : 1);

const configMap = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' }, data });

describe.each(EXAMPLES)('the manifests of example %s', name => {
  let manifests: any[];
  beforeAll(() => { manifests = Object.values(synthExample(name).objects).flat(); }, 120_000);

  test('are what Flux applies after its substitution', () => {
    const file = inFile(manifests);
    expect(handedOn('flux', file)).toBe(fs.readFileSync(file, 'utf8'));
  });

  test('are what Kustomize builds', () => {
    expect(objectsOf(handedOn('kustomize', inFile(manifests)))).toEqual(inOrder(manifests));
  });

  test('are what Helm renders of a chart, once docs/gitops.md has been followed', () => {
    const chart = path.join(folder, name);
    run(path.join(ROOT, 'node_modules/.bin/cdk8s'), [
      'synth', '--check-upgrade=false', '--format', 'helm', '--chart-api-version', 'v2', '--chart-version', '1.0.0', '--output', chart,
    ], { cwd: path.join(ROOT, 'examples', name) });
    expect(fs.readdirSync(path.join(chart, 'templates')).length).toBeGreaterThan(0);
    const hasTemplate = manifests.some(({ kind, spec }) => kind === 'ExternalSecret' && spec.target.template);
    if (hasTemplate) {
      expect(() => handedOn('helm', chart)).toThrow('invalid value; expected string');
      run('bash', ['-c', /```sh\n\s*(sed .*)\n/.exec(PAGE)![1]], { cwd: chart });
    }
    expect(objectsOf(handedOn('helm', chart))).toEqual(inOrder(manifests));
    expect(hasTemplate).toBe(['beside', 'guarded'].includes(name)); // a guard in pods of its own
  }, 120_000);
});

test.each<[string, Tool, any[], RegExp]>([
  ['Flux would alter a variable of a shell', 'flux', [configMap({ script: 'echo ${line##* }' })], /script: "?echo "?\n/],
  ['Flux would alter a template literal', 'flux', [configMap({ script: 'log(`${agent} is here`)' })], /log\(` is here`\)/],
  ['Flux would take two dollars for one', 'flux', [configMap({ script: 'kill $${pid}' })], /kill \$\{pid\}/],
])('%s', (_what, tool, manifests, altered) => {
  expect(handedOn(tool, inFile(manifests))).toMatch(altered);
});

test('Kustomize would refuse two objects of one name', () => {
  expect(() => handedOn('kustomize', inFile([configMap({}), configMap({})]))).toThrow('may not add resource with an already registered id');
});

describe('the Secret of a credential in a vault', () => {
  const caller = SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'guard' });
  const template = () => {
    const chart = newChart();
    newGateway(chart, { guard: ModelGuard.pod({ caller }) });
    return Testing.synth(chart).find(({ kind, spec }) => kind === 'ExternalSecret' && spec.target.template).spec.target.template.data;
  };
  const forms = storedKeys('credential').filter(({ stored }) => typeof stored === 'string');
  const made = (entry: string): { readonly text: string; readonly error: string }[] => {
    const file = path.join(folder, 'template.json');
    fs.writeFileSync(file, JSON.stringify({ template: template()[entry], values: forms.map(({ stored }) => ({ MODEL_GUARD_KEY: stored })) }));
    return JSON.parse(handedOn('secrets', file));
  };
  /** White space around a value is cut by the template, a byte order mark is not. */
  const expected = (stored: string) => !stored.startsWith('\ufeff') && isUsableKey(stored.trim()) ? stored.trim() : 'refused';
  const credentialIn = (text: string) => JSON.parse(text).resources[0].typed_config.credentials[0].key;

  test('is the same for the gateway and for its guard, or stays as it was, in whichever form it is stored', () => {
    const [own, guards] = [made('MODEL_GUARD_KEY'), made('caller.json')];
    const seen = forms.map(({ what }, i) => [what, own[i].error ? 'refused' : own[i].text, guards[i].error ? 'refused' : credentialIn(guards[i].text)]);
    expect(seen).toEqual(forms.map(({ what, stored }) => [what, expected(String(stored)), expected(String(stored))]));
    const errors = [...own, ...guards].map(({ error }) => error).filter(Boolean);
    expect(errors.filter(error => !error.endsWith('error calling fail: MODEL_GUARD_KEY must be one line of visible ASCII without quotes around it'))).toEqual([]);
    expect(errors.join()).not.toContain('credential');
  });
});
