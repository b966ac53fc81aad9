import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { NODE_ADDRESS } from './addresses';
import { Daemons } from './daemon';
import { Programs } from './programs';

const SERVICES = '10.96.0.0/16';
const TOKEN = 'admin';
const CONTAINERD_CONFIG = (folder: string) => `version = 2
root = "${folder}/images"
state = "${folder}/containerd"
[grpc]
  address = "${folder}/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "${folder}/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/local/pause:1"
  restrict_oom_score_adj = true # runc dies without CAP_SYS_RESOURCE
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${folder}/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
`;

/** How long the kubelet may take to bring a changed ConfigMap or Secret to a pod; its own default is a minute. */
export const SYNC_SECONDS = 10;

async function until(what: string, look: () => unknown, daemons: Daemons, log: string, seconds = 120): Promise<void> {
  for (let tries = 0; tries < seconds * 2; tries += 1) {
    try {
      if (look()) return;
    } catch { /* not yet */ }
    await sleep(500);
  }
  throw new Error(`not within ${seconds} s: ${what}\n${daemons.log(log)}`);
}

function writeKubeconfig(file: string, server: string): void {
  fs.writeFileSync(file, JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    'users': [{ name: 'admin', user: { token: TOKEN } }],
    'contexts': [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  }));
}

/** A Kubernetes of one node, in the network namespace of this process: etcd, the control plane, kubelet, containerd, kube-proxy and CoreDNS. */
export class Kubernetes {
  public readonly kubeconfig: string;
  /** Of an API server of the oldest release, with no other component. */
  public readonly oldestKubeconfig: string;
  private readonly daemons: Daemons;

  /** @param folder an empty folder for state, sockets and logs */
  public constructor(private readonly programs: Programs, private readonly folder: string) {
    this.daemons = new Daemons(folder);
    this.kubeconfig = path.join(folder, 'kubeconfig');
    this.oldestKubeconfig = path.join(folder, 'oldest.kubeconfig');
  }

  public kubectl(kubeconfig: string, ...args: string[]): string {
    return execFileSync(path.join(this.programs.folder, 'kubectl'), ['--kubeconfig', kubeconfig, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** The API servers, with etcd. */
  public async startControlPlane(): Promise<void> {
    execFileSync('ip', ['link', 'add', 'cni0', 'type', 'bridge']); // the kubelet wants an address before the first pod makes the bridge
    execFileSync('ip', ['addr', 'add', `${NODE_ADDRESS}/24`, 'dev', 'cni0']);
    execFileSync('ip', ['link', 'set', 'cni0', 'up']);
    execFileSync('ip', ['route', 'add', 'default', 'dev', 'cni0']); // addresses outside of the cluster, which Services answer
    execFileSync('openssl', ['genrsa', '-out', this.file('accounts.key'), '2048'], { stdio: 'ignore' });
    fs.writeFileSync(this.file('tokens.csv'), `${TOKEN},admin,admin,"system:masters"\n`);
    const etcd = 'http://127.0.0.1:2379';
    this.daemons.start('etcd', 'etcd', '--data-dir', this.file('etcd'), '--listen-client-urls', etcd, '--advertise-client-urls', etcd, '--unsafe-no-fsync');
    this.startApiServer('apiserver', path.join(this.programs.folder, 'kube-apiserver'), 6443, this.kubeconfig, '--etcd-prefix=/registry');
    this.startApiServer('oldest-apiserver', this.programs.oldestApiServer, 6444, this.oldestKubeconfig, '--etcd-prefix=/oldest');
    for (const [kubeconfig, log] of [[this.kubeconfig, 'apiserver'], [this.oldestKubeconfig, 'oldest-apiserver']]) {
      await until('the API server is ready', () => this.kubectl(kubeconfig, 'get', '--raw', '/readyz'), this.daemons, log);
    }
    this.startProgram('kube-controller-manager', '--leader-elect=false', `--service-account-private-key-file=${this.file('accounts.key')}`,
      `--root-ca-file=${this.file('apiserver.pki')}/apiserver.crt`);
    this.startProgram('kube-scheduler', '--leader-elect=false');
  }

  /** containerd, before the node joins. */
  public startContainers(): void {
    fs.writeFileSync(this.file('containerd.toml'), CONTAINERD_CONFIG(this.folder));
    this.daemons.start('containerd', 'containerd', '-c', this.file('containerd.toml'));
  }

  /** Imports images that `writeImages` has written. */
  public async importImages(imageFolder: string): Promise<void> {
    const ctr = `ctr --address ${this.file('containerd.sock')} --namespace k8s.io`;
    await until('containerd answers', () => execFileSync('sh', ['-c', `${ctr} version`], { stdio: 'pipe' }), this.daemons, 'containerd');
    execFileSync('sh', ['-c', `tar --dereference -C ${imageFolder} -cf - . | ${ctr} images import -`], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** The node with its network and names. */
  public async startNode(names: string): Promise<void> {
    fs.mkdirSync(this.file('cni'), { recursive: true });
    fs.writeFileSync(this.file('cni/10-bridge.conflist'), JSON.stringify({
      cniVersion: '0.4.0',
      name: 'bridge',
      plugins: [{
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: false,
        hairpinMode: true,
        ipam: { type: 'host-local', dataDir: this.file('addresses'), ranges: [[{ subnet: '10.244.0.0/24' }]], routes: [{ dst: '0.0.0.0/0' }] },
      }],
    }));
    fs.writeFileSync(this.file('kubelet.json'), JSON.stringify({
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      cgroupDriver: 'cgroupfs',
      failSwapOn: false,
      failCgroupV1: false,
      authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
      authorization: { mode: 'AlwaysAllow' },
      containerRuntimeEndpoint: `unix://${this.file('containerd.sock')}`,
      podLogsDir: this.file('logs'),
      clusterDNS: [NODE_ADDRESS],
      clusterDomain: 'cluster.local',
      syncFrequency: `${SYNC_SECONDS}s`,
      enforceNodeAllocatable: [],
      evictionHard: { 'memory.available': '100Mi' },
      imageGCHighThresholdPercent: 100, // off: what is imported cannot be pulled again
      maxPods: 60,
    }));
    fs.writeFileSync(this.file('Corefile'), names.replace('KUBECONFIG', this.kubeconfig));
    this.startProgram('kubelet', `--config=${this.file('kubelet.json')}`, `--root-dir=${this.file('kubelet')}`, '--hostname-override=node', `--node-ip=${NODE_ADDRESS}`);
    this.daemons.start('kube-proxy', path.join(this.programs.folder, 'kube-proxy'), `--kubeconfig=${this.kubeconfig}`, '--hostname-override=node',
      '--cluster-cidr=10.244.0.0/24', '--conntrack-max-per-core=0', '--conntrack-tcp-timeout-established=0', '--conntrack-tcp-timeout-close-wait=0');
    this.daemons.start('coredns', path.join(this.programs.folder, 'coredns'), '-conf', this.file('Corefile'));
    await until('the node is ready', () => / Ready /.test(this.kubectl(this.kubeconfig, 'get', 'nodes')), this.daemons, 'kubelet');
  }

  public startProgram(name: string, ...args: string[]): void {
    this.daemons.start(name, path.join(this.programs.folder, name), `--kubeconfig=${this.kubeconfig}`, ...args);
  }

  public startDaemon(name: string, command: string, ...args: string[]): void {
    this.daemons.start(name, command, ...args);
  }

  public async stop(): Promise<void> {
    await this.daemons.stop();
  }

  private startApiServer(name: string, program: string, port: number, kubeconfig: string, ...args: string[]): void {
    writeKubeconfig(kubeconfig, `https://${NODE_ADDRESS}:${port}`);
    const key = this.file('accounts.key');
    this.daemons.start(name, program, '--etcd-servers=http://127.0.0.1:2379', `--cert-dir=${this.file(`${name}.pki`)}`, `--secure-port=${port}`,
      `--bind-address=${NODE_ADDRESS}`, `--advertise-address=${NODE_ADDRESS}`, '--kubelet-preferred-address-types=InternalIP',
      `--service-cluster-ip-range=${SERVICES}`, '--authorization-mode=Node,RBAC', `--token-auth-file=${this.file('tokens.csv')}`, '--allow-privileged=true',
      '--service-account-issuer=https://kubernetes.default.svc', `--service-account-signing-key-file=${key}`, `--service-account-key-file=${key}`, ...args);
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }
}
