import { Yaml } from 'cdk8s';

type Scalar = string | number | boolean | null;

/** Names of objects and paths in a vault, which differ from tenant to tenant. Words with dashes or slashes between are always text in YAML. */
const PLAIN = /^(?!e-\d+$)[a-z][a-z0-9]*([-/][a-z0-9]+){1,60}$/i; // e-1 is a number in YAML 1.1

/** A cache of more entries than these is emptied. */
const LIMIT = 20_000;

/**
 * Prints objects as `Yaml.stringify()` does, with much of the work done once: how a text or number is written is asked of cdk8s when it is
 * seen for the first time, and remembered. Most of a fleet's manifests is the same from tenant to tenant.
 */
export class YamlPrinter {
  private readonly keys = new Map<string, string>();
  private readonly scalars = new Map<Scalar, string>();
  /** Texts of several lines, by the depth that they are indented to. */
  private readonly blocks = new Map<string, Map<string, string>>();
  private seen = new Set<object>();

  /** The text of a file with these objects. */
  public print(objects: readonly unknown[]): string {
    return objects.map(object => this.document(object) ?? Yaml.stringify(object)).join('---\n');
  }

  /** Undefined for what is left to cdk8s. */
  private document(value: unknown): string | undefined {
    this.seen = new Set();
    const lines = isCollection(value) && !isEmpty(value) ? this.collection(value, 0) : undefined;
    return lines && `${lines}\n`;
  }

  private collection(value: object, depth: number): string | undefined {
    if (this.seen.has(value)) return undefined; // YAML would have an alias there
    this.seen.add(value);
    const indent = `\n${'  '.repeat(depth)}`;
    const isList = Array.isArray(value);
    let text = '';
    for (const key of isList ? value.keys() : Object.keys(value)) {
      const each = (value as { [key: string | number]: unknown })[key];
      const line = isList ? this.item(each, depth) : this.pair(key as string, each, depth);
      if (line === undefined) return undefined;
      text += text === '' ? line : indent + line; // V8 joins the parts once, when the file is written
    }
    return text;
  }

  private item(value: unknown, depth: number): string | undefined {
    const text = isCollection(value) && !isEmpty(value) ? this.collection(value, depth + 1) : this.leaf(value, depth, 'item');
    return text && `- ${text}`;
  }

  private pair(name: string, value: unknown, depth: number): string | undefined {
    const key = remembered(this.keys, name, () => /^  (.+): 0\n$/.exec(Yaml.stringify({ k: { [name]: 0 } }).slice('k:\n'.length))?.[1] ?? '');
    if (key === '' || /^(---|\.\.\.)/.test(name)) return undefined; // what marks documents is quoted at the left margin only
    if (!isCollection(value) || isEmpty(value)) {
      const leaf = this.leaf(value, depth, 'value');
      return leaf && `${key}: ${leaf}`;
    }
    const text = this.collection(value, depth + 1);
    return text && `${key}:\n${'  '.repeat(depth + 1)}${text}`;
  }

  /** What stands after a dash or a key; undefined for what is no JSON. */
  private leaf(value: unknown, depth: number, kind: 'item' | 'value'): string | undefined {
    if (isCollection(value)) return this.empty(value);
    if (typeof value === 'string' && value.includes('\n')) return this.block(value, depth, kind);
    const isScalar = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0))
      || typeof value === 'boolean' || value === null;
    if (typeof value === 'string' && PLAIN.test(value)) return value;
    return isScalar ? remembered(this.scalars, value as Scalar, () => Yaml.stringify({ k: value }).slice('k: '.length, -1)) : undefined;
  }

  private empty(value: object): string | undefined {
    if (this.seen.has(value) || (Array.isArray(value) && value.length > 0)) return undefined; // an alias, an array of gaps
    this.seen.add(value);
    return Array.isArray(value) ? '[]' : '{}';
  }

  private block(value: string, depth: number, kind: 'item' | 'value'): string {
    const id = `${kind} ${depth}`;
    const blocks = this.blocks.get(id) ?? new Map<string, string>();
    this.blocks.set(id, blocks);
    return remembered(blocks, value, () => {
      const innermost: unknown = kind === 'item' ? [value] : { k: value };
      const nested = Array.from({ length: depth }).reduce(inner => ({ k: inner }), innermost);
      const above = Array.from({ length: depth }, (_, level) => `${'  '.repeat(level)}k:\n`).join('').length;
      return Yaml.stringify(nested).slice(above + 2 * depth + (kind === 'item' ? '- ' : 'k: ').length, -1);
    });
  }
}

function isCollection(value: unknown): value is object {
  const prototype = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) as unknown : undefined;
  return prototype !== undefined && (Array.isArray(value) || prototype === Object.prototype);
}

function isEmpty(value: object): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

function remembered<K>(cache: Map<K, string>, key: K, make: () => string): string {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= LIMIT) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}
