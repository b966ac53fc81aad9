import { OpenClawVersion } from '../../src/index';
import { CELLS } from '../contract/cells';
import { readGatewayPod } from '../support/gateway-pod';
import { judgeManifests } from '../support/kubernetes-judge';
import { judgePodSecurity } from '../support/pod-security';
import { EXAMPLES, synthChart, synthExample } from '../support/synth';

function problems(manifests: any[]): { [judge: string]: string[] } {
  return {
    kubernetes128: judgeManifests('1.28', manifests),
    kubernetes134: judgeManifests('1.34', manifests),
    podSecurity: judgePodSecurity(manifests),
  };
}

const NONE = { kubernetes128: [], kubernetes134: [], podSecurity: [] };

describe.each([OpenClawVersion.V2026_6_11, OpenClawVersion.V2026_7_1, OpenClawVersion.V2026_8_2, OpenClawVersion.V2026_9_6])('with $version', version => {
  test.each(CELLS)('$name: Kubernetes takes every object, and the pod finds its files', ({ build }) => {
    const manifests = synthChart(build(version));
    expect(problems(manifests)).toEqual(NONE);
    expect(readGatewayPod(manifests).problems).toEqual([]);
  });
});

test.each(EXAMPLES)('example %s: Kubernetes takes every object', name => {
  const manifests = Object.values(synthExample(name).objects).flat();
  expect(manifests.length).toBeGreaterThan(0);
  expect(problems(manifests)).toEqual(NONE);
});
