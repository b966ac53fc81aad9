import { execFile } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { VolumeReader } from './gateway-pod';
import { MountedVolume } from './mounted-volume';
import { podsOf } from './pod-security';
import { envoy } from '../../scripts/envoy';

const NAME = 'model-guard';

/** The pods among manifests that have a guard, each with its container. */
export function guardsOf(manifests: any[]): { spec: any; container: any }[] {
  const guardsIn = (spec: any) => spec.containers.filter(({ name }: any) => name === NAME);
  return podsOf(manifests).flatMap(({ spec }) => guardsIn(spec).map((container: any) => ({ spec, container })));
}

export interface GuardPorts { readonly guard: number; readonly metrics: number }

/** What a guard finds on its volumes, laid out on this machine as kubelet does it. */
export class GuardFiles {
  public readonly root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'guard-')));
  public readonly command: string[];
  /** What runs it, and makes its files of AWS. */
  public readonly wrapper: string[];
  private readonly volumes = new Map<string, MountedVolume>();
  private readonly spec: any;
  private readonly container: any;

  /** @param ports those of this machine that stand for those of the guard */
  public constructor(manifests: any[], private readonly ports: GuardPorts = { guard: 9400, metrics: 9402 }) {
    fs.chmodSync(this.root, 0o755);
    const [guard, ...others] = guardsOf(manifests);
    if (!guard || others.length > 0) throw new Error(`the manifests hold ${others.length + Number(!!guard)} guards; give those of exactly one`);
    ({ spec: this.spec, container: this.container } = guard);
    for (const [mountPath, files] of this.read(manifests)) {
      if (files) this.volumes.set(mountPath, new MountedVolume(this.at(mountPath), files));
      else fs.mkdirSync(this.at(mountPath), { recursive: true });
    }
    const words: string[] = this.container.command.map((word: string) => this.here(word));
    this.wrapper = words.slice(0, words.indexOf('envoy'));
    this.command = [envoy(), ...words.slice(words.indexOf('envoy') + 1)];
  }

  /** The files of a volume, as they are for this machine. */
  public files(mountPath: string): { [file: string]: string } {
    return this.volume(mountPath).files;
  }

  public swap(mountPath: string, files: { [file: string]: string | Buffer }, link = true): void {
    this.volume(mountPath).swap(files, link);
  }

  /** Changes the mounted files as kubelet does when other ConfigMaps and Secrets have been applied. */
  public apply(manifests: any[], link = true): void {
    for (const [mountPath, files] of this.read(manifests)) {
      if (files && JSON.stringify(files) !== JSON.stringify(this.files(mountPath))) this.swap(mountPath, files, link);
    }
  }

  /** What Envoy has against the files; undefined where it takes them. It reads the bootstrap's dynamic parts as if they were static. */
  public async validate(): Promise<string | undefined> {
    const [program, ...args] = this.command;
    const file = path.join(this.root, 'static.json');
    fs.writeFileSync(file, JSON.stringify(this.asStatic()));
    const given = args.map(arg => arg.endsWith('bootstrap.json') ? file : arg);
    return new Promise(resolve => execFile(program, [...given, '--mode', 'validate'], (error, stdout, stderr) =>
      resolve(error ? `${stdout}${stderr}`.trim() : undefined)));
  }

  public remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }

  private volume(mountPath: string): MountedVolume {
    const volume = this.volumes.get(mountPath);
    if (!volume) throw new Error(`the guard mounts no files at ${mountPath}; it does at ${[...this.volumes.keys()].join(', ')}`);
    return volume;
  }

  /** `--mode validate` does not read the files that a bootstrap names, so they are put where it does. */
  private asStatic(): any {
    const policy = Object.fromEntries(Object.entries(this.files('/etc/guard/policy')).map(([name, text]) => [name, JSON.parse(text).resources]));
    const caller = this.volumes.has('/etc/guard/caller') ? JSON.parse(this.files('/etc/guard/caller')['caller.json']).resources : [];
    const bootstrap = JSON.parse(this.files('/etc/guard/bootstrap')['bootstrap.json']);
    const manager = bootstrap.static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
    const { '@type': routesType, ...routes } = policy['routes.json'][0];
    delete manager.rds;
    manager.route_config = routes;
    manager.http_filters = manager.http_filters.map(({ name, config_discovery: discovered, ...filter }: any) =>
      discovered ? { name, typed_config: (policy[`${name}.json`] ?? caller)[0].typed_config } : { name, ...filter });
    delete bootstrap.dynamic_resources;
    bootstrap.static_resources.clusters.push(...policy['providers.json'].map(({ '@type': type, ...cluster }: any) => cluster));
    bootstrap.static_resources.listeners.push(...policy['listeners.json'].map(({ '@type': type, ...listener }: any) => listener));
    return bootstrap;
  }

  private read(manifests: any[]): [string, { [file: string]: string } | undefined][] {
    const reader = new VolumeReader(manifests, []);
    const read = this.container.volumeMounts.map(({ name, mountPath }: any) => {
      const files = reader.read(this.spec.volumes.find((volume: any) => volume.name === name), mountPath);
      return [mountPath, files && Object.fromEntries(Object.entries(files).map(([file, text]) => [file, this.here(text)]))];
    });
    if (reader.problems.length > 0) throw new Error(reader.problems.join('\n'));
    return read;
  }

  private at(mountPath: string): string {
    return path.join(this.root, mountPath);
  }

  /** A text of the pod with the paths and ports of this machine. */
  private here(text: string): string {
    return text
      .replace(/\/(etc|run|var\/lib)\/guard/g, found => path.join(this.root, found))
      .replace(/"port_value":9400\b/g, `"port_value":${this.ports.guard}`)
      .replace(/"port_value":9402\b/g, `"port_value":${this.ports.metrics}`);
  }
}
