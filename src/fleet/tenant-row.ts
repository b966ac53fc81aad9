import { readFileSync } from 'fs';
import { Tenant } from './tenant';
import { JsonSchema } from '../extra-config/schema';
import { checkSchema, Violation } from '../extra-config/schema-check';
import { schemasAt } from '../extra-config/schema-path';
import { ConfigPath, formatPath } from '../input/config-path';
import { plainJson, ShapeFault } from '../input/plain-json';
import { isMap, shown } from '../input/values';
import { packageFile } from '../package-file';

/** A row as it was found. */
export interface TenantRow {
  readonly value: unknown;
  /** What the value held besides, and JSON cannot hold. */
  readonly faults?: readonly ShapeFault[];
  /** Where a part of the row stands, for people: `tenants.yaml:12`. */
  placeOf(path: ConfigPath): string;
}

/** Something that is wrong with a part of a row. */
export interface RowProblem {
  readonly path: ConfigPath;
  readonly message: string;
}

let schema: JsonSchema | undefined;

/** What a tenant file may hold. */
function tenantsSchema(): JsonSchema {
  return schema ??= JSON.parse(readFileSync(packageFile('assets', 'tenants.schema.json'), 'utf8')) as JsonSchema;
}

/** A row without what JSON cannot hold, which is a fault; `values` are for the program alone, and stay as they are. */
export function rowOf(tenant: unknown, placeOf: TenantRow['placeOf']): TenantRow {
  const { json, faults } = plainJson(tenant);
  const values = isMap(tenant) ? (tenant as Partial<Tenant>).values : undefined;
  return {
    value: isMap(json) && values !== undefined ? { ...json, values } : json,
    faults: faults.filter(({ path }) => path[0] !== 'values'),
    placeOf,
  };
}

/** What is wrong with the form of a row; nothing when it is a Tenant. */
export function rowProblems(row: TenantRow): RowProblem[] {
  const rowSchema = tenantsSchema().properties!.tenants.items as JsonSchema;
  const faults = (row.faults ?? []).map(({ path, what }) => ({ path, message: `${subject(path)} ${what}; it must be ${titleOf(path, rowSchema) ?? 'plain JSON'}` }));
  if (faults.some(({ path }) => path.length === 0)) return faults;
  const isFault = ({ kind, path }: Violation) => kind === 'missing-key' && faults.some(fault => formatPath(fault.path) === formatPath(path));
  const violations = checkSchema(rowSchema, row.value).filter(violation => !isFault(violation));
  return [...faults, ...violations.map(violation => ({ path: violation.path, message: sentence(violation, rowSchema) }))];
}

/** What a row says of its tenant. What is malformed is left out; in a list it leaves a gap. */
export function tenantOf({ value }: TenantRow, problems: RowProblem[]): Partial<Tenant> {
  const sound = (...path: ConfigPath) => !problems.some(problem => problem.path.join() === path.join());
  const entries = Object.entries(isMap(value) ? value : {}).filter(([key]) => sound(key));
  if (problems.length === 0) return value as Tenant;
  const withGaps = (key: string, each: unknown) => Array.isArray(each) ? each.map((item, i) => sound(key, i) ? item : undefined) : each;
  return Object.fromEntries(entries.map(([key, each]) => [key, withGaps(key, each)]));
}

/** What to call a row whose name may be missing. */
export function nameOf({ value }: TenantRow): string {
  return isMap(value) && typeof value.name === 'string' ? shown(value.name) : 'a tenant without a name';
}

function sentence({ kind, path, got, allowed, nearest, ofKey }: Violation, rowSchema: JsonSchema): string {
  const where = subject(path);
  const title = ofKey ? keyTitleOf(path, rowSchema) : titleOf(path, rowSchema);
  switch (kind) {
    case 'unknown-key':
      return `${where} is not a key of a tenant; ${nearest.length > 0 ? `did you mean ${nearest.join(' or ')}?` : `allowed are ${keysOf(rowSchema)}`}`;
    case 'missing-key': return `${where} is missing; it must be ${title ?? allowed}`;
    default: return `${where} is ${got}; it must be ${title ?? allowed}`;
  }
}

function subject(path: ConfigPath): string {
  return path.length > 0 ? formatPath(path) : 'the row';
}

function titleOf(path: ConfigPath, rowSchema: JsonSchema): string | undefined {
  return (schemasAt(rowSchema, path)[0] as { title?: string } | undefined)?.title;
}

/** As `titleOf`, of the key that a path ends in. */
function keyTitleOf(path: ConfigPath, rowSchema: JsonSchema): string | undefined {
  return (schemasAt(rowSchema, path.slice(0, -1))[0]?.propertyNames as { title?: string } | undefined)?.title;
}

function keysOf({ properties }: JsonSchema): string {
  return Object.keys(properties ?? {}).join(', ');
}
