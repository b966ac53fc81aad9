import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { RunningPod, RunningPodOptions } from './pod/running-pod';
import { OFFICIAL } from '../../src/models/provider';
import { describeCalls } from '../support/providers/call';
import { makeCertificate } from '../support/providers/certificate';
import { MockProviders } from '../support/providers/mock-providers';
import { NameServer } from '../support/providers/name-server';

const OFFICIAL_HOSTS = OFFICIAL.map(provider => new URL(provider.baseUrl).hostname);
/** Port of model servers inside the cluster. */
export const CLUSTER_PORT = 8000;

/** What a host can be made to do before a call reaches its provider. */
export enum Reach {
  /** Its provider's stand-in answers. */
  PROVIDER = '11.0.0.1',
  /** Connections are refused. */
  REFUSED = '11.0.0.2',
  /** Nobody answers a connection attempt. */
  BLACK_HOLE = '11.0.1.2',
}

/** All that a gateway can reach: the providers' stand-ins, under their real names and with a certificate, and nothing else. */
export class World {
  public static current?: World;

  public static async open(): Promise<World> {
    const outside = Object.keys(os.networkInterfaces()).filter(name => !['lo', 'hole', 'nowhere'].includes(name));
    if (outside.length > 0) throw new Error(`the network can be reached by ${outside.join(', ')}; run this suite with 'npm run test:gateway'`);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'world-'));
    const certificate = makeCertificate(folder, [...OFFICIAL_HOSTS, '*.openai.azure.com', '*.eu-central-1.amazonaws.com', 'api.telegram.org']);
    const providers = await MockProviders.start({ address: Reach.PROVIDER, tls: certificate, ports: { https: [443], http: [CLUSTER_PORT] } });
    const names = await NameServer.start({ address: '127.0.0.1', names: Object.fromEntries(OFFICIAL_HOSTS.map(name => [name, Reach.PROVIDER])) });
    return World.current = new World(folder, certificate.certFile, providers, names);
  }

  private readonly pods: RunningPod[] = [];

  private constructor(
    private readonly folder: string, private readonly certificate: string, readonly providers: MockProviders, readonly names: NameServer,
  ) {}

  /** Starts the pod of a gateway's manifests; every provider that its configuration names can then be reached. */
  public async start(manifests: any[], options: RunningPodOptions = {}): Promise<RunningPod> {
    for (const host of providerHosts(manifests)) this.names.set(host, Reach.PROVIDER);
    const pod = await RunningPod.start(manifests, { certificate: this.certificate, ...options });
    this.pods.push(pod);
    return pod;
  }

  /** Where connections to a host go from now on; undefined: the name does not exist. */
  public route(host: string, reach: Reach | undefined): void {
    this.names.set(host, reach);
    this.providers.dropConnections(host);
  }

  /** What happened, for whoever reads a failure. */
  public describe(): string {
    const calls = describeCalls(this.providers.calls).slice(-15).map(line => `  ${line}`);
    const pods = this.pods.filter(({ removed }) => !removed);
    const guards = pods.flatMap(({ guard }) => guard ? [guard.log.split('\n')] : []);
    const refused = guards.flatMap(lines => lines.filter(line => /"status":[45]/.test(line)).slice(-5));
    const warnings = guards.flatMap(lines => lines.filter(line => line.startsWith('[')).slice(-5));
    const logs = pods.map(pod => pod.gateway.failure('so far').message);
    return ['the last calls to providers:', ...calls, 'the last ones that a guard refused:', ...refused, 'what a guard says:', ...warnings, ...logs].join('\n');
  }

  public async close(): Promise<void> {
    await Promise.all(this.pods.map(pod => pod.remove()));
    await Promise.all([this.providers.close(), this.names.close()]);
    fs.rmSync(this.folder, { recursive: true, force: true });
    World.current = undefined;
  }
}

/** Those that the gateway calls, and those that its guard does. */
function providerHosts(manifests: any[]): string[] {
  const texts = (file: string): any[] => manifests.flatMap(({ kind, data }) => kind === 'ConfigMap' && data[file] ? [JSON.parse(data[file])] : []);
  const addresses = texts('providers.json').flatMap(({ resources }) => resources.flatMap(({ load_assignment: { endpoints } }: any) =>
    endpoints[0].lb_endpoints[0].endpoint.address.socket_address?.address ?? []));
  return [
    ...texts('openclaw.json').flatMap(({ models }) => Object.values<any>(models.providers)).map(({ baseUrl }) => new URL(baseUrl).hostname),
    ...addresses,
  ].filter(host => host !== '127.0.0.1');
}
