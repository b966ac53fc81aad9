import { IncomingHttpHeaders, IncomingMessage } from 'http';
import { performance } from 'perf_hooks';
import { text } from 'stream/consumers';
import { anthropicMessages } from './anthropic-messages';
import { azureOpenaiResponses } from './azure-openai-responses';
import { googleEmbedContent, googleGenerateContent } from './google-generate-content';
import { openaiCompletions, openaiEmbeddings } from './openai-completions';
import { openaiMedia } from './openai-media';
import { openaiResponses } from './openai-responses';
import { Api, list, WireFormat } from './wire-format';

const FORMATS: WireFormat[] = [
  anthropicMessages, azureOpenaiResponses, openaiResponses, openaiCompletions, openaiEmbeddings,
  googleGenerateContent, googleEmbedContent, openaiMedia,
];

/** What OpenClaw adds to a conversation in the user's name. */
const INTERNAL_CONTEXT = /<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>[^]*?<<<END_OPENCLAW_INTERNAL_CONTEXT>>>/g;

export interface Call {
  /** What the answer is called; no other call's is. */
  readonly id: string;
  /** When the head of the request was there, as performance.now() tells it. */
  readonly at: number;
  readonly method: string;
  /** The Host header, without the port. */
  readonly host: string;
  /** The port that took the call. */
  readonly port: number;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly api: Api;
  readonly model?: string;
  /** The bare key, without `Bearer`. */
  readonly key?: string;
  /** The user's last text. */
  readonly text: string;
  /** Images in the whole conversation. */
  readonly images: number;
  /** The names of the tools that the model may call. */
  readonly tools: string[];
  readonly stream: boolean;
  /** What was sent: parsed JSON, or the text that is none. */
  readonly body: any;
  /** `failed`: with an error status or a fault; `aborted`: the caller went away first. */
  outcome: 'pending' | 'answered' | 'failed' | 'aborted';
  status?: number;
}

export interface ReadCall {
  readonly call: Call;
  readonly format?: WireFormat;
  /** What was said since the user's last text. */
  readonly called: string[];
}

/** Rejects when the caller goes away in the middle of the request. */
export async function readCall(request: IncomingMessage, id: string): Promise<ReadCall> {
  const at = performance.now();
  const { method = '', url = '', headers } = request;
  const body = parse(await text(request));
  const { pathname: path, searchParams } = new URL(url, 'http://mock');
  const format = method === 'POST' ? FORMATS.find(one => one.path.test(path) && (!one.header || headers[one.header])) : undefined;
  const parts = format?.parts(body) ?? [];
  const texts = parts.map(part => 'user' in part ? part.user.replace(INTERNAL_CONTEXT, '').trim() : '');
  const lastText = texts.map(said => said !== '').lastIndexOf(true);
  const call: Call = {
    id,
    at,
    method,
    host: (headers.host ?? '').replace(/:\d+$/, ''),
    port: request.socket.localPort ?? 0,
    path: url,
    headers,
    api: format?.api ?? 'unknown',
    model: modelOf(body, path),
    key: keyOf(headers) ?? searchParams.get('key') ?? undefined,
    text: texts[lastText] ?? '',
    images: imagesIn(body.messages ?? body.input ?? body.contents),
    tools: list(body.tools).flatMap(toolNames),
    stream: body.stream === true || path.endsWith(':streamGenerateContent'),
    body,
    outcome: 'pending',
  };
  return { call, format, called: parts.slice(lastText + 1).flatMap(part => 'called' in part ? [part.called] : []) };
}

/** For messages: a line a call; equal ones that follow each other share a line. */
export function describeCalls(calls: Call[]): string[] {
  const runs: { readonly line: string; times: number }[] = [];
  for (const line of calls.map(describeCall)) {
    if (runs[runs.length - 1]?.line === line) runs[runs.length - 1].times += 1;
    else runs.push({ line, times: 1 });
  }
  return runs.map(({ line, times }) => (times > 1 ? `${line} (${times} times)` : line));
}

/** One line for messages. */
export function describeCall({ method, host, path, api, model, key, text: said, status, outcome }: Call): string {
  return [method, `${host}${path}`, api, model ?? '-', key ?? '-', JSON.stringify(said.slice(0, 60)), status ?? '-', outcome].join(' ');
}

function parse(body: string): any {
  try {
    const value = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : body;
  } catch {
    return body;
  }
}

function modelOf(body: any, path: string): string | undefined {
  if (typeof body.model === 'string') return body.model;
  const field = typeof body === 'string' ? body.match(/name="model"\r\n\r\n([^\r]*)/) : null;
  return (field ?? path.match(/\/models\/([^/:]+)/))?.[1];
}

function keyOf(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['x-api-key'] || headers['x-goog-api-key'] || headers['api-key'] || headers.authorization?.replace(/^Bearer\s+/i, '');
  return typeof key === 'string' ? key : undefined;
}

function toolNames(tool: any): string[] {
  if (tool.functionDeclarations) return tool.functionDeclarations.map(({ name }: { name: string }) => name);
  return [tool.function?.name ?? tool.name ?? tool.type ?? Object.keys(tool).join()];
}

function imagesIn(value: any): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inline = value.inlineData ?? value.fileData;
  const isImage = ['image', 'input_image', 'image_url'].includes(value.type) || String(inline?.mimeType).startsWith('image/');
  return isImage ? 1 : Object.values(value).reduce((sum: number, part) => sum + imagesIn(part), 0);
}
