import { Guarded, Placement, TOLD } from './guarded';
import { scenario } from './scenario';
import { ENVOY_VERSION } from '../../src/guard/guard-options';
import { eventually } from '../support/eventually';
import { figure } from '../support/figure';

const TIMEOUT_MS = 400_000;
/** The guard's image by a shorter name: for Kubernetes another one. */
const OTHER_IMAGE = `envoyproxy/envoy:v${ENVOY_VERSION}`;

const uid = ({ metadata }: any): string => metadata.uid;
const guardStatus = ({ status }: any) => status.containerStatuses.find(({ name }: any) => name === 'model-guard');

/** What happens to the pods that a guard runs in, as scenarios of the suite that has started it. */
export function guardPodScenarios(placement: Placement, started: () => Guarded): void {
  let guarded: Guarded;

  beforeEach(() => { guarded = started(); });

  scenario('a guard whose process ends is soon ready again in its pod; turns fail until then at most, with 408', async () => {
    const [victim] = await guarded.guards();
    const load = await guarded.load();
    let ready = 0;
    try {
      await load.more(3);
      const begun = performance.now();
      await guarded.inGuard(victim, 'bash', '-c', 'kill 1');
      await eventually('it is ready again', async () => {
        const status = guardStatus(await guarded.namespace.get('pod', victim.metadata.name));
        return status.restartCount === 1 && status.ready;
      }, 120_000, 500);
      ready = performance.now();
      figure(`guard as ${placement}: from the end of its process to ready again`, ready - begun, 'ms');
      await load.more(5);
    } finally {
      await load.stop();
    }
    expect(load.lost.filter(({ at, error }) => at > ready || !error!.startsWith('408 '))).toEqual([]);
    await guarded.answers();
  }, TIMEOUT_MS);

  if (placement === 'sidecar') {
    scenario('another image of the guard makes a new pod, once the running turn has ended', async () => {
      const before = await guarded.gateway.pod();
      const story = await guarded.story();
      await guarded.change({ image: OTHER_IMAGE });
      await eventually('the pod is to end', async () => (await guarded.namespace.get('pod', before.metadata.name)).metadata.deletionTimestamp, 120_000);
      expect(await story.hasEnded()).toBe(false);
      await story.end();
      expect(await story.turn).toMatchObject(TOLD);
      expect(uid(await guarded.gateway.pod())).not.toBe(uid(before));
      await guarded.answers();
    }, TIMEOUT_MS);
    return;
  }

  /** A change during which a long turn goes on and short ones are answered. */
  async function inALongTurnUnderLoad(change: () => Promise<void>): Promise<void> {
    const load = await guarded.load();
    try {
      const story = await guarded.story();
      await change();
      expect(await story.hasEnded()).toBe(false);
      await story.end();
      expect(await story.turn).toMatchObject(TOLD);
      await load.more(5);
    } finally {
      await load.stop();
    }
    expect(load.lost).toEqual([]);
  }

  scenario('another image of the guard rolls out in a long turn and under load: the turn ends, none is lost, the gateway stays', async () => {
    const [gateway, before] = [await guarded.gateway.pod(), await guarded.guards()];
    await inALongTurnUnderLoad(async () => {
      await guarded.change({ image: OTHER_IMAGE });
      const after = await guarded.guards();
      expect(after.map(({ spec }) => spec.containers[0].image)).toEqual([OTHER_IMAGE, OTHER_IMAGE]);
      expect(after.map(uid).filter(each => before.map(uid).includes(each))).toEqual([]);
    });
    expect(uid(await guarded.gateway.pod())).toBe(uid(gateway));
  }, TIMEOUT_MS);

  scenario('both pods of the guard, deleted in a long turn and under load: the turn ends, none is lost', async () => {
    const before = await guarded.guards();
    await inALongTurnUnderLoad(async () => {
      await guarded.namespace.kubectl('delete', 'pod', ...before.map(({ metadata }) => metadata.name), '--wait=false');
      const begun = performance.now();
      await guarded.guards();
      figure('from the deletion of both pods of a guard to the next two ready', performance.now() - begun, 'ms');
    });
  }, TIMEOUT_MS);
}
