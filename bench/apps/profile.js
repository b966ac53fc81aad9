/** Prints milliseconds per gateway of the parts of a fleet's synthesis: `node profile.js <count> <outdir>`. */
const inspector = require('inspector');

const extraConfig = { agents: { entries: { main: {}, coder: { workspace: '/home/node/.openclaw/coder' } } }, tools: { deny: ['browser'] } };
const PARTS = {
  'reading and checking the rows': ['rowsOfFile', 'rowProblems'],
  'what the words of a row mean': ['planOf'],
  'checks of the props': ['checkProps'],
  'models and settings': ['resolve lib/'],
  'all rules': ['findingsOf'],
  'of it the schema check of extraConfig': ['checkExtraConfig'],
  'rendering openclaw.json': ['openclawJson', 'agentSettingsJson'],
  'the whole gateway, with its kplus objects': ['OpenClawDeployment'],
  'validation and dependencies': ['validate', 'inferDependencies'],
  'objects to JSON': ['toJson cdk8s/lib/api-object'],
  'JSON to YAML': ['print lib/', 'stringify cdk8s'],
  'writing files': ['writeFileSync'],
  'garbage collection': ['(garbage collector)'],
};

const session = new inspector.Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 500 });
const [count, outdir] = process.argv.slice(2);
const { FallbackChain, Fleet, FleetApp, GatewayAuth, OpenClawVersion, Provider, ProviderKeys, SecretSource, Tenants } = require('cdk8s-openclaw');
session.post('Profiler.start');
const app = new FleetApp({ outdir });
new Fleet(app, 'fleet', {
  tenants: Tenants.fromFile(process.env.BENCH_TENANTS),
  version: OpenClawVersion.V2026_9_6,
  chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
  providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'),
  auth: GatewayAuth.token(SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')),
  extraConfig,
});
app.synth();
session.post('Profiler.stop', (error, { profile }) => {
  if (error) throw error;
  const parents = new Map(profile.nodes.flatMap(node => (node.children ?? []).map(child => [child, node.id])));
  const names = new Map(profile.nodes.map(({ id, callFrame: { functionName, url } }) => [id, `${functionName} ${url.replace(/.*node_modules\/|.*(?=lib\/)/, '')}`]));
  const totals = Object.fromEntries(['everything', ...Object.keys(PARTS)].map(part => [part, 0]));
  profile.samples.forEach((sample, i) => {
    const stack = [];
    for (let id = sample; id !== undefined; id = parents.get(id)) stack.push(names.get(id));
    const milliseconds = profile.timeDeltas[i] / 1e3 / Number(count);
    if (!stack[0].startsWith('(idle)')) totals.everything += milliseconds;
    for (const [part, functions] of Object.entries(PARTS)) {
      if (stack.some(name => functions.some(each => name.startsWith(each.includes(' ') ? each : `${each} `)))) totals[part] += milliseconds;
    }
  });
  console.log(JSON.stringify(totals));
});
