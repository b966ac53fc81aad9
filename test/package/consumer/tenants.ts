import { ApiObject, App, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { FallbackChain, Fleet, FleetApp, GatewayAuth, OpenClawVersion, Provider, ProviderKeys, SecretSource, Tenants } from 'cdk8s-openclaw';

/** Texts that YAML writes in special ways. */
const AWKWARD = ['', 'yes', '1:30', '0x1f', '- a', 'a #b', "it's", 'a\n\nb\n', ' a\nb', 'word '.repeat(60), '---', '\u0000', 'ſ'];

function addObject(scope: Construct, id: string, data: unknown = { yes: 'no' }): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: { yes: 'no' } }, data });
}

/** Files of tenants, of charts with dependencies inside, of one whose name no file can have, and of one without objects. */
function writeFiles(app: App): void {
  new Fleet(app, 'fleet', {
    tenants: Tenants.of(['a', 'b', 'c'].map(name => ({ name }))),
    version: OpenClawVersion.V2026_9_6,
    chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
    providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'),
    auth: GatewayAuth.token(SecretSource.generated()),
  });
  let count = 0;
  for (const id of ['10', '9', 'd']) {
    const chart = new Chart(app, id, { namespace: 'here', labels: { chart: id } });
    const [first, second] = ['First', 'Second'].map(name => new Construct(chart, name));
    first.node.addDependency(second);
    for (const name of ['One', 'Two']) addObject(first, name, Lazy.any({ produce: () => ({ count: ++count }) }));
    addObject(second, 'Awkward', { keys: Object.fromEntries(AWKWARD.map((text, i) => [text, i])), values: AWKWARD });
    addObject(new Chart(addObject(chart, 'Outer'), 'inner'), 'Object');
  }
  addObject(new Chart(new Construct(app, 'Group'), 'Bad_Name'), 'Object');
  new Chart(app, 'empty');
  app.synth();
}

/** How often each object of an app of many charts is validated. */
function validations(kind: typeof App, count: number): number {
  let calls = 0;
  const validate = () => {
    calls++;
    return [];
  };
  const app = new kind({ outdir: 'counted' });
  for (let i = 0; i < count; i++) addObject(new Chart(app, `chart-${i}`), 'Object').node.addValidation({ validate });
  app.synth();
  return calls / count;
}

/** What is reported when rendering one chart makes something wrong in another. */
function message(kind: typeof App): string {
  const app = new kind({ outdir: 'refused' });
  const wrong: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map(id => new Chart(app, id));
  for (const chart of [a, c]) addObject(chart, 'Object').node.addValidation({ validate: () => wrong.map(each => `${chart.node.id} is ${each}`) });
  addObject(b, 'Object', Lazy.any({ produce: () => wrong.push('wrong') }));
  try {
    app.synth();
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}

writeFiles(new App({ outdir: 'by-app' }));
writeFiles(new FleetApp({ outdir: 'by-fleet-app' }));
console.log(JSON.stringify({
  byFleetApp: [10, 40].map(count => validations(FleetApp, count)),
  byApp: [10, 40].map(count => validations(App, count)),
  messages: [FleetApp, App].map(message),
}));
