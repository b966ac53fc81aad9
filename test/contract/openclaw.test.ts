import { Cell, CELLS } from './cells';
import { problemsOf } from './problems-of';
import { OpenClawVersion } from '../../src/index';
import { OPENCLAW_RELEASES } from '../support/release';
import { synthChart } from '../support/synth';

jest.setTimeout(900_000);

/** The first version gets all cells, the others a third each, so that each cell meets two of six. */
function cellsOf(release: string): Cell[] {
  const index = OPENCLAW_RELEASES.indexOf(release);
  return CELLS.filter((_cell, row) => index === 0 || row % 3 === index % 3);
}

describe.each(OPENCLAW_RELEASES)('the real OpenClaw %s takes', release => {
  test.concurrent.each(cellsOf(release))('$name', async ({ build }) => {
    const manifests = synthChart(build(OpenClawVersion.of(release)));
    expect(await problemsOf(release, manifests)).toEqual([]);
  });
});
