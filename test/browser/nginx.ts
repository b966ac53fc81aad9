import { ChildProcess, execFileSync, spawn } from 'child_process';
import { once } from 'events';
import * as fs from 'fs';
import * as path from 'path';
import { eventually } from '../support/eventually';
import { Certificate } from '../support/providers/certificate';

export interface NginxOptions {
  /** An empty folder for its files. */
  readonly folder: string;
  readonly certificate: Certificate;
  /** Its port towards browsers, and the address that it has among the pods. */
  readonly servers: { readonly listen: string; readonly podAddress: string }[];
  /** What it says of the person, for example who they are. */
  readonly userHeaders: { readonly [name: string]: string };
  /** Host and port of the gateway. */
  readonly upstream: string;
}

/** What an Ingress controller does: ends TLS, says for whom it asks, and lets a websocket through. */
function configOf({ folder, certificate, servers, upstream, userHeaders }: NginxOptions): string {
  const keyFile = path.join(folder, 'tls.key');
  fs.writeFileSync(keyFile, certificate.key);
  return `
    daemon off;
    pid ${folder}/pid;
    error_log stderr warn;
    events {}
    http {
      access_log ${folder}/access.log;
      ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${folder}/${name};`).join('\n')}
      map $http_upgrade $connection_upgrade { default upgrade; '' close; }
      ssl_certificate ${certificate.certFile};
      ssl_certificate_key ${keyFile};
      ${servers.map(({ listen, podAddress }) => `
        server {
          listen ${listen} ssl;
          location / {
            proxy_pass http://${upstream};
            proxy_bind ${podAddress};
            proxy_http_version 1.1;
            proxy_read_timeout 1h;
            proxy_set_header Host $host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-Host $host;
            ${Object.entries(userHeaders).map(([name, value]) => `proxy_set_header ${name} ${value};`).join('\n')}
          }
        }`).join('\n')}
    }`;
}

/** A running nginx. */
export class Nginx {
  public static async start(options: NginxOptions): Promise<Nginx> {
    const file = path.join(options.folder, 'nginx.conf');
    fs.writeFileSync(file, configOf(options));
    execFileSync('nginx', ['-t', '-q', '-p', options.folder, '-c', file]);
    const nginx = new Nginx(spawn('nginx', ['-p', options.folder, '-c', file], { stdio: 'inherit' }));
    await eventually('nginx serves', () => fs.existsSync(path.join(options.folder, 'pid')));
    return nginx;
  }

  private constructor(private readonly process: ChildProcess) {}

  public async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGQUIT');
    setTimeout(() => this.process.kill('SIGKILL'), 2000).unref();
    await ended;
  }
}
