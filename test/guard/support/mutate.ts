import { RawRequest } from './raw-http';
import { bodyOf, OTHER, Target } from './targets';

/** Numbers that look random and are the same for the same seed (Park and Miller). */
export class Random {
  public constructor(private state: number) {}

  public next(): number {
    this.state = (this.state * 48271) % 2147483647;
    return this.state / 2147483647;
  }

  public below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  public of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }
}

/** JSON as a list of what is written, so that what no object can hold can be written too. */
type Node = { readonly members: [string, Node][] } | { readonly items: Node[] } | { readonly text: string };

const KEYS = ['model', 'Model', 'models', 'mod\\u0065l', ' model', 'model ', 'model\\u0000', 'modеl', 'messages', 'tools', 'input', 'stream', 'fallbacks', 'route',
  'prompt', 'metadata', '', '__proto__', 'contents', 'MODEL', 'model.', '"model"', 'tool\u017f', 'tool\\u017f', 'TOOLS', 'system', 'content', 'definition'];
const TEXTS = [`"${OTHER}"`, '"gpt-5.4"', '"claude-sonnet-5"', '"our-deployment"', '""', 'null', 'true', '1', '1e400', '-0', '123456789012345678901234567890', '"\\ud800"',
  '"\\u0000"', 'NaN', "'x'", 'undefined', '[]', '{}', '"web_search"', '[{"type":"web_search_20250305"}]', '[{"type":"mc\\u0070"}]', '[{"tools":[{"type":"web_search"}]}]', '{"role":"system","tools":[{"type":"mcp"}]}',
  '[{"content":[{"type":"tool_addition","tool":{"type":"tool_definition","definition":{"type":"web_search_20260318"}}}]}]', '{"type":"tool_definition","definition":{"name":"f"}}', `["${OTHER}"]`, `{"model":"${OTHER}"}`, '/**/1', '"a\tb"', '0x10', '.5', '01', '"\\x41"'];
const GLUE = ['', '', '', '', ' ', '\n', '\t', '\r\n', '/**/', '//x\n', '\ufeff', '\u00a0', '\0', ',', ';', '\u2028'];

/** A request made of the allowed one by rules of the grammars of JSON and HTTP. */
export function mutated(random: Random, target: Target, caller: [string, string][]): RawRequest {
  const tree = treeOf(bodyOf(target, random.below(3) === 0 ? { tools: [{ type: 'function', name: 'read' }] } : {}));
  for (let i = random.below(4); i > 0; i--) mutateTree(random, tree);
  let body: Buffer = Buffer.from(write(random, tree, random.below(3) === 0));
  for (let i = random.below(8) === 0 ? 1 + random.below(3) : 0; i > 0; i--) body = mutateBytes(random, body);
  const request = { path: target.path, headers: caller, body };
  return random.below(3) === 0 ? mutateHttp(random, target, request) : request;
}

function treeOf(value: unknown): Node {
  if (Array.isArray(value)) return { items: value.map(treeOf) };
  if (typeof value === 'object' && value !== null) return { members: Object.entries(value).map(([key, each]) => [key, treeOf(each)]) };
  return { text: JSON.stringify(value) };
}

function mutateTree(random: Random, root: Node): void {
  const nodes = [root, root, root, ...below(root)].filter(node => !('text' in node));
  const node = random.of(nodes);
  const leaf: Node = { text: random.of(TEXTS) };
  if ('items' in node) {
    node.items.splice(random.below(node.items.length + 1), random.below(2), leaf);
  } else if ('members' in node) {
    const at = random.below(node.members.length + 1);
    switch (random.below(5)) {
      case 0: node.members.splice(at, 0, [random.of(KEYS), leaf]); break;
      case 1: node.members.splice(at, 0, ['model', { text: `"${OTHER}"` }]); break;
      case 2: node.members.splice(at, 1); break;
      case 3: if (node.members[at]) node.members[at] = [random.of(KEYS), node.members[at][1]]; break;
      default: if (node.members[at]) node.members[at] = [node.members[at][0], random.below(2) ? leaf : { members: [[random.of(KEYS), leaf]] }];
    }
  }
}

function below(node: Node): Node[] {
  const children = 'items' in node ? node.items : 'members' in node ? node.members.map(([, child]) => child) : [];
  return children.flatMap(child => [child, ...below(child)]);
}

function write(random: Random, node: Node, odd: boolean): string {
  const glue = () => odd && random.below(12) === 0 ? random.of(GLUE) : '';
  if ('text' in node) return glue() + node.text;
  const [open, close, parts] = 'items' in node
    ? ['[', ']', node.items.map(item => write(random, item, odd))]
    : ['{', '}', node.members.map(([key, value]) => `${glue()}"${odd && random.below(6) === 0 ? escaped(random, key) : key}"${glue()}:${glue()}${write(random, value, odd)}`)];
  return `${glue()}${open}${parts.join(`${glue()},`)}${odd && random.below(10) === 0 ? ',' : ''}${glue()}${close}${glue()}`;
}

function escaped(random: Random, key: string): string {
  return key.replace(/[a-z]/g, letter => random.below(3) === 0 ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter);
}

function mutateBytes(random: Random, body: Buffer): Buffer {
  const at = random.below(body.length + 1);
  const bytes = Buffer.from([random.of([0, 0x22, 0x5c, 0x7b, 0x7d, 0x2c, 0x3a, 0xc0, 0xff, 0xed, random.below(256)])]);
  switch (random.below(4)) {
    case 0: return Buffer.concat([body.subarray(0, at), bytes, body.subarray(at)]);
    case 1: return Buffer.concat([body.subarray(0, at), body.subarray(at + 1)]);
    case 2: return Buffer.concat([body.subarray(0, at), body.subarray(0, at), body.subarray(at)]);
    default: return Buffer.concat([body, Buffer.from(`{"model":"${OTHER}"}`)]);
  }
}

const METHODS = ['GET', 'PUT', 'post', 'POST ', 'OPTIONS', 'PATCH', 'POS\tT'];
const ENDS = ['?', '?a=b', `?model=${OTHER}`, '?beta=true', '?alt=sse', '?api-version=preview', '?alt=sse&key=x', '#', '/', '%00', '%2e', ';', '//', '/../models', '\\', '%', '.'];
const HEADERS: [string, string][] = [
  ['Content-Type', 'text/plain'], ['Content-Type', 'application/json; charset=utf-7'], ['content-type', 'application/json, text/plain'], ['Content-Type', 'APPLICATION/JSON'],
  ['Content-Encoding', 'gzip'], ['Transfer-Encoding', 'chunked'], ['Transfer-Encoding', 'chunked, identity'], ['Transfer-Encoding', ' chunked'], ['Content-Length', '1'],
  ['Content-Length', '+5'], ['Connection', 'close'], ['Expect', '100-continue'], ['x-guard-model', 'x'], ['x-envoy-original-path', '/x'], ['authorization', 'Bearer mine'],
  ['cookie', 'a=b'], ['x-goog-api-key', 'mine'], ['Host', ''], ['Upgrade', 'websocket'], ['X-A\t', 'b'], ['x b', 'c'], ['x-api-key', 'mine'], ['api-key', 'mine'], ['TE', 'trailers'],
];

function mutateHttp(random: Random, target: Target, request: RawRequest): RawRequest {
  const headers = [...request.headers ?? []];
  for (let i = random.below(3); i > 0; i--) headers.push(random.of(HEADERS));
  const paths = [target.path, target.path + random.of(ENDS), target.path.replace('/', '//'), target.path.toUpperCase(), `/x/..${target.path}`, target.path.replace(/[a-z]/, letter =>
    `%${letter.charCodeAt(0).toString(16)}`), `http://h${target.path}`, target.path.slice(0, -1)];
  return {
    ...request,
    headers,
    path: random.below(2) ? random.of(paths) : request.path,
    method: random.below(8) === 0 ? random.of(METHODS) : undefined,
    version: random.below(20) === 0 ? random.of(['HTTP/1.0', 'HTTP/2.0', 'HTTP/1.1 ', 'http/1.1']) : undefined,
  };
}
