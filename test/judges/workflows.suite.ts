import { spawnSync } from 'child_process';
import { goProgram } from './go-program';
import { ROOT } from '../bindings/synth';

test('actionlint finds nothing in the workflows', () => {
  const actionlint = goProgram('github.com/rhysd/actionlint/cmd/actionlint', 'v1.7.12');
  const { status, stdout, stderr } = spawnSync(actionlint, [], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
}, 600_000);
