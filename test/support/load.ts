import { Credential, OpenClawClient, Turn } from './openclaw-client';

/** A turn of a load. */
export interface LoadTurn extends Turn {
  /** What was said, in no other turn; the call to the provider carries it. */
  readonly prompt: string;
  /** When it was said, as performance.now() tells it. */
  readonly at: number;
}

/** Clients that chat without a pause, each over a connection and in a session of its own, until they are stopped or cut off. */
export class Load {
  public static async start(url: string, credential: Credential, { clients = 3 } = {}): Promise<Load> {
    return new Load(await Promise.all(Array.from({ length: clients }, () => OpenClawClient.connect(url, credential))));
  }

  private static loads = 0;

  /** Those that have ended, in that order. */
  public readonly turns: LoadTurn[] = [];
  private readonly name = `load ${Load.loads += 1}`;
  private readonly chats: Promise<unknown>;
  private readonly waiting = new Set<() => void>();
  private stopping = false;

  private constructor(private readonly clients: OpenClawClient[]) {
    this.chats = Promise.all(clients.map((client, index) => this.chat(client, `agent:main:${this.name.replace(' ', '-')}-${index}`)));
  }

  /** Those that ended without an answer. */
  public get lost(): LoadTurn[] {
    return this.turns.filter(({ text, error }) => error !== undefined || text === '');
  }

  /** Waits until so many turns have ended, or every client is cut off. */
  public async ended(turns: number): Promise<void> {
    const enough = new Promise<void>(resolve => {
      const look = () => {
        if (this.turns.length < turns) return;
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

  private async chat(client: OpenClawClient, session: string): Promise<void> {
    let cutOff = false;
    void client.closed.then(() => { cutOff = true; });
    for (let number = 1; !this.stopping && !cutOff; number++) {
      const prompt = `turn ${number} of ${session}`;
      const at = performance.now();
      this.turns.push({ prompt, at, ...await client.turn(prompt, { session }) });
      for (const look of [...this.waiting]) look();
    }
  }
}
