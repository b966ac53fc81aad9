import { ServerResponse } from 'http';
import { setTimeout as sleep } from 'timers/promises';
import { Answering, Behaviour, Breaking, Refusing } from './behaviour';
import { Call, ReadCall } from './call';
import { Answer, WireFormat } from './wire-format';

const SIGN_OF_LIFE_MS = 500;

export interface Exchange extends ReadCall {
  readonly response: ServerResponse;
  /** Aborted when the connection is gone. */
  readonly gone: AbortSignal;
  reset(): void;
}

/** Rejects with an AbortError when the connection goes away. */
export async function respond(exchange: Exchange, behaviour: Behaviour): Promise<void> {
  const { call, format } = exchange;
  await pause(exchange, behaviour.delayMs);
  await behaviour.after;
  if ('status' in behaviour) return refuse(exchange, behaviour);
  if ('fault' in behaviour && (behaviour.fault === 'reset' || behaviour.fault === 'silent')) return breakOff(exchange, behaviour);
  if (!format) return refuse(exchange, { status: 404 });
  const answer = answerOf(exchange, behaviour);
  return call.stream && format.frames
    ? stream(exchange, format.frames(answer), behaviour)
    : whole(exchange, format, answer, behaviour);
}

function answerOf({ call, called }: Exchange, behaviour: Answering | Breaking): Answer {
  const model = call.model ?? '';
  const { text = `answer of ${model}`, chunks = 1, thinking, thinkingMs, tool } = 'fault' in behaviour
    ? { chunks: (behaviour.afterChunks ?? 1) + 1 } as Answering
    : behaviour;
  const wantsTool = tool && call.tools.length > 0 && !called.includes(tool.name);
  return { id: call.id, model, pieces: split(text, chunks), tool: wantsTool ? tool : undefined, thinks: !!thinkingMs && thinking === 'deltas' };
}

async function stream(exchange: Exchange, frames: ReturnType<NonNullable<WireFormat['frames']>>, behaviour: Answering | Breaking): Promise<void> {
  const { call, response } = exchange;
  call.status = 200;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }).flushHeaders();
  await send(exchange, frames.opening);
  if ('fault' in behaviour) {
    await send(exchange, [frames.begin, ...frames.deltas.slice(0, behaviour.afterChunks ?? 1)].join(''));
    return breakOff(exchange, behaviour);
  }
  await think(exchange, frames.thinking, behaviour);
  await send(exchange, frames.begin);
  for (const [index, delta] of frames.deltas.entries()) {
    if (index > 0) await pause(exchange, behaviour.chunkDelayMs);
    if (index === frames.deltas.length - 1) await live(exchange, frames.thinking, behaviour.until);
    await send(exchange, delta);
  }
  response.end(frames.closing);
}

async function think(exchange: Exchange, sign: string, { thinkingMs = 0, thinking = 'keep-alive' }: Answering): Promise<void> {
  for (let left = thinkingMs; left > 0; left -= SIGN_OF_LIFE_MS) {
    if (thinking !== 'nothing') await send(exchange, sign);
    await pause(exchange, Math.min(left, SIGN_OF_LIFE_MS));
  }
}

async function live(exchange: Exchange, sign: string, until?: Promise<unknown>): Promise<void> {
  if (!until) return;
  let isSettled = false;
  const settled = until.finally(() => { isSettled = true; });
  while (!isSettled) {
    await Promise.race([settled, pause(exchange, SIGN_OF_LIFE_MS)]);
    if (!isSettled) await send(exchange, sign);
  }
}

async function whole(exchange: Exchange, format: WireFormat, answer: Answer, behaviour: Answering | Breaking): Promise<void> {
  const { call, response } = exchange;
  if (!('fault' in behaviour)) await pause(exchange, behaviour.thinkingMs);
  const { contentType = 'application/json', body } = format.whole(answer, call.body, call.path);
  call.status = 200;
  response.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  if (!('fault' in behaviour)) return void response.end(body);
  await send(exchange, body.slice(0, body.length / 2));
  return breakOff(exchange, behaviour);
}

function refuse({ call, response }: Exchange, { status, body, contentType = 'application/json', headers }: Refusing): void {
  call.status = status;
  response.writeHead(status, { 'content-type': contentType, ...headers });
  response.end(body ?? JSON.stringify({ type: 'error', error: { type: errorType(status), code: status, message: `mock ${status}` } }));
}

async function breakOff(exchange: Exchange, { fault }: Breaking): Promise<void> {
  const { call, response } = exchange;
  if (fault === 'stall' || fault === 'silent') return untilGone(exchange);
  call.outcome = 'failed';
  if (fault === 'reset') exchange.reset();
  else response.destroy();
}

function errorType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 404) return 'not_found_error';
  if (status === 429) return 'rate_limit_error';
  if (status === 529) return 'overloaded_error';
  return status < 500 ? 'invalid_request_error' : 'api_error';
}

function split(text: string, chunks: number): string[] {
  const filled = text.padEnd(chunks, '.');
  const at = (index: number) => Math.floor(index * filled.length / chunks);
  return Array.from({ length: chunks }, (_, index) => filled.slice(at(index), at(index + 1)));
}

/** Resolves when the socket has taken the text, so that a cut right after it does not swallow it. */
async function send({ response, gone }: Exchange, text: string | Buffer): Promise<void> {
  gone.throwIfAborted();
  if (text.length > 0) await new Promise(resolve => response.write(text, resolve));
  gone.throwIfAborted();
}

async function pause({ gone }: Exchange, ms = 0): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal: gone });
}

async function untilGone({ gone }: Exchange): Promise<void> {
  if (!gone.aborted) await new Promise(resolve => gone.addEventListener('abort', resolve, { once: true }));
}

export function settle(call: Call, outcome: Call['outcome']): void {
  if (call.outcome === 'pending') call.outcome = outcome;
}
