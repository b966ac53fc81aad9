/** What a parser makes of a body. */
export interface Reading { readonly parser: string; readonly value: unknown }

/** What a strict parser and parsers that forgive much make of a body; one that makes nothing of it reads undefined. */
export function readings(body: Buffer): Reading[] {
  const text = body.toString('utf8');
  return [
    { parser: 'a strict parser', value: attempt(() => JSON.parse(text)) },
    { parser: 'a parser that takes the last of two keys', value: attempt(() => new Lenient(text, 'last').parse()) },
    { parser: 'a parser that takes the first of two keys', value: attempt(() => new Lenient(text, 'first').parse()) },
  ];
}

function attempt(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** Takes comments, single quotes, bare words, commas at the end, a byte order mark, and whatever follows the first value. */
class Lenient {
  private place = 0;

  public constructor(private readonly text: string, private readonly wins: 'first' | 'last') {}

  public parse(): unknown {
    this.skip();
    return this.value();
  }

  private skip(): void {
    this.take(/(?:[\s\uFEFF]|\/\/[^\n]*|\/\*[^]*?\*\/|#[^\n]*)*/y);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.place;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.place += match[0].length;
    return match[0];
  }

  private value(): unknown {
    if (this.take(/\{/y)) return this.object();
    if (this.take(/\[/y)) return this.array();
    const quoted = this.take(/"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y);
    if (quoted !== undefined) return unquote(quoted);
    const bare = this.take(/[^\s,:{}[\]"']+/y);
    if (bare === undefined) throw new Error(`nothing to read at ${this.place}`);
    return bare === 'null' ? null : attempt(() => JSON.parse(bare)) ?? bare;
  }

  private object(): object {
    const found = new Map<string, unknown>();
    for (;;) {
      this.skip();
      if (this.take(/\}/y) || this.place >= this.text.length) break;
      if (this.take(/,/y)) continue;
      const key = String(this.value());
      this.skip();
      this.take(/[:=]/y);
      this.skip();
      const value = this.value();
      if (this.wins === 'last' || !found.has(key)) found.set(key, value);
    }
    return Object.fromEntries(found);
  }

  private array(): unknown[] {
    const found: unknown[] = [];
    for (;;) {
      this.skip();
      if (this.take(/\]/y) || this.place >= this.text.length) return found;
      if (!this.take(/,/y)) found.push(this.value());
    }
  }
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, code, letter) => code ? String.fromCharCode(parseInt(code, 16)) : ESCAPES[letter] ?? letter);
}
