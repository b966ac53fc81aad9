import { cdk, cdk8s, javascript, release } from 'projen';
import { addReleaseSteps } from './projenrc/release';
import { closedDoors } from './projenrc/rooms';
import { addWorkflows } from './projenrc/workflows';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-openclaw',
  description: 'Typed cdk8s constructs for OpenClaw gateways: providers, fallbacks, allowlists and key rotation on Kubernetes',
  author: 'cdk8s-openclaw maintainers',
  authorAddress: 'maintainers@cdk8s-openclaw.example',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-openclaw/cdk8s-openclaw.git',
  defaultReleaseBranch: 'main',
  keywords: ['cdk8s', 'kubernetes', 'constructs', 'openclaw', 'llm', 'gateway', 'external-secrets'],
  stability: 'experimental',
  license: 'Apache-2.0',

  projenrcTs: true,
  projenVersion: '~0.103.25',
  packageManager: javascript.NodePackageManager.NPM,
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3', // 7 has no JavaScript API: ts-jest and typescript-eslint cannot use it
  minNodeVersion: '20.16.0',
  validateTsconfig: cdk.ValidateTsconfig.MINIMAL, // STRICT refuses stripInternal
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false, rootDir: 'src', outDir: 'lib', stripInternal: true }, include: ['src/**/*.ts'] },

  cdk8sVersion: '2.70.0',
  constructsVersion: '10.3.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  devDeps: ['@grafana/grafana-foundation-sdk@^0.0.21', '@types/dns-packet@^5', '@types/ws@^8', 'ajv@^8', 'cdk8s-cli@^2', 'dns-packet@^5', 'esbuild@^0.28', 'fast-check@^4', 'playwright-core@^1', 'tsx@^4', 'ws@^8'],

  githubOptions: {
    mergify: false,
    pullRequestLintOptions: { semanticTitleOptions: { types: ['feat', 'fix', 'docs', 'test', 'refactor', 'chore'] } },
  },
  pullRequestTemplateContents: [
    '<!-- The title is a conventional commit: feat: …, fix: …, docs: …, test: …, refactor: … or chore: …, with ! if it breaks users. -->',
    '',
    '## What changes for a user?',
    '',
    '## How did you see that it works?',
    '',
    '- [ ] A test fails without the change.',
    '- [ ] `npm test` passes, and generated files are committed.',
    '- [ ] README.md, docs/ and CHANGELOG.md are true again.',
    '',
    'Fixes #',
  ],
  buildWorkflow: false, // projen's commits to pull requests what it generates: ours says that it is missing
  workflowNodeVersion: '22',
  depsUpgradeOptions: { workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY } },

  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releaseEnvironment: 'release', // on GitHub it names who approves
  nextVersionCommand: 'node -p "process.env.LATEST_TAG ? String() : \'0.1.0\'"',
  majorVersion: 0,
  bumpPackage: 'commit-and-tag-version@^12', // 13 needs Node 22
  npmTrustedPublishing: true, // with provenance
  compat: true,
  vscode: false,
  sampleCode: false,
  allowScripts: [],

  publishToPypi: { distName: 'cdk8s-openclaw', module: 'cdk8s_openclaw', trustedPublishing: true, attestations: true },
  publishToMaven: { javaPackage: 'io.github.cdk8s_openclaw', mavenGroupId: 'io.github.cdk8s-openclaw', mavenArtifactId: 'cdk8s-openclaw' },
  publishToNuget: { dotNetNamespace: 'Cdk8sOpenClaw', packageId: 'Cdk8sOpenClaw', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk8s-openclaw/cdk8s-openclaw-go', packageName: 'cdk8sopenclaw' },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    configFilePath: 'jest.config.json',
    junitReporting: false,
    jestConfig: {
      collectCoverage: false, // v8 coverage converts every source file once per suite: ten times slower
      coverageProvider: 'babel',
      reporters: [new javascript.JestReporter('<rootDir>/test/summary-reporter.js')],
      testTimeout: 30_000,
      maxWorkers: '100%', // by default one core stays idle, which of two is a half
    },
  },
  typecheckTests: true,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'bench', 'examples', 'scripts', '.projenrc.ts'],
    projectService: true,
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },

  gitignore: ['.jsii.tabl.json', '/test-reports/', '/examples/*/dist/', '__pycache__/'],
  npmignoreEnabled: false, // what is published is listed in `files`
});

project.package.addField('files', ['.jsii', 'API.md', 'CHANGELOG.md', 'assets', 'catalog', 'lib/**/*.d.ts', 'lib/index.js']);

project.eslint?.addRules({ 'import/no-restricted-paths': ['error', { zones: closedDoors() }] });

// examples, tests and the blocks of README.md import 'cdk8s-openclaw' from this checkout
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// 1.13 publishes binaries for platforms that a lock file written on Linux does not name, so `npm ci` refuses it
project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.compileTask.reset('jsii --silence-warnings=reserved-word --fail-on-warnings');
project.compileTask.exec('tsx scripts/bundle.ts', { name: 'One file loads faster than a hundred' });
project.compileTask.exec('tsx scripts/declarations.ts', { name: 'Only the declarations of the public API are published' });

/** Tests that install packages from npm or PyPI, run every example, or walk the schemas of every version. */
const THOROUGH = ['test/contract/', 'test/python/', 'test/package/', 'test/examples/', 'test/manifests/interpreted', 'test/extra-config/(governed|schema-agreement)'];

const typesTask = project.addTask('test:types', { description: 'Type-checks everything besides the library' });
for (const folder of ['bench', 'examples', 'scripts', 'test']) typesTask.exec(`tsc -p ${folder}/tsconfig.json`);

project.testTask.reset();
project.testTask.spawn(project.compileTask);
project.testTask.exec('jsii-docgen -o API.md');
project.testTask.exec('jsii-rosetta extract --compile --fail .', { name: 'The code of README.md and of docstrings compiles' });
project.testTask.exec("bash -c 'projen eslint & lint=$!; projen test:types; types=$?; wait $lint && exit $types'", { name: 'Each keeps one core busy' });
project.testTask.exec(`jest --testPathIgnorePatterns /node_modules/ ${THOROUGH.map(each => `'${each}'`).join(' ')} --ci`, { receiveArgs: true });

const tasks: { [name: string]: { description: string; exec: string; receiveArgs?: boolean; env?: { [name: string]: string } } } = {
  'test:thorough': {
    description: 'What `test` leaves out: the newest OpenClaw, the package, Python, the examples, the schemas of every version',
    exec: `jest --ci ${THOROUGH.map(each => `'${each}'`).join(' ')}`,
  },
  'test:versions': {
    description: 'The configuration of the cells against the real OpenClaw of the versions that src/release/releases.ts names; that of the newest is in `test:thorough`',
    exec: 'jest --ci test/contract --testPathIgnorePatterns examples provider-features accepting-gateway',
    env: { OPENCLAW_RELEASES: '$(node -p "process.env.OPENCLAW_RELEASES || \'older\'")' },
  },
  'test:gateway': {
    description: 'Running gateways against what the library promises: needs root on Linux, iproute2, openssl and libfaketime',
    exec: 'tsx test/gateway/run.ts',
    receiveArgs: true,
  },
  'test:cluster': {
    description: 'A real Kubernetes with the External Secrets Operator: that of KUBECONFIG, else one of its own, which needs root on Debian and Go',
    exec: 'tsx test/cluster/run.ts',
    receiveArgs: true,
  },
  'test:browser': {
    description: 'The Control UI in Chromium, through nginx: needs root on Linux, iproute2, openssl, nginx and chromium',
    exec: 'tsx test/browser/run.ts',
    receiveArgs: true,
  },
  'test:judges': { description: 'What judges of other projects say: cyclonus, Cilium, kube-score and promtool, needs Go and the Debian package prometheus', exec: "jest --ci --testMatch '**/test/judges/*.suite.ts'" },
  'test:guard': {
    description: 'The real Envoy against what the library renders for a model guard: bypasses, mutated requests, live changes, limits',
    exec: "jest --ci --runInBand --testMatch '**/test/guard/*.suite.ts' --reporters ./test/support/scenario-reporter.js",
    receiveArgs: true,
  },
  'test:peers': { description: 'The oldest and the newest peers under Node 20, 22 and 24, and one app on four cdk8s-plus', exec: "jest --ci --testMatch '**/test/peers/*.suite.ts'" },
  'test:bindings': { description: 'The example in Java and Go: needs JDK 17, Maven and Go', exec: "jest --ci --testMatch '**/test/bindings/*.suite.ts'" },
  'version:try': { description: 'Tries a version of OpenClaw that the library does not know yet', exec: 'tsx scripts/try-release.ts', receiveArgs: true },
  'version:new': { description: 'Prints the latest version of OpenClaw on npm when the library does not know it', exec: 'tsx scripts/new-version.ts' },
  'bench': { description: 'Ratios of time and memory, measured side by side in one run', exec: 'tsx bench/run.ts', receiveArgs: true },
  'bench:guard': { description: 'A model guard against a direct call, side by side in one run', exec: 'tsx bench/guard.ts', receiveArgs: true },
  'catalog': { description: "Facts and configuration schemas of OpenClaw's versions, from its npm packages", exec: 'tsx scripts/catalog.ts', receiveArgs: true },
  'plugins': { description: 'Versions and hashes of plugin packages, from npm', exec: 'tsx scripts/plugin-packages.ts' },
  'dashboard': { description: 'The dashboard for Grafana, by its foundation SDK', exec: 'tsx scripts/dashboard.ts' },
  'prices': { description: 'Prices of models, from a public list on PyPI', exec: 'tsx scripts/prices.ts', receiveArgs: true },
  'schemas:manifests': {
    description: 'Schemas of Kubernetes and of the External Secrets Operator, from their Go modules: needs Go',
    exec: 'tsx scripts/manifest-schemas.ts',
    receiveArgs: true,
  },
};
for (const [name, { exec, receiveArgs, ...options }] of Object.entries(tasks)) {
  const compiled = /^test:|^bench$/.test(name) ? [{ spawn: 'compile', condition: '! test -e lib/index.js' }] : []; // examples and programs import it
  project.addTask(name, { ...options, steps: [...compiled, { exec, receiveArgs }] });
}

project.addTask('synth', {
  description: 'The main job on a real example: compiles the library and synthesises examples/multi-provider',
  steps: [{ spawn: 'compile' }, { exec: 'cdk8s synth', cwd: 'examples/multi-provider' }],
  env: { CDK8S_CHECK_UPGRADE: 'false' },
});

project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20'); // the value is the major version

addReleaseSteps(project);
addWorkflows(project.github!);

project.synth();
