import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Yaml } from 'cdk8s';
import { goProgram } from './go-program';
import { EXAMPLES, synthExample } from '../support/synth';

const SCHEMAS = path.join(__dirname, '..', 'schemas');
const CUSTOM = ['external-secrets-0.20.4', 'gateway-api-1.4.0'];

let examples: string;
beforeAll(() => { examples = EXAMPLES.flatMap(name => Object.values(synthExample(name).objects).flat()).map(object => Yaml.stringify(object)).join('---\n'); }, 600_000);

/** Runs kubeconform with the schemas of a version of Kubernetes, a file a kind. */
function judge(release: string, manifests: string): { valid: number; said: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kubeconform-'));
  try {
    for (const name of [`kubernetes-${release}`, ...CUSTOM]) {
      const { kinds, $defs } = JSON.parse(fs.readFileSync(path.join(SCHEMAS, `${name}.json`), 'utf8'));
      for (const [kind, definition] of Object.entries<string>(kinds)) {
        const [version, group] = kind.split('/').slice(0, -1).reverse();
        const file = [kind.split('/').pop()!.toLowerCase(), group ?? version, version].join('_');
        fs.writeFileSync(path.join(folder, `${file}.json`), JSON.stringify({ $ref: `#/$defs/${definition}`, $defs }));
      }
    }
    const location = path.join(folder, '{{.ResourceKind}}_{{.Group}}_{{.ResourceAPIVersion}}.json');
    const program = goProgram('github.com/yannh/kubeconform/cmd/kubeconform', 'v0.7.0');
    const { stdout, stderr } = spawnSync(program, ['-strict', '-summary', '-output', 'json', '-schema-location', location], { encoding: 'utf8', input: manifests });
    const { resources, summary } = JSON.parse(stdout || `{ "resources": ${JSON.stringify(stderr)}, "summary": { "valid": 0 } }`);
    return { valid: summary.valid, said: JSON.stringify(resources) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test.each(['1.28', '1.34'])('kubeconform finds nothing in the examples, strict, for Kubernetes %s', release => {
  expect(judge(release, examples)).toEqual({ valid: examples.split('\n---\n').length, said: '[]' });
  expect(judge(release, examples.replace('replicas: 1', 'replicaz: 1')).said).toContain('replicaz');
}, 600_000);
