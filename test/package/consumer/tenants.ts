import { ApiObject, App, Chart } from 'cdk8s';
import { FleetApp, TenantChart } from 'cdk8s-openclaw';

/** An app whose charts depend on each other and within; and how often each of its objects is validated. */
function synthesise(kind: typeof Chart, count: number, app = new App()): { yaml: string; calls: number } {
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

console.log(JSON.stringify({
  same: [5, 20].every(count => synthesise(TenantChart, count).yaml === synthesise(Chart, count).yaml),
  sameInFleetApp: synthesise(TenantChart, 5, new FleetApp()).yaml === synthesise(Chart, 5).yaml,
  calls: [10, 40].map(count => synthesise(TenantChart, count).calls),
  callsOfPlainCharts: [10, 40].map(count => synthesise(Chart, count).calls),
}));
