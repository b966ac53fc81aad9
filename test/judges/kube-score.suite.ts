import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { goProgram } from './go-program';
import { ModelGuard, Preset } from '../../src/index';
import { newChart, newGateway } from '../support/gateway';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'scanners.md');

/** What kube-score has against a gateway with an Ingress, whichever object or container it is. */
function findings(preset: Preset, guard = ModelGuard.none()): string[] {
  const chart = newChart();
  const peers = [kplus.Pods.select(chart, 'Proxy', { labels: { app: 'proxy' } })];
  const { service } = newGateway(chart, { preset, guard, exposure: { origins: ['https://assistant.example.com'], trustedProxies: ['10.244.0.0/16'], peers } });
  new kplus.Ingress(chart, 'Ingress').addHostRule('assistant.example.com', '/', kplus.IngressBackend.fromService(service));
  const program = goProgram('github.com/zegl/kube-score/cmd/kube-score', 'v1.20.0');
  const { stdout, stderr } = spawnSync(program, ['score', '--output-format', 'ci', '-'], { encoding: 'utf8', input: Testing.synth(chart).map(each => Yaml.stringify(each)).join('---\n') });
  if (!stdout.includes('[OK]')) throw new Error(`kube-score did not judge: ${stdout}${stderr}`);
  const found = [...stdout.matchAll(/^\[(?:CRITICAL|WARNING)\] \S+ \S+: (?:\(\S+\) )?(.*)$/gm)].map(([, message]) => message);
  return [...new Set(found)].sort();
}

test('docs/scanners.md explains each finding of kube-score, and no other', () => {
  const explained = [...fs.readFileSync(PAGE, 'utf8').matchAll(/^\| kube-score \| (.*?) \| .+ \|$/gm)].map(([, message]) => message);
  expect(findings(Preset.PROD)).toEqual(explained.sort());
  expect(findings(Preset.PROD, ModelGuard.sidecar())).toEqual(explained.sort());
  expect(findings(Preset.PROD, ModelGuard.pod())).toEqual(explained.sort());
  expect(findings(Preset.DEV)).toEqual([...explained, 'The pod does not have a matching NetworkPolicy'].sort());
}, 600_000);
