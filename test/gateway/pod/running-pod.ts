import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Clock } from './clock';
import { Container, Exit, Mount } from './container';
import { Volumes } from './volumes';
import { envoy } from '../../../scripts/envoy';
import { installOpenClaw, node24 } from '../../../scripts/openclaw';
import { envOf, gatewaysOf } from '../../support/gateway-pod';

const READY_TIMEOUT_MS = 300_000;
const PROBE_EVERY_MS = 50;
const CERTIFICATE = '/etc/ssl/providers.pem';
const PUBLIC_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

export interface RunningPodOptions {
  /** The certificate of the providers' stand-in, which the containers trust beside the public ones. */
  readonly certificate?: string;

  /**
   * The folder that stands for the claimed volumes; it outlives the pod.
   * @default - a new, empty one
   */
  readonly claims?: string;

  /**
   * The clock that the containers go by.
   * @default - that of this machine
   */
  readonly clock?: Clock;

  /**
   * Whether to wait until the pod is ready.
   * @default true
   */
  readonly wait?: boolean;
}

/** The version of an image's tag: `2026.9.6` of `ghcr.io/openclaw/openclaw:2026.9.6-slim`. */
function releaseOf(image: string): string {
  const match = /:(\d+\.\d+\.\d+(-\d+)?)/.exec(image);
  if (!match) throw new Error(`image '${image}' names no version of OpenClaw`);
  return match[1];
}

/** A gateway's pod as its manifests say, on this machine: each container in mount namespace of its own, all in the network of this process. */
export class RunningPod {
  /** Where the pod listens, as a Service and kubelet see it. */
  public static readonly ADDRESS = '10.244.0.5';

  public static async start(manifests: any[], options: RunningPodOptions = {}): Promise<RunningPod> {
    const pod = new RunningPod(manifests, options);
    try {
      await pod.run();
      if (options.wait ?? true) await pod.ready();
      return pod;
    } catch (error) {
      await pod.remove();
      throw error;
    }
  }

  /** Milliseconds from the start of the containers until the startup probe answered. */
  public startMs = 0;
  public removed = false;
  /** The folder that stands for the claimed volumes. */
  public readonly claims: string;
  public readonly volumes: Volumes;
  private readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'pod-')));
  private readonly containers = new Map<string, Container>();
  private readonly template: any;
  private readonly spec: any;
  private roots = 0;

  private constructor(manifests: any[], private readonly options: RunningPodOptions) {
    fs.chmodSync(this.folder, 0o755);
    this.template = templateOf(manifests);
    this.spec = this.template.spec;
    this.claims = options.claims ?? path.join(this.folder, 'claims');
    fs.mkdirSync(this.sharedMemory.source);
    fs.chmodSync(this.sharedMemory.source, 0o1777);
    this.volumes = new Volumes(path.join(this.folder, 'volumes'), this.claims, this.spec, manifests);
  }

  /** One for all containers of a pod. */
  private get sharedMemory(): Mount {
    return { source: path.join(this.folder, 'shm'), target: '/dev/shm', readOnly: false };
  }

  /** The container that runs OpenClaw. */
  public get gateway(): Container {
    return this.container('openclaw');
  }

  /** The container that runs the guard, where the pod has one. */
  public get guard(): Container | undefined {
    return this.containers.get('model-guard');
  }

  public get sidecar(): Container {
    return this.container('live-sync');
  }

  public container(name: string): Container {
    const container = this.containers.get(name);
    if (!container) throw new Error(`no container '${name}' has been started; there are ${[...this.containers.keys()].join(', ')}`);
    return container;
  }

  /** A folder or file of a claimed volume. */
  public claimed(...names: string[]): string {
    const { persistentVolumeClaim } = this.spec.volumes.find((volume: any) => volume.persistentVolumeClaim);
    return path.join(this.claims, persistentVolumeClaim.claimName, ...names);
  }

  /** Changes the mounted files as kubelet does when other ConfigMaps and Secrets have been applied. */
  public apply(manifests: any[]): void {
    if (JSON.stringify(templateOf(manifests)) !== JSON.stringify(this.template)) throw new Error('these manifests need a new pod: their pod template is another');
    this.volumes.update(this.spec, manifests);
  }

  /** Waits for the startup probe, then for the readiness probe. */
  public async ready(): Promise<void> {
    const container = this.spec.containers.find(({ name }: any) => name === 'openclaw');
    const start = performance.now();
    const guard = this.spec.containers.find(({ name }: any) => name === 'model-guard');
    for (const probe of [...guard ? [guard.startupProbe] : [], container.startupProbe, container.readinessProbe]) {
      await this.probe(probe, start + READY_TIMEOUT_MS);
    }
    this.startMs = performance.now() - start;
  }

  /** The status of an HTTP GET at the pod; undefined where it cannot be reached. */
  public async status(pathname: string, port = 18789): Promise<number | undefined> {
    try {
      return (await fetch(`http://${RunningPod.ADDRESS}:${port}${pathname}`, { signal: AbortSignal.timeout(5000) })).status;
    } catch {
      return undefined;
    }
  }

  /** Starts a container again that has ended, as kubelet does. */
  public async restart(name: string): Promise<void> {
    await this.container(name).exited;
    this.startContainer(this.spec.containers.find((container: any) => container.name === name));
  }

  /** Ends the pod as kubelet does: SIGTERM to all, to those with a hook when it has ended, SIGKILL after the grace period. */
  public async stop(): Promise<{ [container: string]: Exit }> {
    const kill = (signal: NodeJS.Signals) => this.containers.forEach(container => container.kill(signal));
    for (const { name, lifecycle } of this.spec.containers) {
      const container = this.container(name);
      if (lifecycle?.preStop) void container.execute(lifecycle.preStop.exec.command).then(() => container.kill('SIGTERM'));
      else container.kill('SIGTERM');
    }
    const timer = setTimeout(() => kill('SIGKILL'), this.spec.terminationGracePeriodSeconds * 1000);
    const exits = await Promise.all([...this.containers].map(async ([name, container]) => [name, await container.exited]));
    clearTimeout(timer);
    return Object.fromEntries(exits);
  }

  /** Ends the pod at once, and removes its folders; those of claimed volumes stay when they were given. */
  public async remove(): Promise<void> {
    this.removed = true;
    for (const container of this.containers.values()) container.kill('SIGKILL');
    await Promise.all([...this.containers.values()].map(container => container.exited));
    this.volumes.remove();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs other pods on the same claims, as Jobs do: their containers one after the other, until one fails. How the last one ended, and what all have said. */
  public async runJob(spec: any, manifests: any[]): Promise<{ readonly code: number | null; readonly log: string }> {
    const volumes = new Volumes(path.join(this.folder, `volumes-of-job-${this.roots++}`), this.claims, spec, manifests);
    let log = '';
    let code: number | null = 0;
    for (const each of [...spec.initContainers ?? [], ...spec.containers]) {
      if (code !== 0) break;
      const container = this.startContainer(each, spec, volumes);
      ({ code } = await container.exited);
      log += container.log;
    }
    volumes.remove();
    return { code, log };
  }

  private async run(): Promise<void> {
    for (const init of this.spec.initContainers ?? []) {
      const container = this.startContainer(init);
      const { code } = await container.exited;
      if (code !== 0) throw container.failure('the init container failed');
    }
    this.spec.containers.forEach((container: any) => this.startContainer(container));
  }

  private startContainer(container: any, spec = this.spec, volumes = this.volumes): Container {
    const isGuard = container.name === 'model-guard';
    const image = [
      ...isGuard ? envoyImage() : openClawImage(releaseOf(container.image)),
      ...this.options.certificate ? [{ source: this.options.certificate, target: isGuard ? PUBLIC_AUTHORITIES : CERTIFICATE, readOnly: true }] : [],
      ...this.options.clock && !isGuard ? [this.options.clock.mount] : [],
    ];
    const started = new Container({
      name: container.name,
      command: [...!isGuard && this.options.clock?.command || [], ...container.command, ...container.args ?? []],
      env: {
        PATH: '/opt/node:/opt/envoy:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: '/home/node',
        ...this.options.certificate && { NODE_EXTRA_CA_CERTS: CERTIFICATE },
        ...envOf(container),
      },
      mounts: [...image, this.sharedMemory, ...volumes.mountsOf(container, spec)],
      uid: container.securityContext.runAsUser,
      gid: container.securityContext.runAsGroup,
      fsGroup: spec.securityContext.fsGroup,
    }, path.join(this.folder, 'roots', `${container.name}-${this.roots++}`));
    this.containers.set(container.name, started);
    return started;
  }

  private async probe({ httpGet, exec }: any, deadline: number): Promise<void> {
    for (;;) {
      if (httpGet ? await this.status(httpGet.path, httpGet.port) === 200 : await this.gateway.succeeds(exec.command)) return;
      if (this.guard && !this.guard.running) throw this.guard.failure('ended before the pod was ready');
      if (!this.gateway.running) throw this.gateway.failure('ended before it was ready');
      if (performance.now() > deadline) throw this.gateway.failure(`${httpGet?.path ?? 'the probe'} did not succeed within ${READY_TIMEOUT_MS} ms`);
      await new Promise(resolve => setTimeout(resolve, PROBE_EVERY_MS));
    }
  }
}

function openClawImage(release: string): Mount[] {
  const modules = path.dirname(installOpenClaw(release));
  return [
    { source: path.join(modules, 'openclaw'), target: '/app', readOnly: true },
    { source: modules, target: '/node_modules', readOnly: true },
    { source: path.dirname(fs.realpathSync(node24())), target: '/opt/node', readOnly: true },
  ];
}

function envoyImage(): Mount[] {
  return [{ source: path.dirname(envoy()), target: '/opt/envoy', readOnly: true }];
}

function templateOf(manifests: any[]): any {
  const gateways = gatewaysOf(manifests);
  if (gateways.length !== 1) throw new Error(`the manifests hold ${gateways.length} gateways; give those of exactly one`);
  return gateways[0].spec.template;
}
