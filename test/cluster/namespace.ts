import { Yaml } from 'cdk8s';
import { Forward, kubectl, Printed, tryKubectl } from './kubectl';
import { eventually } from '../support/eventually';

const READY_WITHIN_MS = 240_000;
/** kubectl is a program that must start each time. */
const LOOK_EVERY_MS = 500;

/** Pods of no other Pod Security Standard are admitted. */
export const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' };

/** A pod, and how often its containers were started again. */
export function identityOf({ metadata, status }: any): string {
  return [metadata.uid, ...status.containerStatuses.map(({ restartCount }: any) => restartCount)].join(' ');
}

const existing = new Set<Namespace>();

/** A namespace of the suite's own that admits only pods of the Pod Security Standard `restricted`. */
export class Namespace {
  public static async create(name: string): Promise<Namespace> {
    const namespace = new Namespace(name);
    await namespace.delete();
    await kubectl(['create', '--filename', '-'], JSON.stringify({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: RESTRICTED },
    }));
    existing.add(namespace);
    await eventually('the namespace has its service account', async () => (await namespace.try('get', 'serviceaccount', 'default')).code === 0);
    return namespace;
  }

  /** What there is in every namespace that has been created and not yet deleted. */
  public static async describeAll(): Promise<string> {
    return (await Promise.all([...existing].map(async namespace => `${namespace.name}:\n${await namespace.describe()}`))).join('\n');
  }

  /** Deletes every namespace that has been created, also where another one cannot be deleted. */
  public static async deleteAll(): Promise<void> {
    const failed = (await Promise.allSettled([...existing].map(async namespace => namespace.delete()))).find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
  }

  private readonly forwards: Forward[] = [];

  private constructor(readonly name: string) {}

  public async try(...args: string[]): Promise<Printed> {
    return tryKubectl(['--namespace', this.name, ...args]);
  }

  public async kubectl(...args: string[]): Promise<string> {
    return kubectl(['--namespace', this.name, ...args]);
  }

  /** As a user does; a warning of the API server is a failure. What kubectl printed, a line an object. */
  public async apply(objects: object[], ...args: string[]): Promise<string[]> {
    const { code, stdout, stderr } = await tryKubectl(['apply', '--warnings-as-errors', '--filename', '-', ...args], Yaml.stringify(...objects));
    if (code !== 0) throw new Error(`kubectl apply ended with ${code}: ${stderr}${stdout}`);
    return stdout.trim().split('\n');
  }

  /** As `kubectl delete -f` does. */
  public async remove(objects: object[]): Promise<void> {
    await kubectl(['delete', '--ignore-not-found', '--filename', '-'], Yaml.stringify(...objects));
  }

  /** What `kubectl diff` shows; empty when nothing would change. */
  public async diff(objects: object[]): Promise<string> {
    const { code, stdout, stderr } = await tryKubectl(['diff', '--filename', '-'], Yaml.stringify(...objects));
    if (code > 1) throw new Error(`kubectl diff ended with ${code}: ${stderr}`);
    return stdout;
  }

  public async get(kind: string, name?: string): Promise<any> {
    return JSON.parse(await this.kubectl('get', kind, ...name ? [name] : [], '--output', 'json'));
  }

  /** The values of a Secret. */
  public async secret(name: string): Promise<{ [key: string]: string }> {
    const { data } = await this.get('secret', name);
    return Object.fromEntries(Object.entries<string>(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
  }

  /** The pods of a Deployment that are not on their way out. */
  public async pods(deployment: string): Promise<any[]> {
    const { spec } = await this.get('deployment', deployment);
    const selector = Object.entries(spec.selector.matchLabels).map(([key, value]) => `${key}=${value}`).join();
    return (await this.kubectlJson('get', 'pods', '--selector', selector)).items.filter(({ metadata }: any) => !metadata.deletionTimestamp);
  }

  /** The one pod of a Deployment as soon as it is ready, and no older one is there. */
  public async readyPod(deployment: string): Promise<any> {
    return (await this.readyPods(deployment))[0];
  }

  /** All pods of a Deployment as soon as they are ready, and no older one is there but those on their way out. */
  public async readyPods(deployment: string): Promise<any[]> {
    const isReady = ({ status }: any) => status.conditions?.some(({ type, status: is }: any) => type === 'Ready' && is === 'True');
    try {
      return await eventually(`${deployment} is ready`, async () => {
        const { metadata, spec, status } = await this.get('deployment', deployment);
        const pods = status.observedGeneration === metadata.generation && status.updatedReplicas === spec.replicas ? await this.pods(deployment) : [];
        return pods.length === spec.replicas && pods.every(isReady) && pods;
      }, READY_WITHIN_MS, LOOK_EVERY_MS);
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${await this.describe()}`);
    }
  }

  public async exec(pod: string, container: string, ...command: string[]): Promise<Printed> {
    return this.try('exec', pod, '--container', container, '--', ...command);
  }

  /** Forwards a port until the namespace is deleted. */
  public async forward(target: string, port: number): Promise<Forward> {
    const forward = await Forward.open(this.name, target, port);
    this.forwards.push(forward);
    return forward;
  }

  public async logs(deployment: string, container: string): Promise<string> {
    return this.kubectl('logs', `deployment/${deployment}`, '--container', container, '--tail=-1');
  }

  /** What there is, for whoever reads a failure. */
  public async describe(): Promise<string> {
    const printed = await Promise.all([
      this.try('get', 'pods,pvc,externalsecrets', '--output', 'wide'), this.try('get', 'events', '--sort-by', '.lastTimestamp'),
      this.try('logs', '--selector', 'app.kubernetes.io/name in (openclaw,openclaw-model-guard)', '--all-containers', '--tail', '25', '--prefix'),
    ]);
    return printed.map(({ stdout, stderr }) => (stdout + stderr).split('\n').slice(-40).join('\n')).join('\n');
  }

  public async delete(): Promise<void> {
    this.forwards.splice(0).forEach(forward => forward.close());
    existing.delete(this);
    // pods first, and at once: a gateway waits for its running turns, whose providers may be gone
    await this.try('delete', 'deployments,replicasets', '--all', '--cascade=orphan');
    await this.try('delete', 'pods', '--all', '--grace-period=1');
    await kubectl(['delete', 'namespace', this.name, '--ignore-not-found', '--wait']);
  }

  private async kubectlJson(...args: string[]): Promise<any> {
    return JSON.parse(await this.kubectl(...args, '--output', 'json'));
  }
}
