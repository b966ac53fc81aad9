/** Prints the version of OpenClaw that npm calls the latest, unless `src/release/releases.ts` has a row for it. */
import { execFileSync } from 'child_process';
import { RELEASES } from '../src/release/releases';

const latest = execFileSync('npm', ['view', 'openclaw', 'version'], { encoding: 'utf8' }).trim();
if (!RELEASES.some(({ release }) => release === latest)) console.log(latest);
