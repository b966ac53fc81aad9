import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { cacheFolder } from '../../../scripts/openclaw';

/** Debian package → the program that shows that it is there. */
const DEBIAN = {
  'chromium': '/usr/bin/chromium',
  'containerd': '/usr/bin/containerd',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
  'debootstrap': '/usr/sbin/debootstrap',
  'etcd-server': '/usr/bin/etcd',
  'iproute2': '/usr/sbin/ip',
  'iptables': '/usr/sbin/iptables',
  'openssl': '/usr/bin/openssl',
  'runc': '/usr/sbin/runc',
};

/** Folder beside this file with a Go module → its programs. */
const MODULES: { [folder: string]: string[] } = {
  'kubernetes-1.34': [
    ...['kube-apiserver', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kubectl', 'kubelet'].map(name => `k8s.io/kubernetes/cmd/${name}`),
    'github.com/coredns/coredns',
    'github.com/external-secrets/external-secrets',
    './pause',
  ],
  'kubernetes-1.28': ['k8s.io/kubernetes/cmd/kube-apiserver'],
};

const EXTERNAL_SECRETS = 'github.com/external-secrets/external-secrets';
/** The version that test/schemas/ has. */
const GATEWAY_API = 'v1.4.0';

function go(folder: string, ...args: string[]): string {
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  const { status, stdout, stderr, error } = spawnSync('go', args, { cwd: path.join(__dirname, folder), encoding: 'utf8', env, maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`go ${args[0]} failed in ${folder}: ${error?.message ?? stderr.trim().split('\n').slice(-5).join('\n')}`);
  return stdout.trim();
}

export interface Programs {
  /** The folder of Kubernetes' programs, CoreDNS, the External Secrets Operator and `pause`. */
  readonly folder: string;
  /** The API server of the oldest release that the manifests are for. */
  readonly oldestApiServer: string;
  /** The folder of the External Secrets Operator's CustomResourceDefinitions. */
  readonly externalSecretsCrds: string;
  /** The CustomResourceDefinition of HTTPRoutes. */
  readonly httpRouteCrd: string;
}

/** The programs of a cluster, built from pinned Go modules into the cache. */
export function programs(): Programs {
  const missing = Object.entries(DEBIAN).filter(([, program]) => !fs.existsSync(program)).map(([name]) => name);
  if (missing.length > 0) throw new Error(`a cluster needs Debian packages that are not here: apt-get install ${missing.join(' ')}`);
  const [folder, oldest] = Object.entries(MODULES).map(([name, packages]) => build(name, packages));
  return {
    folder,
    oldestApiServer: path.join(oldest, 'kube-apiserver'),
    externalSecretsCrds: definitions(EXTERNAL_SECRETS, go('kubernetes-1.34', 'list', '-m', '-f', '{{.Version}}', EXTERNAL_SECRETS), 'config/crds/bases'),
    httpRouteCrd: path.join(definitions('sigs.k8s.io/gateway-api', GATEWAY_API, 'config/crd/standard'), 'gateway.networking.k8s.io_httproutes.yaml'),
  };
}

/** The CustomResourceDefinitions of a module, beside the programs: the cache of modules may be gone when they are needed again. */
function definitions(module: string, version: string, folder: string): string {
  const target = path.join(cacheFolder(), `${path.basename(module)}-crds-${version}`);
  if (fs.existsSync(target)) return target;
  const { Dir } = JSON.parse(go('kubernetes-1.34', 'mod', 'download', '-json', `${module}@${version}`));
  const unfinished = fs.mkdtempSync(`${target}.tmp-`);
  fs.cpSync(path.join(Dir, folder), unfinished, { recursive: true });
  fs.renameSync(unfinished, target);
  return target;
}

function build(name: string, packages: string[]): string {
  const pins = ['go.mod', 'go.sum'].map(file => fs.readFileSync(path.join(__dirname, name, file)));
  const key = createHash('sha256').update([...pins, ...packages].join('\0')).digest('hex').slice(0, 12);
  const target = path.join(cacheFolder(), `${name}-${key}`);
  if (fs.existsSync(target)) return target;

  console.log(`building ${packages.map(each => path.basename(each)).join(', ')}`);
  const version = go(name, 'list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes');
  const [major, minor] = version.slice(1).split('.');
  const base = 'k8s.io/component-base/version';
  fs.mkdirSync(cacheFolder(), { recursive: true });
  const unfinished = fs.mkdtempSync(`${target}.tmp-`);
  try {
    go(name, 'build', '-ldflags', `-s -w -X ${base}.gitVersion=${version} -X ${base}.gitMajor=${major} -X ${base}.gitMinor=${minor}`, '-o', `${unfinished}/`, ...packages);
    fs.renameSync(unfinished, target);
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  return target;
}
