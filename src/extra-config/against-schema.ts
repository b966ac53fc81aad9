import { whyGoverned } from './governed';
import { mergeExtraConfig } from './merge';
import { replacementOf } from './retired';
import { configSchema } from './schema';
import { checkSchema, Violation } from './schema-check';
import { schemasAt } from './schema-path';
import { ConfigPath, formatPath, parsePath } from '../input/config-path';
import { compareReleases } from '../release/compare';
import { factsName } from '../release/nearest-release';
import { RELEASES } from '../release/releases';

export interface SchemaFault {
  readonly path: ConfigPath;
  readonly what: string;
}

/** Where the merged configuration breaks the version's schema because of the extra one, of which only the sections that it touches need a look. */
export function schemaFaults(extra: Record<string, unknown>, rendered: Record<string, unknown>, release: string): SchemaFault[] {
  const schema = configSchema(release);
  const key = (violation: Violation) => `${violation.kind} ${formatPath(violation.path)}`;
  const touched = sections(rendered, Object.keys(extra));
  const before = new Set(checkSchema(schema, touched).map(key));
  return checkSchema(schema, mergeExtraConfig(touched, extra))
    .filter(violation => !before.has(key(violation)))
    .map(violation => ({ path: violation.path, what: sentence(violation, rendered, release) }));
}

/** Some sections of a configuration. */
export function sections(config: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).filter(([name]) => names.includes(name)));
}

function sentence(violation: Violation, rendered: object, release: string): string {
  switch (violation.kind) {
    case 'unknown-key': return unknownKey(violation, rendered, release);
    case 'missing-key': return `is missing; OpenClaw ${factsName(release)} needs ${violation.allowed} there`;
    default: return `is ${violation.got}; OpenClaw ${factsName(release)} takes ${violation.allowed}`;
  }
}

function unknownKey({ path, nearest, allowed }: Violation, rendered: object, release: string): string {
  const key = path[path.length - 1] as string;
  const nested = parsePath(key);
  if (nested.length > 1) return `is one key with dots, not a path; write it nested: ${nest(nested)}`;
  const replacement = replacementOf(path, configSchema(release));
  const other = otherRelease(path, release);
  const what = `is not a setting of OpenClaw ${factsName(release)}${other ? ` (${other})` : ''}`;
  if (replacement !== undefined) return `${what}; use '${replacement}'`;
  if (other) return `${what}; remove it`;
  const [near] = nearest;
  if (near === undefined) return `${what}; allowed here: ${allowed}`;
  const why = whyGoverned([...path.slice(0, -1), near], undefined, rendered, configSchema(release));
  return why === undefined ? `${what}; did you mean ${nearest.map(name => `'${name}'`).join(' or ')}` : `${what}; did you mean '${near}'? It ${why}`;
}

/** Another version that has the key: the next one, else the last one. */
function otherRelease(path: ConfigPath, release: string): string | undefined {
  const having = RELEASES.map(row => row.release).filter(other => schemasAt(configSchema(other), path).length > 0);
  const next = having.find(other => compareReleases(other, release) > 0);
  if (next !== undefined) return `${next} has it`;
  return having.length > 0 ? `${having[having.length - 1]} had it` : undefined;
}

function nest(path: ConfigPath): string {
  return path.reduceRight<string>((inner, segment) => (typeof segment === 'number' ? `[${inner}]` : `{ ${segment}: ${inner} }`), '…');
}
