import { execFileSync } from 'child_process';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');

test('the programs that the benchmark compares make the same files', () => {
  const printed = execFileSync(path.join(ROOT, 'node_modules', '.bin', 'tsx'), ['bench/run.ts', '--check'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
  expect(printed).toBe('the programs that are compared make the same files\n');
}, 120_000);
