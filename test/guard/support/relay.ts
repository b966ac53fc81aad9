import { ChildProcess, spawn } from 'child_process';

const PROGRAM = `
const net = require('net');
const server = net.createServer(near => {
  const far = net.connect(Number(process.argv[1]), '127.0.0.1');
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
}).listen(0, '127.0.0.1', () => console.log(server.address().port));`;

/** Passes bytes on to a port, from a process of its own, which can fall silent: its connections stay and nothing is answered. */
export class Relay {
  public static async to(port: number): Promise<Relay> {
    const process = spawn(globalThis.process.execPath, ['-e', PROGRAM, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
    return new Relay(process, await new Promise(resolve => process.stdout!.once('data', text => resolve(Number(text)))));
  }

  private constructor(private readonly process: ChildProcess, public readonly port: number) {}

  public fallSilent(): void {
    this.process.kill('SIGSTOP');
  }

  public speakAgain(): void {
    this.process.kill('SIGCONT');
  }

  public stop(): void {
    this.process.kill('SIGKILL');
  }
}
