import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { installPythonPackage } from './python-package';
import { run } from '../bindings/run';
import { ROOT, synth, synthTypeScript } from '../bindings/synth';

const MINUTES = 60_000;
const EXAMPLE = path.join(ROOT, 'examples/python');

let folder: string;
let bin: string;
let searchPath: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-python-'));
  bin = installPythonPackage(path.join(EXAMPLE, 'requirements.txt'), folder, 'cdk8s-plus-33<3', 'mypy==2.4.1');
  searchPath = [bin, process.env.PATH].join(path.delimiter);
}, 15 * MINUTES);

afterAll(() => fs.rmSync(folder, { recursive: true }));

test('the example renders the manifests, the report and the summary of the TypeScript example', () => {
  const python = synth(EXAMPLE, { PATH: searchPath });
  expect(Object.keys(python.manifests)).toEqual(['openclaw-dev.k8s.yaml', 'openclaw-prod.k8s.yaml']);
  expect(Object.keys(python.report)).toEqual(['models.json', 'models.md', 'models.mmd', 'models.svg']);
  expect(python).toEqual(synthTypeScript());
}, 5 * MINUTES);

test('examples/whole renders the same in both languages', () => {
  const whole = path.join(ROOT, 'examples/whole');
  expect(synth(whole, { PATH: searchPath }, '--app', 'python main.py')).toEqual(synth(whole));
}, 5 * MINUTES);

test.each(['python', 'whole'])('examples/%s is well typed', name => {
  const program = path.join(ROOT, 'examples', name, 'main.py');
  const { stdout } = run(path.join(bin, 'mypy'), ['--strict', '--cache-dir', path.join(folder, 'mypy'), program]);
  expect(stdout).toBe('Success: no issues found in 1 source file\n');
}, 5 * MINUTES);

test('the program of docs/python.md renders a gateway', () => {
  const page = fs.readFileSync(path.join(ROOT, 'docs/python.md'), 'utf8');
  const [main, settings] = ['main.py', 'cdk8s.yaml'].map(file => page.split(`cat > ${file} <<'EOF'\n`)[1].split('\nEOF\n')[0]);
  const project = path.join(folder, 'project');
  fs.mkdirSync(project);
  fs.writeFileSync(path.join(project, 'main.py'), main);
  fs.writeFileSync(path.join(project, 'cdk8s.yaml'), settings);
  const { manifests } = synth(project, { PATH: searchPath });
  expect(Object.keys(manifests)).toEqual(['assistant.k8s.yaml']);
  expect(manifests['assistant.k8s.yaml']).toContain('image: ghcr.io/openclaw/openclaw:2026.9.6-slim');
}, 5 * MINUTES);

test('what is said last of a mistake tells a Python user what to do', () => {
  const { stdout } = run(path.join(bin, 'python'), [path.join(__dirname, 'mistakes.py')]);
  expect(JSON.parse(stdout)).toEqual({
    'none': null,
    'wrong type': 'TypeError: type of argument version must be cdk8s_openclaw.OpenClawVersion; got str instead',
    'missing argument': "TypeError: FallbackChain.__init__() missing 1 required keyword-only argument: 'primary'",
    'a secret without a source': "RuntimeError: ProviderSecret 'demo/x': source must be a SecretSource, got undefined;"
      + " use for example SecretSource.fromSecretName('openclaw-secrets', 'ANTHROPIC_API_KEY')",
    'missing arguments': "TypeError: OpenClawDeployment.__init__() missing 2 required keyword-only arguments: 'auth' and 'chain'",
    'camel case': "TypeError: OpenClawDeployment.__init__() got an unexpected keyword argument 'httpApi'",
    'wrong value': "RuntimeError: FallbackChain 'demo/Chain': retries must be a whole number from 0, got -1",
    'param that is not read': "RuntimeError: Error: model 'anthropic/claude-sonnet-5': params.topP changes no request of the API anthropic-messages; remove it; valid params: thinking, temperature, maxTokens, cacheRetention, stop",
    'wrong value of a static method': "RuntimeError: Error: OpenClawVersion.of(): version must be an OpenClaw version such as '2026.9.6' or '2026.7.1-2'"
      + " (no 'v', no 'latest', no beta), got the string 'latest'",
    'governed setting': [
      "RuntimeError: OpenClawDeployment 'demo/Gateway' has 1 problem:",
      "  [governed-path] extraConfig 'agents.defaults.model' is rendered from 'chain'; remove it and change 'chain'",
    ].join('\n'),
    'rule violations': [
      "RuntimeError: OpenClawDeployment 'demo/Gateway' has 3 problems:",
      "  [chain-outside-allowlist] fallback 'openai/gpt-5.4' is not permitted by allowlist 'demo/Allowlist'; add it there or remove it from the"
        + ' chain (OpenClaw does not filter fallbacks by the allowlist)',
      "  [provider-key-missing] 'anthropic' is in the chain but has no key;"
        + " use providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'), or add new ProviderSecret(…, { provider: Provider.ANTHROPIC, source: … })",
      "  [provider-key-missing] 'openai' is in the chain but has no key;"
        + " use providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'), or add new ProviderSecret(…, { provider: Provider.OPENAI, source: … })",
    ].join('\n'),
    'finding of a judgement': expect.stringMatching(/, or accept it: acknowledge: \{ 'chain-single-provider': '<reason>' \}$/),
    'the same, accepted as its message says': null,
    'agents': null,
    'an agent with the chain of the gateway':
      "RuntimeError: OpenClawDeployment 'demo/Gateway': agents.main.chain is given, but the chain of the gateway is that of 'main'; move it to the prop 'chain'",
    'wrong value in a map': [
      'RuntimeError: Passed to parameter props of new cdk8s-openclaw.OpenClawDeployment: '
        + 'Unable to deserialize value as cdk8s-openclaw.OpenClawDeploymentProps',
      '├── 🛑 Failing value is an object',
      "│      { '$jsii.struct': [Object] }",
      '╰── 🔍 Failure reason(s):',
      "    ╰─ Key 'secrets': Unable to deserialize value as map<cdk8s-openclaw.SecretSource> | undefined",
      '        ├── 🛑 Failing value is an object',
      "        │      { '$jsii.map': [Object] }",
      '        ╰── 🔍 Failure reason(s):',
      "            ╰─ Key 'TELEGRAM_BOT_TOKEN': Unable to deserialize value as cdk8s-openclaw.SecretSource",
      '                ├── 🛑 Failing value is a string',
      "                │      '123:abc'",
      '                ╰── 🔍 Failure reason(s):',
      '                    ╰─ Value does not have the "$jsii.byref" key',
    ].join('\n'),
    'subclass of a value': expect.stringMatching(/^AttributeError: 'Vault' object has no attribute '__jsii_ref__'/), // newer Pythons add a guess
  });
}, 5 * MINUTES);

test('fleets render as in TypeScript', () => {
  const { stdout } = run(path.join(bin, 'python'), [path.join(__dirname, 'tenants.py')]);
  expect(JSON.parse(stdout)).toEqual({
    'files': ['a.k8s.yaml', 'b.k8s.yaml'],
    'same from code': true,
    'values': [null, { seats: 3 }],
    'charts of members': ['a', 'b'],
    'message': [
      "Fleet 'fleet' has 1 problem in 1 of 2 tenants:",
      "  tenants.yaml:3 'b': versoin is not a key of a tenant; did you mean version?",
    ],
  });
}, 5 * MINUTES);

test('a construct on top takes objects of any cdk8s-plus, under the same rules', () => {
  const { stdout } = run(path.join(bin, 'python'), [path.join(__dirname, 'team_gateway.py')]);
  const { refused, ...rendered } = JSON.parse(stdout);
  expect(rendered).toEqual({
    'same objects': true,
    'label': 'blue',
    'resources': { requests: { cpu: '500m', memory: '2Gi' }, limits: { 'memory': '3Gi', 'ephemeral-storage': '1Gi' } },
    'zone': ['UTC'],
    'storage': ['20Gi'],
    'sidecars': ['model-guard', 'openclaw', 'live-sync', 'tools'],
    'files': [{ 'main.AGENTS.md': '# Rules', 'main.SOUL.md': 'Kind' }],
    'secrets': {
      token: { 'cdk8s-openclaw/secret-text': 'HOOKS', 'template': 'Bearer {}' },
      tools: ['HOOKS'],
      headers: ['key-openai.json', 'key-openai.x-portkey-api-key.json', 'key-openai.helicone-auth.json'],
    },
  });
  for (const [kplus, messages] of Object.entries<string[]>(refused)) {
    expect(messages).toEqual([
      expect.stringContaining("[reference-other-namespace] serviceAccount is in namespace 'elsewhere', the gateway in 'team'"),
      expect.stringContaining("[reference-other-namespace] the claim of state is in namespace 'elsewhere', the gateway in 'team'"),
      expect.stringContaining("[secret-other-namespace] the Secret of secrets['HOOKS'] is in namespace 'elsewhere', the gateway in 'team'"),
      expect.stringContaining("[key-in-environment] envVariables['A'] is a secret in the environment"),
      "OpenClawDeployment 'team/Blue/Gateway': envVariables['PORT'] must be a text or a kplus.EnvValue, got 8080; write '8080'",
      `type of argument resources must be one of (cdk8s_openclaw.ContainerResources, Dict[str, Any], NoneType); got ${kplus}.ContainerResources instead`,
    ]);
  }
  expect(Object.keys(refused)).toEqual(['cdk8s_plus_28', 'cdk8s_plus_33']);
}, 5 * MINUTES);

test('a program with a mistake ends with the message, below the stack of the JavaScript engine', () => {
  const program = path.join(folder, 'main.py');
  fs.writeFileSync(program, "from cdk8s_openclaw import OpenClawVersion\nOpenClawVersion.of('latest')\n");
  expect(() => run(path.join(bin, 'python'), [program])).toThrow(
    /python .*main\.py ended with 1\n[^]*Traceback \(most recent call last\):\n[^]*\nRuntimeError: Error: OpenClawVersion\.of\(\): version must be .*'latest'\n$/,
  );
}, 5 * MINUTES);
