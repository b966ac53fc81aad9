import { CALLER, guardOf, manifestsOf, modelsAt, Placement } from './fixture';
import { Judge, Protocol } from './judge';
import { RunningGuard } from './running-guard';
import { Target } from './targets';
import { ModelGuardOptions } from '../../../src/index';

/** A guard of every wire format, and its judge, that the tests of one group share; made in the group, they are there in the tests. */
export class SharedGuard {
  public judge!: Judge;
  public guard!: RunningGuard;

  public constructor(private readonly placement: Placement, options: ModelGuardOptions = {}, protocol: Protocol = 'HTTP/1.1') {
    beforeAll(async () => {
      this.judge = await Judge.start(protocol);
      const models = Object.values(modelsAt(this.judge.origin));
      const certificateAuthorities = this.judge.authoritiesOf(models);
      this.guard = await RunningGuard.start(manifestsOf(models, guardOf(placement, { certificateAuthorities, ...options })));
    });
    beforeEach(() => this.judge.reset());
    afterAll(async () => {
      await this.guard.stop();
      await this.judge.close();
    });
  }

  /** What the guard knows its gateway by, as a wire format sends it. */
  public callerOf({ keyHeader }: Target): [string, string][] {
    if (this.placement === 'sidecar') return [];
    return [[keyHeader, keyHeader === 'authorization' ? `Bearer ${CALLER}` : CALLER]];
  }
}
