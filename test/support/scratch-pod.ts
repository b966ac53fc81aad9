import { execFile } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { GatewayPod } from './gateway-pod';
import { MountedVolume } from './mounted-volume';
import { node24 } from '../../scripts/openclaw';

const CONFIG_FILE = '/run/openclaw/openclaw.json';
const TIMEOUT_MS = 120_000;

export interface Outcome {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

function mapTexts(value: any, map: (text: string) => string): any {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map(item => mapTexts(item, map));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
}

const isPath = (text: string): boolean => /^\/./.test(text);

/**
 * The folders of a pod below a folder of this machine, laid out as kubelet does it, and its programs, run there. They read no other files of this
 * machine: a folder that no volume brings is missing, whatever this machine has there.
 */
export class ScratchPod {
  private readonly root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'scratch-pod-')));
  private readonly node = node24();
  /** The folders that paths of the pod lie in, such as /etc/openclaw and /tmp. */
  private readonly places: string[];

  constructor(private readonly pod: GatewayPod) {
    const named = [...pod.folders.keys(), ...[...pod.init?.command ?? [], ...Object.values(pod.env)].filter(isPath)];
    this.places = [...new Set(named.map(text => text.split('/').slice(0, 3).join('/')))];
    for (const [mountPath, files] of pod.folders) {
      if (files) new MountedVolume(this.below(mountPath), files);
      else fs.mkdirSync(this.below(mountPath), { recursive: true });
    }
  }

  /** Runs the init container; its last line when it fails. */
  public async prepare({ command: [program, ...args], env }: NonNullable<GatewayPod['init']>): Promise<string | undefined> {
    if (program !== 'node') return `runs '${program}'; only 'node' can be run here`;
    const { failed, stdout, stderr } = await this.execute(args.map(arg => this.below(arg)), env);
    const lastLine = stdout.trim().split('\n').pop();
    if (failed) return lastLine ? JSON.parse(lastLine).msg : stderr.trim();
    const file = this.below(CONFIG_FILE);
    fs.writeFileSync(file, JSON.stringify(mapTexts(JSON.parse(fs.readFileSync(file, 'utf8')), text => this.inConfig(text))));
    return undefined;
  }

  /** What the init container made of openclaw.json. */
  public get config(): any {
    return JSON.parse(this.read(CONFIG_FILE));
  }

  /** The text of a file of the pod. */
  public read(file: string): string {
    return this.withoutRoot(fs.readFileSync(this.below(file), 'utf8'));
  }

  /** Runs OpenClaw with the gateway's environment. */
  public async openclaw(folder: string, args: string[]): Promise<Outcome> {
    return this.execute([path.join(folder, 'openclaw.mjs'), ...args], this.pod.env, {
      NODE_COMPILE_CACHE: path.join(folder, '..', '..', 'compile-cache'),
      OPENCLAW_NO_RESPAWN: '1', // the same in one process less
    });
  }

  public remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }

  /** A path of the pod as a path of this machine; any other text as it is. */
  private below(text: string): string {
    return isPath(text) ? path.join(this.root, text) : text;
  }

  /** The same for a text of openclaw.json, where `/v1` is no path of a file. */
  private inConfig(text: string): string {
    return this.places.some(place => `${text}/`.startsWith(`${place}/`)) ? this.below(text) : text;
  }

  private withoutRoot(text: string): string {
    return text.split(this.root).join('');
  }

  /** Runs Node with a pod's environment, and variables of this machine. */
  private async execute(args: string[], podEnv: { [name: string]: string }, machineEnv: { [name: string]: string } = {}): Promise<Outcome> {
    const env = {
      PATH: `${path.dirname(this.node)}:/usr/bin:/bin`,
      HOME: path.join(this.root, 'home', 'node'),
      TMPDIR: path.join(this.root, 'tmp'),
      ...mapTexts(podEnv, text => this.below(text)),
      ...machineEnv,
    };
    return new Promise((resolve, reject) => {
      execFile(this.node, args, { env, cwd: this.root, timeout: TIMEOUT_MS, maxBuffer: 16_000_000 }, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ failed: !!error, stdout: this.withoutRoot(stdout), stderr: this.withoutRoot(stderr) });
      });
    });
  }
}
