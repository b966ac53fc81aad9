/**
 * Writes test/schemas/: the OpenAPI schemas of the objects that we render or that users put beside them, trimmed to what validates, for ajv.
 *
 * Usage: tsx scripts/manifest-schemas.ts [--check]   (needs Go, for its module proxy)
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Yaml } from 'cdk8s';

type Json = any;
type Schemas = { [name: string]: Json };

const FOLDER = path.join(__dirname, '..', 'test', 'schemas');
const KUBERNETES = { 1.28: 'v1.28.15', 1.34: 'v1.34.2' };
const EXTERNAL_SECRETS = 'v0.20.4';
const GATEWAY_API = 'v1.4.0';
const PROMETHEUS_OPERATOR = 'v0.85.0';

/** The OpenAPI file of an API group, and the kinds taken from it. */
const KUBERNETES_KINDS: { [file: string]: string[] } = {
  'api__v1': ['ConfigMap', 'Namespace', 'PersistentVolumeClaim', 'Secret', 'Service', 'ServiceAccount'],
  'apis__apps__v1': ['Deployment'],
  'apis__networking.k8s.io__v1': ['Ingress', 'NetworkPolicy'],
  'apis__policy__v1': ['PodDisruptionBudget'],
  'apis__rbac.authorization.k8s.io__v1': ['Role', 'RoleBinding'],
};

/** The files of custom resources, by the module that has them. */
const CUSTOM_RESOURCES: { readonly [folder: string]: string[] } = {
  [`github.com/external-secrets/external-secrets@${EXTERNAL_SECRETS}/config/crds/bases`]: [
    'external-secrets.io_clustersecretstores',
    'external-secrets.io_externalsecrets',
    'external-secrets.io_secretstores',
    'generators.external-secrets.io_passwords',
  ],
  [`sigs.k8s.io/gateway-api@${GATEWAY_API}/config/crd/standard`]: ['gateway.networking.k8s.io_httproutes'],
  [`github.com/prometheus-operator/prometheus-operator@${PROMETHEUS_OPERATOR}/example/prometheus-operator-crd`]: [
    'monitoring.coreos.com_podmonitors',
    'monitoring.coreos.com_prometheusrules',
  ],
};

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
/** What resource.ParseQuantity takes; the OpenAPI document only says "string". */
const QUANTITY_PATTERN = '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';

const KEPT = ['type', 'required', 'enum', 'pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems',
  'minProperties', 'maxProperties', 'uniqueItems', 'nullable', 'x-kubernetes-list-map-keys'];

function mapValues(object: Schemas, map: (value: Json) => Json): Schemas {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

/** The flag of Go for both cases, which JavaScript does not have inside a pattern. */
function anyCase(pattern: string): string {
  return pattern.replace('(?i)', '').replace(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`);
}

/** Keeps what validates, and closes every object that does not ask to be open: the API server's strict field validation. */
function trim(schema: Json): Json {
  if (schema.$ref) return { $ref: schema.$ref.replace('#/components/schemas/', '#/$defs/') };
  if (schema.allOf?.length === 1) return trim(schema.allOf[0]);
  if (schema['x-kubernetes-int-or-string']) return { type: ['integer', 'string'], ...(schema.pattern && { pattern: schema.pattern }) };

  const result: Json = {};
  for (const key of KEPT) if (schema[key] !== undefined) result[key] = schema[key];
  if (result.pattern?.includes('(?i)')) result.pattern = anyCase(result.pattern);
  if (schema.format === 'byte') result.format = 'byte';
  for (const key of ['allOf', 'anyOf', 'oneOf']) if (schema[key]) result[key] = schema[key].map(trim);
  if (schema.items) result.items = trim(schema.items);
  if (schema.properties) result.properties = mapValues(schema.properties, trim);
  if (typeof schema.additionalProperties === 'object') result.additionalProperties = trim(schema.additionalProperties);
  else if (schema.properties && !schema['x-kubernetes-preserve-unknown-fields']) result.additionalProperties = false;

  // [{ type: a }, { type: b }] is one readable error instead of three
  if (result.oneOf?.every((choice: Json) => Object.keys(choice).join() === 'type')) {
    result.type = result.oneOf.map((choice: Json) => choice.type);
    delete result.oneOf;
  }
  return result;
}

function moduleFolder(module: string): string {
  const answer = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', cwd: path.parse(FOLDER).root });
  return JSON.parse(answer).Dir;
}

function referencedBy(schema: Json): string[] {
  return [...JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)].map(match => match[1]);
}

function kubernetesSchemas(release: string): Json {
  const folder = path.join(moduleFolder(`k8s.io/kubernetes@${release}`), 'api', 'openapi-spec', 'v3');
  const kinds: { [kind: string]: string } = {};
  const all: Schemas = {};
  for (const [file, names] of Object.entries(KUBERNETES_KINDS)) {
    const { schemas } = JSON.parse(fs.readFileSync(path.join(folder, `${file}_openapi.json`), 'utf8')).components;
    Object.assign(all, schemas);
    for (const [name, schema] of Object.entries<Json>(schemas)) {
      for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
        if (names.includes(kind)) kinds[`${group ? `${group}/` : ''}${version}/${kind}`] = name;
      }
    }
  }

  const defs: Schemas = {};
  const add = (name: string) => {
    if (defs[name]) return;
    defs[name] = trim(all[name]);
    referencedBy(defs[name]).forEach(add);
  };
  Object.values(kinds).forEach(add);
  defs[QUANTITY].pattern = QUANTITY_PATTERN;
  return { source: `k8s.io/kubernetes@${release}`, kinds, $defs: defs };
}

function customSchemas(where: string): Json {
  const [, module, inner] = /^(.*@[^/]+)\/(.*)$/.exec(where)!;
  const folder = path.join(moduleFolder(module), inner);
  const kinds: { [kind: string]: string } = {};
  const defs: Schemas = {};
  for (const file of CUSTOM_RESOURCES[where]) {
    const [{ spec }] = Yaml.load(path.join(folder, `${file}.yaml`));
    for (const version of spec.versions.filter((v: Json) => v.served)) {
      const { properties, ...schema } = trim(version.schema.openAPIV3Schema);
      // what a store's `spec` may be is the same long list in both kinds of store
      const shared = `${spec.names.kind.replace('Cluster', '')}Spec`;
      if (defs[shared] && JSON.stringify(defs[shared]) !== JSON.stringify(properties.spec)) throw new Error(`${file}: its spec is not the shared ${shared}`);
      defs[shared] = properties.spec;
      const name = `${spec.group}.${version.name}.${spec.names.kind}`;
      defs[name] = { ...schema, properties: { ...properties, spec: { $ref: `#/$defs/${shared}` } } };
      kinds[`${spec.group}/${version.name}/${spec.names.kind}`] = name;
    }
  }
  return { source: module, kinds, $defs: defs };
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}

/** One definition a line: small, and readable in a diff. */
function stringify({ source, kinds, $defs }: Json): string {
  const lines = (object: Json) => Object.entries(sorted(object)).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',\n');
  return `{"source":${JSON.stringify(source)},\n"kinds":{\n${lines(kinds)}},\n"$defs":{\n${lines($defs)}}}\n`;
}

function main(): void {
  const files = Object.fromEntries(Object.keys(CUSTOM_RESOURCES).map(where => {
    const [, name, release] = /([^/]+)@v([^/]+)/.exec(where)!;
    return [`${name}-${release}.json`, customSchemas(where)];
  }));
  for (const [minor, release] of Object.entries(KUBERNETES)) files[`kubernetes-${minor}.json`] = kubernetesSchemas(release);

  const check = process.argv.includes('--check');
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const [name, schemas] of Object.entries(files)) {
    const file = path.join(FOLDER, name);
    const text = stringify(schemas);
    if (!check) {
      fs.writeFileSync(file, text);
    } else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
      console.error(`test/schemas/${name} is stale; run 'npx tsx scripts/manifest-schemas.ts' and commit the result`);
      process.exitCode = 1;
    }
  }
}

main();
