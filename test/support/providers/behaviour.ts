import { Call } from './call';
import { ToolUse } from './wire-format';

export interface Answering {
  /** @default - `answer of <model>` */
  readonly text?: string;
  /** Parts that the text is streamed in; a shorter text is filled up with dots. @default 1 */
  readonly chunks?: number;
  /** Between two chunks. */
  readonly chunkDelayMs?: number;
  /** A stream keeps its last chunk back until this is settled, and shows signs of life meanwhile. */
  readonly until?: Promise<unknown>;
  /** How long nothing but signs of thinking comes before the text. */
  readonly thinkingMs?: number;
  /** `keep-alive`: pings or comments; `deltas`: streamed thoughts; `nothing`: an open stream. @default keep-alive */
  readonly thinking?: 'keep-alive' | 'deltas' | 'nothing';
  /** Called once per user text, when the caller offers tools at all; then the text follows. */
  readonly tool?: ToolUse;
}

export interface Refusing {
  readonly status: number;
  /** @default - the status as JSON, as providers write errors */
  readonly body?: string;
  /** @default application/json */
  readonly contentType?: string;
  readonly headers?: { readonly [name: string]: string };
}

export interface Breaking {
  /**
   * `reset`: a TCP reset once the request is read; `silent`: never answers; `cut`: ends the connection in the middle of the answer;
   * `stall`: stops there and keeps the connection.
   */
  readonly fault: 'reset' | 'silent' | 'cut' | 'stall';
  /** For `cut` and `stall`: how many chunks of the text come before. @default 1 */
  readonly afterChunks?: number;
}

/** What happens to a call, `delayMs` after it was read and as soon as `after` is settled. */
export type Behaviour = { readonly delayMs?: number; readonly after?: Promise<unknown> } & (Answering | Refusing | Breaking);

export interface Match {
  readonly host?: string;
  readonly model?: string;
  readonly key?: string;
  /** A part of the user's last text. */
  readonly text?: string;
  readonly path?: RegExp;
  /** How many calls the rule is for; calls of no known format count only when there is a `path`. @default - all */
  readonly times?: number;
}

interface Rule { readonly match: Match; readonly behaviour: Behaviour; left: number }

/** The newest rule that matches decides. */
export class Rules {
  private readonly rules: Rule[] = [];

  public add(match: Match, behaviour: Behaviour): void {
    this.rules.unshift({ match, behaviour, left: match.times ?? Infinity });
  }

  public take(call: Call): Behaviour {
    const rule = this.rules.find(({ match, left }) => left > 0 && matches(match, call));
    if (!rule) return {};
    rule.left -= 1;
    return rule.behaviour;
  }

  public clear(): void {
    this.rules.length = 0;
  }
}

function matches({ host, model, key, text, path, times }: Match, call: Call): boolean {
  if (call.api === 'unknown' && times !== undefined && !path) return false;
  return [[host, call.host], [model, call.model], [key, call.key]].every(([wanted, got]) => wanted === undefined || wanted === got)
    && (text === undefined || call.text.includes(text))
    && (!path || path.test(call.path));
}
