import * as zlib from 'zlib';
import { PackedSchema, SUBSCHEMA_KEYWORDS } from '../src/extra-config/schema';

type Node = Record<string, unknown>;

/** Keywords that say nothing about which values are valid. */
const ANNOTATIONS = new Set(['$schema', '$defs', 'title', 'description', 'default', 'examples']);

/**
 * Brings a schema as OpenClaw prints it into the stored form: no annotations, `$ref` resolved, only the format `uri`
 * (the others stand beside a pattern), no key required that has a default, alternatives of constants as one enum,
 * sorted keys, equal subschemas once.
 */
export function packSchema(schema: Node): PackedSchema {
  const nodes: Node[] = [];
  const indices = new Map<string, number>();

  const packAny = (value: unknown, defs: Node): unknown => (value !== null && typeof value === 'object' ? pack(value as Node, defs) : value);

  const pack = (source: Node, outerDefs: Node): number => {
    // a plugin's own schema is embedded with its $defs, to which its $refs are relative
    const defs = (source.$defs as Node) ?? outerDefs;
    if (typeof source.$ref === 'string') return pack(resolve(source.$ref, defs), defs);
    const node: Node = {};
    for (const keyword of Object.keys(source).sort()) {
      if (!ANNOTATIONS.has(keyword)) node[keyword] = packKeyword(keyword, source[keyword], defs);
    }
    if (node.format !== 'uri') delete node.format;
    withoutDefaulted(node, source);
    return intern(constantsAsEnum(node, source));
  };

  const packKeyword = (keyword: string, value: unknown, defs: Node): unknown => {
    if (SUBSCHEMA_KEYWORDS.map.includes(keyword)) {
      return Object.fromEntries(Object.keys(value as Node).sort().map(name => [name, packAny((value as Node)[name], defs)]));
    }
    if (SUBSCHEMA_KEYWORDS.list.includes(keyword) && Array.isArray(value)) return value.map(entry => packAny(entry, defs));
    return SUBSCHEMA_KEYWORDS.single.includes(keyword) ? packAny(value, defs) : value;
  };

  const intern = (node: Node): number => {
    const text = JSON.stringify(node);
    const known = indices.get(text);
    if (known !== undefined) return known;
    indices.set(text, nodes.length);
    return nodes.push(node) - 1;
  };

  pack(schema, {});
  return nodes;
}

/** gzip without a time, so that equal schemas give equal bytes. */
export function compressSchema(packed: PackedSchema): Buffer {
  return zlib.gzipSync(JSON.stringify(packed), { level: 9, memLevel: 9 });
}

function resolve(ref: string, defs: Node): Node {
  const name = /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1];
  const target = name === undefined ? undefined : defs[name];
  if (!target) throw new Error(`cannot resolve $ref '${ref}'`);
  return target as Node;
}

/** OpenClaw prints what it works with after filling in defaults: a key with a default is listed as required, but may be left out. */
function withoutDefaulted(node: Node, source: Node): void {
  if (!Array.isArray(source.required)) return;
  const properties = (source.properties ?? {}) as Record<string, Node>;
  const required = source.required.filter(key => properties[key]?.default === undefined);
  if (required.length > 0) node.required = required;
  else delete node.required;
}

function constantsAsEnum(node: Node, source: Node): Node {
  const branches = source.anyOf as Node[] | undefined;
  const constant = (branch: Node) => typeof branch.const === 'string' && branch.type === 'string';
  if (!branches?.every(constant) || Object.keys(node).length > 1) return node;
  return { enum: branches.map(branch => branch.const), type: 'string' };
}
