import { httpTurn, OpenClawClient, Turn } from './openclaw-client';

/** A turn of a load. */
export interface LoadTurn extends Turn {
  /** What was said, in no other turn; the text of its calls to providers ends with it. */
  readonly prompt: string;
  /** When it was said, as performance.now() tells it. */
  readonly at: number;
}

export interface LoadOptions {
  /** Host and port. */
  readonly gateway: string;
  readonly token: string;
  /**
   * `chat`: over a connection and in a session for each client, as the dashboard does;
   * `http`: over `/v1/chat/completions`, each turn in a session of its own.
   */
  readonly over: 'chat' | 'http';
  /** How many chat at the same time. @default 3 */
  readonly clients?: number;
}

/** Says something and waits for the answer. */
type Say = (prompt: string) => Promise<Turn>;

/** Clients that chat without a pause, until they are stopped or cut off. */
export class Load {
  public static async start({ gateway, token, over, clients: count = 3 }: LoadOptions): Promise<Load> {
    const names = Array.from({ length: count }, (_, index) => `${over}-${index + 1}`);
    if (over === 'http') return new Load(new Map(names.map(name => [name, prompt => overHttp(gateway, token, prompt)])), []);
    const clients = await Promise.all(names.map(() => OpenClawClient.connect(`ws://${gateway}`, { token })));
    return new Load(new Map(names.map((name, index) => [name, prompt => clients[index].turn(prompt, { session: `agent:main:${name}` })])), clients);
  }

  /** Those that have ended, in that order. */
  public readonly turns: LoadTurn[] = [];
  private readonly chats: Promise<unknown>;
  private readonly waiting = new Set<() => void>();
  private stopping = false;

  private constructor(says: Map<string, Say>, private readonly clients: OpenClawClient[]) {
    this.chats = Promise.all([...says].map(([name, say]) => this.chat(name, say)));
    for (const client of clients) void client.closed.then(() => { this.stopping = true; });
  }

  /** Those that ended without an answer. */
  public get lost(): LoadTurn[] {
    return this.turns.filter(({ text, error }) => error !== undefined || text === '');
  }

  /** Of these calls to providers, those of turns that began after a moment: what was under way before it does not count. */
  public begunAfter<Called extends { readonly text: string }>(moment: number, calls: Called[]): Called[] {
    const begun = this.turns.filter(({ at }) => at > moment);
    return calls.filter(({ text }) => begun.some(({ prompt }) => text.endsWith(prompt)));
  }

  /** Waits until so many more turns have ended, or the load is cut off. */
  public async more(turns: number): Promise<void> {
    const wanted = this.turns.length + turns;
    const enough = new Promise<void>(resolve => {
      const look = () => {
        if (this.turns.length < wanted) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
    await Promise.race([enough, this.chats]);
  }

  /** Lets the running turns end. */
  public async stop(): Promise<void> {
    this.stopping = true;
    await this.chats;
    await Promise.all(this.clients.map(client => client.close()));
  }

  private async chat(name: string, say: Say): Promise<void> {
    for (let number = 1; !this.stopping; number++) {
      const prompt = `turn ${number} of ${name}`;
      const at = performance.now();
      const turn = await say(prompt);
      this.turns.push({ prompt, at, ...turn });
      this.waiting.forEach(look => look());
    }
  }
}

async function overHttp(gateway: string, token: string, prompt: string): Promise<Turn> {
  const start = performance.now();
  const ended = (turn: Omit<Turn, 'ms'>): Turn => ({ ...turn, ms: Math.round(performance.now() - start) });
  try {
    const { status, text } = await httpTurn(`http://${gateway}`, token, prompt);
    return ended(status === 200 ? { text } : { text: '', error: `${status} ${text}` });
  } catch (error) {
    return ended({ text: '', error: (error as Error).message });
  }
}
