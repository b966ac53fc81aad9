import { github, YamlFile } from 'projen';
import { NEWEST_RELEASE, releasesFor } from '../src/release/releases';

const { JobPermission } = github.workflows;

const NODE = '22';
const GO = '1.26';
const INSTALL: github.workflows.JobStep = { name: 'Install dependencies', run: 'npm ci' };
const READ = { contents: JobPermission.READ };

/** What `.ci/run` needs of the system, on a machine that GitHub gives. The suites that make networks and mounts are root on Debian in it. */
const DEBIAN: github.workflows.ContainerOptions = { image: 'node:22-bookworm', options: '--privileged' as any }; // projen's type is a list, GitHub reads a text

const steps = (...commands: github.workflows.JobStep[]) => [github.WorkflowSteps.checkout(), INSTALL, ...commands];

const debian = (packages: string): github.workflows.JobStep =>
  ({ name: 'Install Debian packages', run: `apt-get update && apt-get install --yes --no-install-recommends ${packages}` });

/** A job on Debian for each row; `run` is an npm script of `.ci/run`. */
function onDebian(matrix: github.workflows.JobMatrix, packages: string, run: string, env?: Record<string, string>): github.workflows.Job {
  return {
    runsOn: ['ubuntu-latest'],
    container: DEBIAN,
    permissions: READ,
    timeoutMinutes: 90,
    strategy: { failFast: false, matrix },
    env: { CI: 'true', ...env },
    tools: { go: { version: GO } },
    steps: steps(debian(packages), { name: 'Run the suite', run }),
  };
}

/** What a pull request waits for. */
function addPullRequest(gitHub: github.GitHub): void {
  const workflow = new github.GithubWorkflow(gitHub, 'pull-request');
  workflow.on({ pullRequest: {}, push: { branches: ['main'] }, mergeGroup: {}, workflowDispatch: {} });
  const job = { runsOn: ['ubuntu-latest'], permissions: READ, env: { CI: 'true' } };
  workflow.addJobs({
    unit: {
      ...job,
      timeoutMinutes: 20,
      tools: { node: { version: NODE }, python: { version: '3.11' } },
      steps: steps(
        { name: 'Compile, test and lint', run: 'npm test' },
        { name: 'Synthesise an example', run: 'npm run synth' },
        { name: 'Renew the project files', run: 'npx projen' },
        { name: 'Check that generated files are committed', run: 'git diff --exit-code && test -z "$(git status --porcelain)"' },
      ),
    },
    api: {
      ...job,
      timeoutMinutes: 10,
      tools: { node: { version: NODE } },
      steps: steps(
        { name: 'Compile', run: 'npm run compile' },
        { name: 'Compare the API with the last release', run: 'npm run compat' },
      ),
    },
  });
}

/** The suites of `.ci/run`, side by side. */
function addSuites(gitHub: github.GitHub): void {
  const workflow = new github.GithubWorkflow(gitHub, 'suites', { limitConcurrency: true, concurrencyOptions: { group: 'suites-${{ github.ref }}', cancelInProgress: true } });
  workflow.on({ pullRequest: {}, schedule: [{ cron: '17 1 * * *' }], workflowDispatch: {} });
  const suite = (name: string, packages = 'python3-venv') => ({ suite: name, packages });
  const all = JSON.stringify(releasesFor('gateway'));
  const newest = JSON.stringify([NEWEST_RELEASE]);
  workflow.addJobs({
    suite: onDebian({
      include: [
        suite('test:thorough'),
        suite('test:guard'),
        suite('test:browser', 'iproute2 openssl nginx chromium'),
        suite('test:judges', 'prometheus chromium python3-venv'),
        suite('test:peers'),
        suite('test:bindings', 'openjdk-17-jdk maven'),
      ],
    }, '${{ matrix.packages }}', 'npm run "${{ matrix.suite }}"'),
    contract: onDebian({ domain: { release: releasesFor('contract') } }, 'python3-venv', 'npm run test:versions', { OPENCLAW_RELEASES: '${{ matrix.release }}' }),
    gateway: onDebian(
      { domain: { release: `\${{ fromJSON(github.event_name == 'pull_request' && '${newest}' || '${all}') }}` } }, // a pull request tries the newest
      'iproute2 openssl libfaketime python3-venv', 'npm run test:gateway -- --release "${{ matrix.release }}"',
    ),
    facts: onDebian({ domain: { script: ['catalog', 'prices', 'schemas:manifests'] } }, 'python3-pip', 'npm run "${{ matrix.script }}" -- --check'),
    cluster: {
      runsOn: ['ubuntu-latest'],
      permissions: READ,
      timeoutMinutes: 90,
      env: { CI: 'true' },
      tools: { node: { version: NODE }, go: { version: GO } },
      steps: steps(
        { name: 'Start a cluster', run: 'kind create cluster --image kindest/node:v1.34.0' },
        { name: 'Define the routes of the Gateway API', run: "kubectl apply --kustomize 'https://github.com/kubernetes-sigs/gateway-api/config/crd?ref=v1.4.0'" },
        {
          name: 'Install the External Secrets Operator',
          run: 'helm install external-secrets external-secrets --repo https://charts.external-secrets.io --version 0.20.4 --namespace external-secrets --create-namespace --wait',
        },
        { name: 'Run the suite', run: 'npm run test:cluster', env: { KUBECONFIG: '/home/runner/.kube/config' } },
      ),
    },
  });
}

const FIND = `version=\${ASKED_FOR:-$(npm run --silent version:new)}
if test -n "$version" && test "$(gh issue list --state all --search "in:title \\"OpenClaw $version\\"" --json number --jq length)" != 0; then
  echo "an issue about OpenClaw $version exists"
  version=
fi
echo "version=$version" >> "$GITHUB_OUTPUT"`;

const REPORT = `{ echo '\`npm run version:try\` printed:'; echo; echo '\`\`\`'; tail --bytes 60000 tried.txt; echo '\`\`\`'; } > issue.md
gh issue create --title "OpenClaw $VERSION: $OUTCOME" --body-file issue.md`;

/** Tries a version of OpenClaw that no row of src/release/releases.ts names, and says in an issue what it found. */
function addNewVersion(gitHub: github.GitHub): void {
  const workflow = new github.GithubWorkflow(gitHub, 'new-openclaw', { limitConcurrency: true });
  workflow.on({
    schedule: [{ cron: '43 5 * * 1' }],
    workflowDispatch: { inputs: { version: { description: 'A version of OpenClaw; by default the latest on npm', required: false, type: 'string' } } },
  });
  const found = "steps.find.outputs.version != ''";
  const VERSION = '${{ steps.find.outputs.version }}';
  workflow.addJob('try', {
    runsOn: ['ubuntu-latest'],
    container: DEBIAN,
    permissions: { contents: JobPermission.READ, issues: JobPermission.WRITE },
    timeoutMinutes: 120,
    env: { CI: 'true', GH_TOKEN: '${{ github.token }}', GH_REPO: '${{ github.repository }}' },
    defaults: { run: { shell: 'bash' } }, // with pipefail
    steps: steps(
      debian('iproute2 openssl libfaketime python3-venv gh'),
      { name: 'Find a version that the library does not know', id: 'find', env: { ASKED_FOR: '${{ inputs.version }}' }, run: FIND },
      { name: 'Try it', id: 'try', if: found, continueOnError: true, env: { VERSION }, run: 'npm run version:try -- "$VERSION" 2>&1 | tee tried.txt' },
      { name: 'Open an issue', if: found, env: { VERSION, OUTCOME: '${{ steps.try.outcome }}' }, run: REPORT },
    ),
  });
}

/** Go's modules are not projen's. Those of test/cluster/up/ are Kubernetes releases, and move with the suite. */
function addDependabot(gitHub: github.GitHub): void {
  const updates = ['/test/judges/cilium', '/test/judges/gitops'].map(directory => ({ 'package-ecosystem': 'gomod', directory, 'schedule': { interval: 'weekly' } }));
  new YamlFile(gitHub.project, '.github/dependabot.yml', { obj: { version: 2, updates }, committed: true });
}

export function addWorkflows(gitHub: github.GitHub): void {
  addDependabot(gitHub);
  addPullRequest(gitHub);
  addSuites(gitHub);
  addNewVersion(gitHub);
}
