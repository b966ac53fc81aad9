import { ApiObject, App, Chart } from 'cdk8s';
import {
  FallbackChain, Fleet, FleetApp, GatewayAuth, OpenClawVersion, Provider, SecretSource, TenantChart, TenantKeys, Tenants,
} from 'cdk8s-openclaw';
import { Construct } from 'constructs';

/** An app whose charts depend on each other and within; and how often each of its objects is validated. */
function synthesise(kind: typeof Chart, count: number): { yaml: string; calls: number } {
  const app = new App();
  let calls = 0;
  const counted = (scope: Chart, id: string, kindOf = 'ConfigMap') => {
    const object = new ApiObject(scope, id, { apiVersion: 'v1', kind: kindOf, metadata: { labels: { yes: 'no' } } });
    object.node.addValidation({
      validate: () => {
        calls++;
        return [];
      },
    });
    return object;
  };
  const shared = counted(new kind(app, 'shared'), 'Object');
  for (let i = 0; i < count; i++) {
    const chart = new kind(app, `chart-${i}`, { namespace: 'here' });
    counted(chart, 'First').addDependency(counted(chart, 'Second'));
    counted(new kind(chart, 'inner'), 'Third');
    if (i === 0) counted(chart, 'Fourth').addDependency(shared);
  }
  return { yaml: app.synthYaml(), calls: calls / (3 * count + 2) };
}

/** Files of tenants, of a chart whose name no file has, and of one without objects. */
function writeFiles(app: App): void {
  new Fleet(app, 'fleet', {
    tenants: Tenants.of(['a', 'b', 'c'].map(name => ({ name }))),
    version: OpenClawVersion.V2026_9_6,
    chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
    keys: TenantKeys.fromSecretName('openclaw-secrets'),
    auth: GatewayAuth.token(SecretSource.generated()),
  });
  new ApiObject(new Chart(new Construct(app, 'Group'), 'Bad_Name'), 'Object', { apiVersion: 'v1', kind: 'ConfigMap' });
  new Chart(app, 'empty');
  app.synth();
}

writeFiles(new App({ outdir: 'by-app' }));
writeFiles(new FleetApp({ outdir: 'by-fleet-app' }));
console.log(JSON.stringify({
  same: [5, 20].every(count => synthesise(TenantChart, count).yaml === synthesise(Chart, count).yaml),
  calls: [10, 40].map(count => synthesise(TenantChart, count).calls),
  callsOfPlainCharts: [10, 40].map(count => synthesise(Chart, count).calls),
}));
