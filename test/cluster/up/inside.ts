import { execFileSync, spawn } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { NODE_ADDRESS, PROVIDERS_ADDRESS } from './addresses';
import { Kubernetes } from './kubernetes';
import { AUTHORITIES, baseLayer, certificateLayer, chromiumLayer, ImageConfig, Layer, openclawLayer, programLayer, writeImages } from './layers';
import { Programs } from './programs';
import { envoy } from '../../../scripts/envoy';
import { ENVOY_VERSION } from '../../../src/guard/guard-options';
import { OFFICIAL } from '../../../src/models/provider';
import { makeCertificate } from '../../support/providers/certificate';
import { RELEASES } from '../releases';

const HOSTS = OFFICIAL.map(({ baseUrl }) => new URL(baseUrl).hostname);
const NAMES = `.:53 {
  bind ${NODE_ADDRESS}
  hosts {
    ${PROVIDERS_ADDRESS} ${HOSTS.join(' ')}
    fallthrough
  }
  kubernetes cluster.local {
    kubeconfig KUBECONFIG
  }
}
`;
const PATH = 'PATH=/usr/local/bin:/usr/bin:/bin';
const VOLUMES = 30;
/** Of the one volume that a test can fill. */
const SMALL = '400m';

async function importAll(kubernetes: Kubernetes, programs: Programs, certificate: Layer): Promise<void> {
  const openclaw: ImageConfig = {
    Env: [PATH, 'HOME=/home/node', 'NODE_ENV=production', `NODE_EXTRA_CA_CERTS=${AUTHORITIES}`], User: 'node', WorkingDir: '/app',
  };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'images-'));
  writeImages(folder, [
    { name: 'docker.io/local/pause:1', layers: [programLayer(path.join(programs.folder, 'pause'), 'bin')], config: { Entrypoint: ['/bin/pause'] } },
    {
      name: `docker.io/envoyproxy/envoy:v${ENVOY_VERSION}`,
      layers: [baseLayer(), programLayer(envoy(), 'usr/local/bin'), certificate],
      config: { Env: [PATH] },
    },
    { name: 'registry.example.com/chromium:156.0.8078', layers: [baseLayer(), chromiumLayer()], config: { Env: [PATH] } }, // of examples/beside
    ...RELEASES.map(release => (
      { name: `ghcr.io/openclaw/openclaw:${release}-slim`, layers: [baseLayer(), openclawLayer(release), certificate], config: openclaw }
    )),
  ]);
  await kubernetes.importImages(folder);
  fs.rmSync(folder, { recursive: true });
}

/** Volumes as an administrator would make them: root's, and empty; a test can fill the one of class `small`. */
function volumes(folder: string): object[] {
  return Array.from({ length: VOLUMES }, (_, index) => {
    const directory = path.join(folder, 'volumes', String(index));
    fs.mkdirSync(directory, { recursive: true });
    if (index === 0) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL}`, 'small', directory]);
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `volume-${index}` },
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '100Gi' },
        local: { path: directory },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node'] }] }] } },
        persistentVolumeReclaimPolicy: 'Retain',
        ...index === 0 && { storageClassName: 'small' },
      },
    };
  });
}

/** Brings a cluster up in this process' namespaces, runs a command with it, and takes it down. */
async function main(programs: Programs, folder: string, command: string[]): Promise<number> {
  const begun = performance.now();
  const say = (what: string) => console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${what}`);
  const certificate = makeCertificate(path.join(folder, 'certificate'), HOSTS);
  const kubernetes = new Kubernetes(programs, folder);
  try {
    kubernetes.startContainers();
    const images = importAll(kubernetes, programs, certificateLayer(certificate.certFile, folder)).then(() => say('images are there'));
    await kubernetes.startControlPlane();
    say('the control plane is ready');
    for (const kubeconfig of [kubernetes.kubeconfig, kubernetes.oldestKubeconfig]) { // of which the oldest does not know every field
      kubernetes.kubectl(kubeconfig, 'create', '--validate=false', '--kustomize', programs.externalSecretsCrds);
      kubernetes.kubectl(kubeconfig, 'create', '--validate=false', '--filename', programs.httpRouteCrd);
    }
    const list = path.join(folder, 'volumes.json');
    fs.writeFileSync(list, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: volumes(folder) }));
    kubernetes.kubectl(kubernetes.kubeconfig, 'apply', '-f', list);
    await images;
    await kubernetes.startNode(NAMES);
    fs.writeFileSync(path.join(folder, 'resolv.conf'), `nameserver ${NODE_ADDRESS}\nsearch cluster.local\n`);
    execFileSync('mount', ['--bind', path.join(folder, 'resolv.conf'), '/etc/resolv.conf']);
    kubernetes.startDaemon('external-secrets', 'env', `KUBECONFIG=${kubernetes.kubeconfig}`, path.join(programs.folder, 'external-secrets'),
      '--metrics-addr', '127.0.0.1:18080', '--live-addr', '127.0.0.1:18082');
    say('the node is ready');

    const env = {
      ...process.env,
      KUBECONFIG: kubernetes.kubeconfig,
      OLDEST_KUBECONFIG: kubernetes.oldestKubeconfig,
      CLUSTER_FOLDER: folder,
      PATH: `${programs.folder}:${process.env.PATH}`,
    };
    const child = spawn(command[0], command.slice(1), { env, stdio: 'inherit' });
    return await new Promise((resolve, reject) => child.on('error', reject).on('close', code => resolve(code ?? 1)));
  } finally {
    await kubernetes.stop();
  }
}

const [programs, folder, ...command] = process.argv.slice(2);
main(JSON.parse(programs), folder, command).then(code => process.exit(code), error => {
  console.error(error.message);
  process.exit(1);
});
