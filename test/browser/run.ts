import { parseArgs } from 'util';
import { installOpenClaw, node24 } from '../../scripts/openclaw';
import { NEWEST } from '../gateway/releases';
import { failuresIn, launchInBox, requireRoot, runProgram, runScenarios, sumUp } from '../support/scenario-run';

const USAGE = `npm run test:browser -- [--release ${NEWEST}] [--write-docs]
  --release     the version of OpenClaw whose Control UI is opened
  --write-docs  renew the picture in docs/images`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'release': { type: 'string', default: NEWEST }, 'write-docs': { type: 'boolean' }, 'help': { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  requireRoot('browser');
  node24();
  installOpenClaw(values.release);
  const { results } = await runScenarios({
    label: values.release,
    files: ['**/test/browser/*.suite.ts'],
    env: { OPENCLAW_RELEASE: values.release, ...values['write-docs'] && { WRITE_DOCS: 'true' } },
  }, launchInBox);
  const failed = failuresIn(results);
  sumUp(results.length - failed, failed);
}

runProgram(main);
