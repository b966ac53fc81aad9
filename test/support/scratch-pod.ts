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

/** The folders of a pod below a folder of this machine, laid out as kubelet does it, and its programs, run there. */
export class ScratchPod {
  private readonly root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'scratch-pod-')));
  private readonly node = node24();

  constructor(private readonly pod: GatewayPod) {
    for (const [mountPath, files] of pod.folders) {
      if (files) new MountedVolume(this.at(mountPath), files);
      else fs.mkdirSync(this.at(mountPath), { recursive: true });
    }
  }

  /** Runs the init container; its last line when it fails. */
  public async prepare({ command: [program, ...args], env }: NonNullable<GatewayPod['init']>): Promise<string | undefined> {
    if (program !== 'node') return `runs '${program}'; only 'node' can be run here`;
    const { failed, stdout, stderr } = await this.execute(args.map(arg => this.at(arg)), env);
    const lastLine = stdout.trim().split('\n').pop();
    if (failed) return lastLine ? JSON.parse(lastLine).msg : stderr.trim();
    const config = JSON.parse(fs.readFileSync(this.at(CONFIG_FILE), 'utf8'));
    fs.writeFileSync(this.at(CONFIG_FILE), JSON.stringify(mapTexts(config, text => this.at(text))));
    return undefined;
  }

  /** What the init container made of openclaw.json. */
  public get config(): any {
    return JSON.parse(this.withoutRoot(fs.readFileSync(this.at(CONFIG_FILE), 'utf8')));
  }

  /** Runs OpenClaw with the gateway's environment. */
  public async openclaw(folder: string, args: string[]): Promise<Outcome> {
    return this.execute([path.join(folder, 'openclaw.mjs'), ...args], {
      ...this.pod.env,
      NODE_COMPILE_CACHE: path.join(folder, '..', '..', 'compile-cache'),
      OPENCLAW_NO_RESPAWN: '1', // the same in one process less
    });
  }

  public remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }

  /** A path of the pod's volumes, or to one, as a path of this machine; any other text as it is. */
  private at(text: string): string {
    const isPath = /^\/./.test(text) && [...this.pod.folders.keys()].some(folder => `${folder}/`.startsWith(`${text}/`) || text.startsWith(`${folder}/`));
    return isPath ? path.join(this.root, text) : text;
  }

  private withoutRoot(text: string): string {
    return text.split(this.root).join('');
  }

  private async execute(args: string[], podEnv: { [name: string]: string }): Promise<Outcome> {
    const env = {
      PATH: `${path.dirname(this.node)}:/usr/bin:/bin`,
      HOME: path.join(this.root, 'home', 'node'),
      TMPDIR: path.join(this.root, 'tmp'),
      ...mapTexts(podEnv, text => this.at(text)),
    };
    return new Promise((resolve, reject) => {
      execFile(this.node, args, { env, cwd: this.root, timeout: TIMEOUT_MS, maxBuffer: 16_000_000 }, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ failed: !!error, stdout: this.withoutRoot(stdout), stderr: this.withoutRoot(stderr) });
      });
    });
  }
}
