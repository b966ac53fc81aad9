/** Writes to `dist/sbom.cdx.json` what an app gets with the library, as CycloneDX: the library, its peers and what those bring. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'sbom-'));
const folder = path.join(scratch, 'cdk8s-openclaw'); // npm names the library after it

/** In a folder without the tools of this checkout: npm leaves out a peer that is a development dependency too. */
const npm = (...args: string[]) => execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

try {
  const { devDependencies, scripts, ...published } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(published));
  npm('install', '--package-lock-only', '--no-audit', '--no-fund');
  const sbom = npm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'library');
  fs.mkdirSync(path.join(ROOT, 'dist'), { recursive: true });
  fs.writeFileSync(path.join(ROOT, 'dist', 'sbom.cdx.json'), sbom);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
