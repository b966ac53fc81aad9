/** The wire formats by OpenClaw's names for them; `unknown` is all that is none. */
export type Api =
  | 'anthropic-messages' | 'openai-responses' | 'azure-openai-responses' | 'openai-completions' | 'google-generative-ai'
  | 'openai-embeddings' | 'google-embeddings' | 'openai-media' | 'unknown';

export interface ToolUse { readonly name: string; readonly input: object }

/** A part of a conversation: the texts of one user message, or the name of a tool that the model called. */
export type Part = { readonly user: string } | { readonly called: string };

export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly pieces: string[];
  readonly tool?: ToolUse;
  /** Whether the thoughts before the text are streamed. */
  readonly thinks: boolean;
}

/** A streamed answer, in the order in which it is sent. */
export interface Frames {
  readonly opening: string;
  /** Sent again and again while the model thinks. */
  readonly thinking: string;
  readonly begin: string;
  readonly deltas: string[];
  readonly closing: string;
}

export interface Whole { readonly contentType?: string; readonly body: string | Buffer }

export interface WireFormat {
  readonly api: Api;
  readonly path: RegExp;
  /** A header without which a request is of another format. */
  readonly header?: string;
  parts(body: any): Part[];
  whole(answer: Answer, body: any, path: string): Whole;
  frames?(answer: Answer): Frames;
}

export const TOKENS = { input: 11, output: 7 };
export const THOUGHT = 'thinking ';

export const keepAlive = ': keep-alive\n\n';

export function data(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export function event(type: string, value: object): string {
  return `event: ${type}\n${data({ type, ...value })}`;
}

export function json(value: object): Whole {
  return { body: JSON.stringify(value) };
}

export function list(value: any): any[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a message, which is one text or a list of parts. */
export function textOf(content: any): string {
  return typeof content === 'string' ? content : list(content).map(part => part?.text).filter(text => typeof text === 'string').join('\n');
}
