import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { rowOf, TenantRow } from './tenant-row';
import { ConfigPath } from '../input/config-path';
import { isMap } from '../input/values';

/** The part that is used of the parser that cdk8s reads and writes YAML with. */
interface YamlParser {
  readonly LineCounter: new () => { linePos(offset: number): { readonly line: number } };
  parseDocument(text: string, options: object): YamlDocument;
}

interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly number[];
}

interface YamlDocument {
  readonly errors: readonly YamlProblem[];
  /** Tags that mean nothing, a version that is not known: what was read may not be what was meant. */
  readonly warnings: readonly YamlProblem[];
  readonly contents: YamlNode | null;
  toJS(options: object): unknown;
}

interface YamlNode {
  readonly value?: unknown;
  readonly range?: readonly number[];
  readonly items?: readonly (YamlNode & { readonly key?: YamlNode })[];
}

const SEVERAL = 'a second document begins here; give each its own file, and Tenants.fromFile() all of them';

/** The rows of a file, and what keeps it from being read. */
export function rowsOfFile(file: string): { readonly rows: TenantRow[]; readonly problems: string[] } {
  const refused = (...problems: string[]) => ({ rows: [], problems });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return refused(`${file}: ${unreadable(error as NodeJS.ErrnoException)}`);
  }
  // cdk8s bundles its parser, so that it is always beside it; a second copy would double the size of this package
  const yaml = createRequire(require.resolve('cdk8s'))('yaml') as YamlParser;
  const lineCounter = new yaml.LineCounter();
  // the version is that of cdk8s' own Yaml.load()
  const document = yaml.parseDocument(text, { version: '1.1', prettyErrors: false, lineCounter });
  const placeAt = (offset = 0) => `${file}:${lineCounter.linePos(offset).line}`;
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) return refused(...wrong.map(({ code, message, pos }) => `${placeAt(pos[0])}: ${code === 'MULTIPLE_DOCS' ? SEVERAL : message}`));
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: -1 });
  } catch (error) { // aliases and merges are followed only now
    return refused(`${file}: ${(error as Error).message}`);
  }
  const form = "write tenants: [{ name: payments }, …], as the package's assets/tenants.schema.json says";
  if (!isMap(value) || !Array.isArray(value.tenants)) return refused(`${placeAt()}: it has no list 'tenants'; ${form}`);
  const others = Object.keys(value).filter(key => !/^(\$schema|tenants|x-.*)$/.test(key));
  const offsetOf = (path: ConfigPath) => offsetIn(document.contents, path);
  if (others.length > 0) return refused(...others.map(key => `${placeAt(offsetOf([key]))}: unknown key '${key}' beside 'tenants'; ${form}`));
  const rows = value.tenants.map((row: unknown, i) => rowOf(row, path => placeAt(offsetOf(['tenants', i, ...path]))));
  return { rows, problems: [] };
}

function unreadable({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT': return `there is no such file in ${process.cwd()}`;
    case 'EISDIR': return 'it is a folder; name each of its files';
    case 'EACCES': return 'this user may not read it';
    default: return `it cannot be read: ${message}`;
  }
}

/** Where the part of a document that a path leads to begins, or the innermost part on the way that is there. */
function offsetIn(document: YamlNode | null, path: ConfigPath): number | undefined {
  let node: YamlNode | null | undefined = document;
  let offset = node?.range?.[0];
  for (const segment of path) {
    const item: (YamlNode & { readonly key?: YamlNode }) | undefined = typeof segment === 'number'
      ? node?.items?.[segment]
      : node?.items?.find(({ key }) => String(key?.value ?? '') === segment);
    if (!item) break;
    offset = (item.key ?? item).range?.[0] ?? offset;
    node = (item.key ? item.value : item) as YamlNode | null;
  }
  return offset;
}
