import { randomUUID } from 'crypto';
import { EventEmitter } from 'events';
import { WebSocket } from 'ws';

const ANSWER_WITHIN_MS = 30_000;
const TURN_WITHIN_MS = 120_000;
const FALLBACK_NOTICE = '↪️ Model Fallback:';

export type Credential = { readonly token: string } | { readonly password: string };

export interface Attachment {
  readonly mimeType: string;
  readonly fileName: string;
  readonly content: Buffer;
}

export interface TurnOptions {
  /** The session's key, `agent:<agent>:<name>`. @default - the one that the dashboard opens, `agent:main:main` */
  readonly session?: string;
  readonly attachments?: Attachment[];
  /** @default 120000 */
  readonly timeoutMs?: number;
  /** What makes two sends one turn. @default - a new one */
  readonly idempotencyKey?: string;
}

export interface Turn {
  /** What the chat shows; beside an `error`, what it showed until then. */
  readonly text: string;
  /** Why there is no answer, in the gateway's words where it said something. */
  readonly error?: string;
  readonly ms: number;
}

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** A request that the gateway refused, in its words. */
export class GatewayError extends Error {
  constructor(message: string, readonly code: string, readonly details?: any) {
    super(message);
  }
}

const shownText = (message: any): string =>
  typeof message?.content === 'string' ? message.content : (message?.content ?? []).map(({ text }: any) => text ?? '').join('');

const encode = ({ mimeType, fileName, content }: Attachment) =>
  ({ type: mimeType.startsWith('image/') ? 'image' : 'file', mimeType, fileName, content: content.toString('base64') });

async function within<T>(ms: number, what: string, task: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${ms / 1000} s`)), ms);
  });
  return Promise.race([task, late]).finally(() => clearTimeout(timer));
}

/** A client of a running gateway, with full rights, that chats as the dashboard does. */
export class OpenClawClient {
  /**
   * Signs in.
   * @throws GatewayError when the gateway refuses the credential, its `details.code` says why
   */
  public static async connect(url: string, credential: Credential, headers: { [name: string]: string } = {}): Promise<OpenClawClient> {
    const client = new OpenClawClient(new WebSocket(url, { headers }));
    try {
      await client.waitForEvent('connect.challenge');
      await client.request('connect', {
        minProtocol: 3,
        maxProtocol: 99,
        role: 'operator',
        scopes: ['operator.admin'],
        client: { id: 'gateway-client', version: '1.0.0', platform: 'linux', mode: 'backend' },
        auth: credential,
      });
      return client;
    } catch (error) {
      client.socket.terminate();
      throw error;
    }
  }

  /** How the connection ended, whoever ended it. */
  public readonly closed: Promise<Closing>;
  private readonly answers = new EventEmitter().setMaxListeners(0);
  private readonly events = new EventEmitter().setMaxListeners(0);
  private readonly lost: Promise<never>;

  private constructor(private readonly socket: WebSocket) {
    this.closed = new Promise(resolve => socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })));
    this.lost = new Promise((_, reject) => {
      socket.on('error', reject);
      void this.closed.then(({ code, reason }) => reject(new Error(`the connection closed: ${code} ${reason}`.trim())));
    });
    this.lost.catch(() => undefined); // only those who wait for something are told
    socket.on('message', data => {
      const frame = JSON.parse(data.toString());
      if (frame.type === 'res') this.answers.emit(frame.id, frame);
      else this.events.emit(frame.event, frame.payload);
    });
  }

  /**
   * Calls a method of the gateway.
   * @throws GatewayError when it refuses
   */
  public async request(method: string, params: object = {}, timeoutMs = ANSWER_WITHIN_MS): Promise<any> {
    const id = randomUUID();
    const { promise, stop } = this.next(this.answers, id);
    this.socket.send(JSON.stringify({ type: 'req', id, method, params }));
    const { ok, payload, error } = await within(timeoutMs, `no answer to ${method}`, promise).finally(stop);
    if (!ok) throw new GatewayError(error.message, error.code, error.details);
    return payload;
  }

  /** The payload of the next event of a name that passes the test; one that came before the call does not count. */
  public async waitForEvent(name: string, test: (payload: any) => boolean = () => true, timeoutMs = ANSWER_WITHIN_MS): Promise<any> {
    const { promise, stop } = this.next(this.events, name, test);
    return within(timeoutMs, `no such event ${name}`, promise).finally(stop);
  }

  /**
   * Sends a message to the chat and waits for what ends the turn; a failed turn resolves too, with its `error`.
   * One at a time in a session.
   */
  public async turn(text: string, options: TurnOptions = {}): Promise<Turn> {
    const start = performance.now();
    const runId = options.idempotencyKey ?? randomUUID();
    const sessionKey = options.session ?? 'agent:main:main';
    let shown = '';
    let postponed = false;
    const endsTurn = (event: any) => {
      if (event.runId !== runId && !(postponed && event.sessionKey === sessionKey)) return false;
      if (event.message && event.state !== 'error') {
        const now = shownText(event.message);
        // 2026.8 may end with the notice alone, when it has shown the answer before
        shown = now.startsWith(FALLBACK_NOTICE) && !now.includes(shown) ? `${now}\n${shown}` : now;
      }
      // put behind a turn that is still being put away: it is answered under another run id
      if (event.state === 'final' && !event.message) postponed = true;
      return ['error', 'aborted'].includes(event.state) || (event.state === 'final' && event.message !== undefined);
    };
    const { promise, stop } = this.next(this.events, 'chat', endsTurn);
    promise.catch(() => undefined); // when the request is what fails
    const ended = (error?: string): Turn => ({ text: shown, ...error === undefined ? {} : { error }, ms: Math.round(performance.now() - start) });
    try {
      const attachments = options.attachments?.map(encode);
      const accepted = await this.request('chat.send', { sessionKey, message: text, idempotencyKey: runId, attachments });
      // 2026.6 takes a repeated text for the same message while it puts the turn before away
      if (accepted.runId !== runId) return ended(`the gateway takes the message for that of turn ${accepted.runId}`);
      const { state, errorMessage, stopReason } = await within(options.timeoutMs ?? TURN_WITHIN_MS, 'the turn did not end', promise);
      return ended(state === 'final' ? undefined : errorMessage ?? `${state} (${stopReason})`);
    } catch (error) {
      return ended((error as Error).message);
    } finally {
      stop();
    }
  }

  public async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  private next(emitter: EventEmitter, name: string, test: (value: any) => boolean = () => true): { promise: Promise<any>; stop: () => void } {
    let stop = () => {};
    const found = new Promise(resolve => {
      const listener = (value: any) => test(value) && resolve(value);
      emitter.on(name, listener);
      stop = () => emitter.off(name, listener);
    });
    return { promise: Promise.race([found, this.lost]), stop };
  }
}

export interface HttpAnswer {
  readonly status: number;
  /** The model's words, or the gateway's about an error; the whole body where there are none. */
  readonly text: string;
  readonly body: any;
}

/** Posts JSON to the gateway's HTTP API, for example to `/v1/embeddings`. */
export async function httpPost(
  url: string, token: string, path: string, body: object, headers: { [name: string]: string } = {},
): Promise<{ status: number; body: any }> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
}

/** A turn over the OpenAI-compatible endpoint, in a session of its own. */
export async function httpTurn(url: string, token: string, text: string, headers?: { [name: string]: string }): Promise<HttpAnswer> {
  const { status, body } = await httpPost(url, token, '/v1/chat/completions', { model: 'openclaw', messages: [{ role: 'user', content: text }] }, headers);
  return { status, body, text: body.choices?.[0]?.message?.content ?? body.error?.message ?? JSON.stringify(body) };
}
