import * as fs from 'fs';
import * as http from 'http';
import * as http2 from 'http2';
import { AddressInfo, Server, Socket } from 'net';
import * as os from 'os';
import * as path from 'path';
import { signerOf } from './aws-signature';
import { HOST, PROFILE } from './fixture';
import { readings } from './lenient-json';
import { SERVER_FIELDS } from '../../../src/guard/server-tools';
import { Model } from '../../../src/index';
import { makeCertificate } from '../../support/providers/certificate';

export type Protocol = 'HTTP/1.1' | 'HTTP/2';

/** A request as it reached the providers, byte for byte. */
export interface Arrival {
  readonly method: string;
  readonly url: string;
  readonly protocol: string;
  /** Of HTTP/2. */
  readonly scheme?: string;
  /** Of HTTP/2. */
  readonly authority?: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

type Response = http.ServerResponse | http2.Http2ServerResponse;
type Answer = (arrival: Arrival, response: http.ServerResponse) => void;

const ANSWER: Answer = (_arrival, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'); };

/** Stands in for every provider, writes down what arrives, and says what of it should not have. */
export class Judge {
  /** In HTTP/2 with TLS, as providers do, or in plain HTTP/1.1. */
  public static async start(protocol: Protocol = 'HTTP/1.1'): Promise<Judge> {
    const judge = new Judge(protocol);
    await new Promise<void>(resolve => judge.server.listen(0, '127.0.0.1', resolve));
    return judge;
  }

  public readonly arrivals: Arrival[] = [];
  public answer: Answer = ANSWER;
  /** Whether what arrives is kept. */
  public record = true;
  /** Of HTTP/2. */
  public pings = 0;
  /** PEM, of a judge with TLS. */
  private readonly authority?: string;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(public readonly protocol: Protocol) {
    if (protocol === 'HTTP/2') {
      const { key, cert } = certificate();
      this.authority = cert;
      this.server = http2.createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => this.take(request, response))
        .on('session', session => session.on('ping', () => { this.pings += 1; }));
    } else {
      this.server = Object.assign(http.createServer((request, response) => this.take(request, response)), { keepAliveTimeout: 60_000 });
    }
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How a provider's base URL begins that stands for this judge. */
  public get origin(): string {
    return `${this.authority ? 'https' : 'http'}://${HOST}:${this.port}`;
  }

  /** What a guard must trust to call these models here. */
  public authoritiesOf(models: Model[]): { [provider: string]: string } {
    const { authority } = this;
    return authority === undefined ? {} : Object.fromEntries(models.map(({ provider }) => [provider.id, authority]));
  }

  public reset(): void {
    this.arrivals.length = 0;
    this.answer = ANSWER;
  }

  public async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise(resolve => this.server.close(resolve));
  }

  private take(request: http.IncomingMessage | http2.Http2ServerRequest, response: Response): void {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk)).on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith(':')));
      const [scheme, authority] = [':scheme', ':authority'].map(name => request.headers[name] as string | undefined);
      const arrival = { method: request.method ?? '', url: request.url ?? '', protocol: `HTTP/${request.httpVersion}`, scheme, authority, headers, body: Buffer.concat(chunks) };
      if (this.record) this.arrivals.push(arrival);
      this.answer(arrival, response as http.ServerResponse);
    });
  }
}

function certificate(): { readonly key: string; readonly cert: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-'));
  try {
    return makeCertificate(folder, [HOST]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The model that the body must name; null where the path does. */
const PERMITTED: { readonly [path: string]: string | null } = {
  '/v1/messages': 'claude-sonnet-5',
  '/v1/responses': 'gpt-5.4',
  '/api/v1/chat/completions': 'anthropic/claude-sonnet-4.5',
  '/openai/v1/responses': 'our-deployment',
  '/anthropic/v1/messages': PROFILE,
  '/openai/v1/chat/completions': 'openai.gpt-oss-120b-1:0',
  '/v1beta/models/gemini-2.5-flash:generateContent': null,
  '/v1beta/models/gemini-2.5-flash:streamGenerateContent': null,
};

const KEYS: { readonly [path: string]: [string, string] } = {
  '/v1/messages': ['x-api-key', 'key-of-anthropic'],
  '/v1/responses': ['authorization', 'Bearer key-of-openai'],
  '/api/v1/chat/completions': ['authorization', 'Bearer key-of-openrouter'],
  '/openai/v1/responses': ['api-key', 'key-of-azure'],
  '/anthropic/v1/messages': ['authorization', 'Bearer key-of-bedrock'],
  '/openai/v1/chat/completions': ['authorization', 'Bearer key-of-bedrock'],
};
/** Headers that are for the guard, tell another account, or steer what stands before a provider. */
const STAYING = /^(x-guard-|x-envoy-|x-forwarded-|x-portkey-|helicone-|cf-aig-|x-litellm-|x-bf-|x-hf-|x-ms-|x-amzn?-|azureml-|x-tfy-|x-bt-|x-ai-eg-|x-gateway-|x-smg-|anthropic-(workspace|user)|openai-(org|proj)|(x-real-ip|x-client-ip|cf-connecting-ip)$|x-original-|x-rewrite-)/;
/** Secret access keys, by their ids. */
export const AWS_SECRETS: { readonly [id: string]: string } = { AKIAEXAMPLE000000009: 'secret/of+bedrock' };
const SIGNED_HEADERS = ['x-amz-date', 'x-amz-content-sha256'];
const KEY_HEADERS = ['x-api-key', 'authorization', 'x-goog-api-key', 'api-key', 'cookie', 'proxy-authorization'];

function strict(body: Buffer): any {
  return readings(body)[0].value;
}

/** What a field holds; `a:b` is b in a. */
function at(value: any, field: string): any {
  return field.split(':').reduce((inner, key) => inner?.[key], value);
}

/** What items, messages and blocks bring besides the tools of the request; not what the arguments of a call hold. */
function toolsWithin(value: any): unknown[] {
  if (Array.isArray(value)) return value.flatMap(toolsWithin);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<any>(value).flatMap(([key, inner]) => {
    if (key === 'input' && value.type === 'tool_use') return [];
    return key === 'definition' && value.type === 'tool_definition' ? [inner] : toolsWithin(inner);
  });
}

/** Lists of tools in the members of a list. */
function toolsOfMembers(list: unknown): unknown[] {
  return Array.isArray(list) ? list.map(item => Object.entries(Object(item)).filter(([key]) => /^tools$/iu.test(key))) : [];
}

/** Why a request should not have reached a provider; undefined where every parser reads an allowed model, and the right key is the only one. */
export function offence(arrival: Arrival): string | undefined {
  const { method, url, scheme = 'https', headers, body } = arrival;
  const [where, query = ''] = url.split('?');
  if (method !== 'POST') return `${method} ${url}`;
  if (scheme !== 'https') return `scheme ${scheme}`;
  if (!(where in PERMITTED)) return `path ${url}`;
  if (!['', 'beta=true', 'alt=sse', 'api-version=preview', 'api-version=v1'].includes(query)) return `query ${url}`;
  const model = PERMITTED[where];
  for (const { parser, value } of readings(body)) {
    const read = (value as { model?: unknown } | null | undefined)?.model ?? null; // what is no object names no model either
    if (read !== model) return `${parser} reads model ${JSON.stringify(read)}`;
  }
  const forbidden = SERVER_FIELDS.find(field => ![undefined, null, ''].includes(at(strict(body), field)));
  if (forbidden) return `field ${forbidden}`;
  const twin = Object.entries(Object(strict(body))).find(([key, value]) => /^(model|tools)$/iu.test(key) && !['model', 'tools'].includes(key) && !['', null].includes(value as any));
  if (twin) return `the key ${twin[0]}`;
  const { tools, messages, input, system } = Object(strict(body));
  const lists = [tools, [messages, system].filter(Array.isArray).map(toolsWithin), toolsOfMembers(input), where.endsWith('/chat/completions') && toolsOfMembers(messages)];
  if (/"type":"\s*(web_search|code_|mcp)/.test(JSON.stringify(lists))) return 'a tool of the provider';
  const [header, key] = KEYS[where] ?? ['x-goog-api-key', 'key-of-google'];
  const signed = key === 'Bearer key-of-bedrock' && signerOf(arrival, AWS_SECRETS) === 'AKIAEXAMPLE000000009 eu-central-1 bedrock';
  for (const name of signed ? KEY_HEADERS.filter(each => each !== header) : KEY_HEADERS) {
    const expected = name === header ? key : undefined;
    if (headers[name] !== expected) return `header ${name} is ${headers[name]}`;
  }
  const own = Object.keys(headers).find(name => STAYING.test(name) && !(signed && SIGNED_HEADERS.includes(name)));
  return own && `header ${own} leaves the guard`;
}
