import { Cell, CELLS } from './cells';
import { OpenClawVersion } from '../../src/index';
import { gatewaysOf } from '../support/gateway-pod';
import { inWords, judgeConfig } from '../support/openclaw-judge';
import { OPENCLAW_RELEASES } from '../support/release';
import { EXAMPLES, synthChart, synthExample } from '../support/synth';

jest.setTimeout(300_000);

/** A version between the oldest and the newest gets a third of the cells, so that each cell meets at least two of them. */
function cellsOf(release: string): Cell[] {
  const index = OPENCLAW_RELEASES.indexOf(release);
  const isEnd = index === 0 || index === OPENCLAW_RELEASES.length - 1;
  return CELLS.filter((_cell, row) => isEnd || row % 3 === index % 3);
}

describe.each(OPENCLAW_RELEASES)('the real OpenClaw %s takes', release => {
  test.concurrent.each(cellsOf(release))('$name', async ({ build }) => {
    const manifests = synthChart(build(OpenClawVersion.of(release)));
    expect(await problemsOf(release, manifests)).toEqual([]);
  });
});

async function problemsOf(release: string, manifests: any[]): Promise<string[]> {
  return inWords(await judgeConfig(release, manifests)).filter(problem => !dummiesOf(manifests).includes(problem));
}

/** An example names its own version: its image's. */
function releaseOf(gateway: any): string {
  const image = gateway.spec.template.spec.containers.map((container: any) => container.image).find((name: string) => /openclaw:/.test(name));
  return /:(\d+\.\d+\.\d+(-\d+)?)/.exec(image)![1];
}

/** The audit takes what a gateway sends its guard in place of a key for a key. */
function dummiesOf(manifests: any[]): string[] {
  const { data } = manifests.find(({ kind, data: files }) => kind === 'ConfigMap' && files['openclaw.json']);
  const providers = Object.entries<any>(JSON.parse(data['openclaw.json']).models.providers);
  return providers.filter(([, { apiKey }]) => apiKey === 'guarded').map(([id]) => `models.providers.${id}.apiKey`)
    .map(place => `secrets audit: ${place}: ${place} is stored as plaintext.`);
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
