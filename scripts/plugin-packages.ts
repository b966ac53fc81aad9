/**
 * Writes catalog/plugins.json: the versions of official plugin packages on npm, the oldest OpenClaw that each fits, and its hash.
 *
 *   tsx scripts/plugin-packages.ts
 *
 * Source: `openclaw.compat.pluginApi` and `dist.integrity` of the packages, as npm's registry has them on the day that the file names.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { compareReleases } from '../src/release/compare';
import { OLDEST_RELEASE } from '../src/release/releases';

/** The channels and providers that deployments were seen to use, where the registry has them. */
const PACKAGES = ['discord', 'feishu', 'matrix', 'mistral-provider', 'msteams', 'nextcloud-talk', 'slack', 'whatsapp'].map(name => `@openclaw/${name}`);

interface Published {
  readonly 'version': string;
  readonly 'openclaw.compat.pluginApi'?: string;
  readonly 'dist.integrity': string;
}

function versionsOf(name: string): { version: string; since: string; integrity: string }[] {
  const fields = ['version', 'openclaw.compat.pluginApi', 'dist.integrity'];
  const answer: Published | Published[] = JSON.parse(execFileSync('npm', ['view', `${name}@>=${OLDEST_RELEASE}`, ...fields, '--json'], { encoding: 'utf8' }));
  return [answer].flat().map(published => {
    const { version } = published;
    const [, since] = /^>=(\d+\.\d+\.\d+)$/.exec(published['openclaw.compat.pluginApi'] ?? '') ?? [];
    if (!since) throw new Error(`${name}@${version} says its plugin API in another way: ${published['openclaw.compat.pluginApi']}`);
    return { version, since, integrity: published['dist.integrity'] };
  }).sort((a, b) => compareReleases(a.version, b.version));
}

const packages = Object.fromEntries(PACKAGES.map(name => [name, versionsOf(name)]));
const lines = Object.entries(packages).map(([name, versions]) =>
  `  ${JSON.stringify(name)}: [\n${versions.map(each => `    ${JSON.stringify(each)}`).join(',\n')}\n  ]`);
fs.writeFileSync(path.join(__dirname, '..', 'catalog', 'plugins.json'), `{\n${lines.join(',\n')}\n}\n`);
