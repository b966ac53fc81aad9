import { createHash } from 'crypto';
import * as http from 'http';
import { AddressInfo } from 'net';
import * as zlib from 'zlib';

/** A package as npm packs it, with nothing but the files given. */
export function packed(files: { readonly [name: string]: object }): Buffer {
  const entries = Object.entries(files).flatMap(([name, json]) => {
    const content = Buffer.from(JSON.stringify(json));
    const header = Buffer.alloc(512);
    header.write(`package/${name}`, 0);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    return [header, content, Buffer.alloc((512 - content.length % 512) % 512)];
  });
  return zlib.gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}

export const integrityOf = (content: Buffer) => `sha512-${createHash('sha512').update(content).digest('base64')}`;

/** A registry of npm with a few packages, which can also be made to fail; one of a company would hide how it fails. */
export class NpmRegistry {
  public static async start(packages: { readonly [name: string]: { readonly [version: string]: Buffer } }): Promise<NpmRegistry> {
    const registry = new NpmRegistry(packages);
    await new Promise<void>(resolve => registry.server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  /** The paths that it was asked for. */
  public readonly asked: string[] = [];
  /** Paths that it never answers. */
  public silentAt?: RegExp;
  private readonly server = http.createServer((request, response) => this.answer(request.url!, response));

  private constructor(private readonly packages: { readonly [name: string]: { readonly [version: string]: Buffer } }) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private answer(asked: string, response: http.ServerResponse): void {
    this.asked.push(asked);
    if (this.silentAt?.test(asked)) return;
    const [name, version] = decodeURIComponent(asked.slice(1)).split('/-/');
    const versions = this.packages[name];
    if (!versions) {
      response.writeHead(404).end('{}');
    } else if (version === undefined) {
      const dist = (each: string) => ({ tarball: `${this.url}/${encodeURIComponent(name)}/-/${each}`, integrity: integrityOf(versions[each]) });
      const entries = Object.keys(versions).map(each => [each, { name, version: each, dist: dist(each) }]);
      response.end(JSON.stringify({ name, versions: Object.fromEntries(entries) }));
    } else {
      response.end(versions[version]);
    }
  }
}
