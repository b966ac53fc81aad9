import { problemsOf } from './problems-of';
import { gatewaysOf } from '../support/gateway-pod';
import { EXAMPLES, synthExample } from '../support/synth';

jest.setTimeout(900_000);

/** An example names its own version: its image's. */
function releaseOf(gateway: any): string {
  const image = gateway.spec.template.spec.containers.map((container: any) => container.image).find((name: string) => /openclaw:/.test(name));
  return /:(\d+\.\d+\.\d+(-\d+)?)/.exec(image)![1];
}

test.concurrent.each(EXAMPLES)('the gateways of example %s are taken by the real OpenClaw of their release', async name => {
  const found = Object.entries(synthExample(name).objects).flatMap(([file, manifests]) => {
    const gateways = gatewaysOf(manifests);
    const ownOf = (gateway: any) => manifests.filter(manifest => manifest === gateway || !gateways.includes(manifest));
    return gateways.map(gateway => ({ file, release: releaseOf(gateway), own: ownOf(gateway) }));
  });
  // a fleet has the same configuration many times
  const configOf = (manifests: any[]) => JSON.stringify(manifests.map(({ kind, data }) => kind === 'ConfigMap' ? data : kind));
  const judged = [...new Map(found.map(one => [`${one.release} ${configOf(one.own)}`, one])).values()].map(async ({ file, release, own }) =>
    (await problemsOf(release, own)).map(problem => `${file}: ${problem}`));
  expect((await Promise.all(judged)).flat()).toEqual([]);
  expect(judged.length).toBeGreaterThan(0);
});
