import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { text } from 'stream/consumers';

/** What kubectl printed. */
export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl to its end, whatever that is. */
export async function tryKubectl(args: string[], input = ''): Promise<Printed> {
  const child = spawn('kubectl', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

export async function kubectl(args: string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await tryKubectl(args, input);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${stderr || stdout}`);
  return stdout;
}

/** A port of a pod or Service, at an address of this machine. */
export class Forward {
  public static async open(namespace: string, target: string, port: number): Promise<Forward> {
    const child = spawn('kubectl', ['--namespace', namespace, 'port-forward', target, `:${port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    const address = await new Promise<string>((resolve, reject) => {
      let printed = '';
      const hear = (data: unknown) => {
        printed += String(data);
        const found = /Forwarding from (127\.0\.0\.1:\d+)/.exec(printed);
        if (found) resolve(found[1]);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.on('error', reject).on('close', () => reject(new Error(`kubectl port-forward ${target} ${port} ended: ${printed}`)));
    });
    return new Forward(child, address);
  }

  private constructor(private readonly child: ChildProcess, readonly address: string) {}

  public close(): void {
    this.child.kill();
  }
}
