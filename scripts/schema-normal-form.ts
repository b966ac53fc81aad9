import { JsonSchema } from '../src/extra-config/schema';

type Node = Record<string, unknown>;

/** Keywords that say nothing about which values are valid. */
const ANNOTATIONS = new Set(['$schema', '$defs', 'title', 'description', 'default', 'examples']);

/** The keywords that hold subschemas, by the shape in which they hold them. */
const SINGLE = new Set(['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then']);
const LISTS = new Set(['items', 'anyOf', 'oneOf', 'allOf']);
const MAPS = new Set(['properties']);

/**
 * Brings a schema as OpenClaw prints it into the form that is shipped: no annotations, `$ref` resolved, only the format `uri`
 * (the others stand beside a pattern), no key required that has a default, alternatives of constants as one enum, sorted keys.
 */
export function normalSchema(schema: Node): JsonSchema {
  return normal(schema, {}) as JsonSchema;
}

function normal(value: unknown, outerDefs: Node): unknown {
  if (value === null || typeof value !== 'object') return value;
  const source = value as Node;
  // a plugin's own schema is embedded with its $defs, to which its $refs are relative
  const defs = (source.$defs as Node) ?? outerDefs;
  if (typeof source.$ref === 'string') return normal(resolve(source.$ref, defs), defs);
  const node: Node = {};
  for (const keyword of Object.keys(source).sort()) {
    if (!ANNOTATIONS.has(keyword)) node[keyword] = normalKeyword(keyword, source[keyword], defs);
  }
  if (node.format !== 'uri') delete node.format;
  withoutDefaulted(node, source);
  return constantsAsEnum(node, source);
}

function normalKeyword(keyword: string, value: unknown, defs: Node): unknown {
  if (MAPS.has(keyword)) return Object.fromEntries(Object.keys(value as Node).sort().map(name => [name, normal((value as Node)[name], defs)]));
  if (LISTS.has(keyword) && Array.isArray(value)) return value.map(entry => normal(entry, defs));
  return SINGLE.has(keyword) ? normal(value, defs) : value;
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
