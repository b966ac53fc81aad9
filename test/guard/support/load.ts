import * as http from 'http';

/** Requests without a pause over kept connections, until they are stopped. */
export class Load {
  public readonly failures: string[] = [];
  public sent = 0;
  private stopping = false;
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  private readonly loops: Promise<unknown>;

  public constructor(private readonly port: number, private readonly path: string, private readonly body: object, clients = 4,
    private readonly headers: () => http.OutgoingHttpHeaders = () => ({})) {
    this.loops = Promise.all(Array.from({ length: clients }, () => this.loop()));
  }

  public async stop(): Promise<void> {
    this.stopping = true;
    await this.loops;
    this.agent.destroy();
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      const status = await post(this.port, this.path, this.body, { agent: this.agent, headers: this.headers() })
        .then(answer => answer.status, error => error.code);
      this.sent += 1;
      if (status !== 200) this.failures.push(String(status));
    }
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly ms: number;
}

export async function post(port: number, path: string, body: object, options: http.RequestOptions = {}): Promise<Answer> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, method: 'POST', ...options, headers: { 'content-type': 'application/json', ...options.headers } }, response => {
      let text = '';
      response.on('data', chunk => { text += chunk; });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text, ms: performance.now() - start }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}
