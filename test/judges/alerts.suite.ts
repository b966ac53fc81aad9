import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const RULES = path.join(__dirname, '..', '..', 'assets', 'model-guard-alerts.yaml');
const CASES = path.join(__dirname, 'alerts.yaml');

function promtool(...args: string[]): { passed: boolean; said: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { encoding: 'utf8' });
  if (error) throw new Error(`${error.message}; promtool is in the Debian package prometheus`);
  return { passed: status === 0, said: `${stdout}${stderr}` };
}

test('Prometheus takes the rules', () => {
  expect(promtool('check', 'rules', '--lint', 'all', '--lint-fatal', RULES)).toEqual({ passed: true, said: expect.stringContaining('7 rules found') });
});

test('the alerts fire when they should and not otherwise', () => {
  expect(promtool('test', 'rules', CASES)).toEqual({ passed: true, said: expect.stringContaining('SUCCESS') });
});

test.each<[string, (rules: string) => string, RegExp]>([
  ['a first refusal that nobody notices', rules => rules.replace(/^ +or envoy_guard_requests\{guard_policy.*\n/m, ''), /a first refusal is told[\s\S]*ModelGuardRefuses/],
  ['a refusal that goes on for ever', rules => rules.replace(' unless envoy_guard_requests offset 10m', ''), /ModelGuardRefuses, time: 32m/],
  ['a new pod with a malformed policy that nobody notices', rules => rules.replace(/\n +or sum by[^]*?offset 10m\)(?=\n +labels)/, ''), /a new pod[\s\S]*ModelGuardPolicyMalformed/],
  ['a provider that fails now and then', rules => rules.replace('> 0.5 *', '> 0 *'), /fails[\s\S]*ModelGuardFails/],
  ['probes that count', rules => rules.split(', guard_provider!="none"').join(''), /probes and answers[\s\S]*ModelGuardRefuses/],
])('Prometheus would find %s', (_what, change, finding) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alerts-'));
  try {
    const rules = fs.readFileSync(RULES, 'utf8');
    const changed = change(rules);
    expect(changed).not.toBe(rules);
    fs.writeFileSync(path.join(folder, 'rules.yaml'), changed);
    fs.writeFileSync(path.join(folder, 'cases.yaml'), fs.readFileSync(CASES, 'utf8').replace('../../assets/model-guard-alerts.yaml', 'rules.yaml'));
    expect(promtool('test', 'rules', path.join(folder, 'cases.yaml'))).toEqual({ passed: false, said: expect.stringMatching(finding) });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
