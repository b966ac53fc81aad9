import { guardOf, manifestsOf, modelsAt, Placement } from './support/fixture';
import { ModelGuard, OpenClawVersion } from '../../src/index';
import { CELLS } from '../contract/cells';
import { GuardFiles, guardsOf } from '../support/guard-files';
import { EXAMPLES, synthChart, synthExample } from '../support/synth';

const GUARDS: { [placement in Placement]: ModelGuard } = { sidecar: ModelGuard.sidecar(), pod: ModelGuard.pod() };

/** What Envoy says of the files of a guard; undefined where it takes them. */
async function verdict(manifests: any[]): Promise<string | undefined> {
  const files = new GuardFiles(manifests);
  try {
    return await files.validate();
  } finally {
    files.remove();
  }
}

describe.each<Placement>(['sidecar', 'pod'])('Envoy takes what is rendered for a guard in a %s', placement => {
  test.each(CELLS)('$name', async ({ build }) => {
    expect(await verdict(synthChart(build(OpenClawVersion.V2026_9_6, { guard: GUARDS[placement] })))).toBeUndefined();
  });

  test('each wire format, with limits', async () => {
    const models = Object.values(modelsAt());
    const requestsPerMinute = Object.fromEntries(models.map(({ provider }) => [provider.id, 60]));
    expect(await verdict(manifestsOf(models, guardOf(placement, { requestsPerMinute })))).toBeUndefined();
  });

  test('Envoy would say what is wrong', async () => {
    const manifests = manifestsOf(Object.values(modelsAt()), guardOf(placement));
    const { data } = manifests.find(each => each.data?.['routes.json']);
    data['routes.json'] = data['routes.json'].replace('"idle_timeout"', '"idle_timeot"');
    expect(await verdict(manifests)).toContain('idle_timeot');
  });
});

test.each(EXAMPLES)('Envoy takes what example %s renders', async name => {
  for (const objects of Object.values(synthExample(name).objects)) {
    for (const { container } of guardsOf(objects)) expect({ container: container.name, verdict: await verdict(objects) }).toEqual({ container: 'model-guard', verdict: undefined });
  }
}, 300_000);
