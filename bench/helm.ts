import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const VERSION = 'v3.22.0';

/** The helm program, built once from its Go module; undefined, after a word on why, where that cannot be done. */
export function helm(): string | undefined {
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'cdk8s-openclaw', `helm-${VERSION}`);
  const program = path.join(folder, 'helm');
  if (fs.existsSync(program)) return program;
  console.error(`builds helm ${VERSION} into ${folder}: some minutes, once`);
  try {
    execFileSync('go', ['install', `helm.sh/helm/v3/cmd/helm@${VERSION}`], { env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' }, stdio: ['ignore', 'ignore', 'pipe'] });
    return program;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    console.error(missing ? 'Go is missing (no program `go` in PATH): nothing is compared with helm' : `helm cannot be built: ${String((error as Error & { stderr?: unknown }).stderr)}`);
    return undefined;
  }
}

/** A chart whose version renders these manifests of a tenant for as many tenants as its values name. */
export function writeHelmChart(folder: string, manifests: string, tenant: string): void {
  fs.mkdirSync(path.join(folder, 'templates'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: fleet\nversion: 1.0.0\n');
  const template = manifests.replaceAll('{{', '{{ "{{" }}').replaceAll(tenant, '{{ . }}');
  fs.writeFileSync(path.join(folder, 'templates', 'gateway.yaml'), `{{- range .Values.tenants }}\n---\n${template}{{- end }}\n`);
}

export function writeHelmValues(file: string, count: number): void {
  fs.writeFileSync(file, `tenants:\n${Array.from({ length: count }, (_, i) => `  - tenant-${i}\n`).join('')}`);
}
