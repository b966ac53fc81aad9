import * as path from 'path';
import { buildSync } from 'esbuild';
import { Forward } from './kubectl';
import { Namespace } from './namespace';
import { NEWEST } from './releases';
import { eventually } from '../support/eventually';
import { Behaviour, Match } from '../support/providers/behaviour';
import { Call } from '../support/providers/call';
import { Certificate } from '../support/providers/certificate';

const NAME = 'mocks';
const PORTS = { http: 8000, https: 8443, commands: 9000 };

export interface MocksOptions {
  /** For the official hosts of providers, which are to lead to `address`. */
  readonly official?: { readonly certificate: Pick<Certificate, 'key' | 'cert'>; readonly address: string };
}

/** The providers' stand-ins, as a pod. */
export class Mocks {
  public static async start(namespace: Namespace, { official }: MocksOptions = {}): Promise<Mocks> {
    const labels = { app: NAME };
    const metadata = { name: NAME, namespace: namespace.name };
    const [{ text: program }] = buildSync({
      entryPoints: [path.join(__dirname, 'mocks', 'server.ts')], bundle: true, platform: 'node', target: 'node24', write: false,
    }).outputFiles;
    const files = { 'server.js': program };
    const container = {
      name: NAME,
      image: `ghcr.io/openclaw/openclaw:${NEWEST}-slim`,
      command: ['node', '/program/server.js'],
      ports: Object.values(PORTS).map(containerPort => ({ containerPort })),
      securityContext: {
        runAsNonRoot: true, runAsUser: 1000, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
      },
      volumeMounts: [{ name: 'program', mountPath: '/program' }, ...official ? [{ name: 'tls', mountPath: '/tls' }] : []],
    };
    const volumes = [{ name: 'program', configMap: { name: NAME } }, ...official ? [{ name: 'tls', secret: { secretName: NAME } }] : []];
    await namespace.apply([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: files },
      ...official ? [{ apiVersion: 'v1', kind: 'Secret', metadata, stringData: official.certificate }] : [],
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { containers: [container], volumes, automountServiceAccountToken: false, terminationGracePeriodSeconds: 0 },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: {
          selector: labels,
          publishNotReadyAddresses: true, // real providers do not depend on the node
          ports: [{ name: 'http', port: PORTS.http }, { name: 'https', port: 443, targetPort: PORTS.https }],
          ...official && { externalIPs: [official.address] },
        },
      },
    ]);
    await namespace.readyPod(NAME);
    const mocks = new Mocks(namespace);
    await eventually('the mocks answer', async () => mocks.reset().then(() => true, () => false)); // no probe, which a new kubelet would begin with a failure
    return mocks;
  }

  /** The base URL inside the cluster. */
  public readonly url: string;
  private forward?: Forward;

  private constructor(private readonly namespace: Namespace) {
    this.url = `http://${NAME}.${namespace.name}.svc:${PORTS.http}`;
  }

  /** The newest rule comes first. */
  public async when(match: Omit<Match, 'path'>, behaviour: Behaviour): Promise<void> {
    await this.command('/when', { match, behaviour });
  }

  /** The same for a streamed answer whose last chunk waits for `release()`. */
  public async whenHeld(match: Omit<Match, 'path'>, behaviour: Behaviour): Promise<void> {
    await this.command('/when', { match, behaviour, held: true });
  }

  /** Lets all held answers end. */
  public async release(): Promise<void> {
    await this.command('/release', {});
  }

  /** Forgets rules and calls. */
  public async reset(): Promise<void> {
    await this.command('/reset', {});
  }

  /** In the order in which they came, `at` in milliseconds of the epoch. */
  public async calls(): Promise<Call[]> {
    return this.command('/calls');
  }

  public async waitForCall(what: string, matches: (call: Call) => boolean, timeoutMs?: number): Promise<Call> {
    return eventually(what, async () => (await this.calls()).find(matches), timeoutMs);
  }

  private async command(name: string, body?: object): Promise<any> {
    const send = async ({ address }: Forward) => fetch(`http://${address}${name}`, body && { method: 'POST', body: JSON.stringify(body) });
    const open = async () => this.forward = await this.namespace.forward(`deployment/${NAME}`, PORTS.commands);
    const answer = await send(this.forward ?? await open()).catch(async () => send(await open())); // a forward ends with the kubelet
    return answer.json();
  }
}
