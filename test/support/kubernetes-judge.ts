import * as fs from 'fs';
import * as path from 'path';
import Ajv, { ErrorObject } from 'ajv';
import { judgeIpBlocks } from './ip-blocks';

export type KubernetesVersion = '1.28' | '1.34';

const SCHEMAS = path.join(__dirname, '..', 'schemas');
/** What brings custom resources. */
const OPERATORS = { 'external-secrets': '0.20.4', 'gateway-api': '1.4.0', 'prometheus-operator': '0.85.0' };
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
/** The fields that tell list items apart are defaulted before the server compares them. */
const KEY_DEFAULTS: { [key: string]: string } = { protocol: 'TCP' };

interface SchemaFile {
  readonly kinds: { [apiVersionAndKind: string]: string };
  readonly $defs: { [name: string]: any };
}

function load(name: string): SchemaFile {
  return JSON.parse(fs.readFileSync(path.join(SCHEMAS, `${name}.json`), 'utf8'));
}

function hasDuplicateKeys(keys: string[], items: any[]): boolean {
  return new Set(items.map(item => JSON.stringify(keys.map(key => item[key] ?? KEY_DEFAULTS[key] ?? '')))).size < items.length;
}

class Validator {
  private readonly ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false, strictRequired: false });
  private readonly names = new Map<string, string>();

  constructor(private readonly version: KubernetesVersion) {
    this.ajv.addFormat('byte', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
    this.ajv.addKeyword({
      keyword: 'x-kubernetes-list-map-keys',
      type: 'array',
      validate: (keys: string[], items: any[]) => !hasDuplicateKeys(keys, items),
      error: { message: context => `has two items with the same ${context.schema.join(' and ')}` },
    });
    this.add('kubernetes', load(`kubernetes-${version}`));
    for (const [project, release] of Object.entries(OPERATORS)) this.add(project, load(`${project}-${release}`));
  }

  public problems(manifest: any): string[] {
    const kind = `${manifest.apiVersion}/${manifest.kind}`;
    const where = `${manifest.kind} '${manifest.metadata?.name}'`;
    const name = this.names.get(kind);
    if (!name) return [`${where}: kubernetes ${this.version} with ${Object.entries(OPERATORS).map(each => each.join(' ')).join(' and ')} serves no ${kind}; served: ${[...this.names.keys()].join(', ')}`];

    const custom = !name.startsWith('kubernetes#');
    return [...this.errors(name, manifest), ...(custom ? this.errors(`kubernetes#/$defs/${OBJECT_META}`, manifest.metadata, '.metadata') : [])]
      .map(problem => `${where}: ${problem}`);
  }

  private add(id: string, { kinds, $defs }: SchemaFile): void {
    this.ajv.addSchema({ $id: id, $defs });
    for (const [kind, name] of Object.entries(kinds)) this.names.set(kind, `${id}#/$defs/${name}`);
  }

  private errors(name: string, value: any, prefix = ''): string[] {
    const validate = this.ajv.getSchema(name)!;
    if (validate(value)) return [];
    return validate.errors!.map(error => inWords(error, prefix));
  }
}

function inWords(error: ErrorObject, prefix: string): string {
  const field = `${prefix}${error.instancePath.replace(/\/(\d+)(?=\/|$)/g, '[$1]').replace(/\//g, '.')}`.replace(/^\./, '');
  const at = (key: string) => [field, key].filter(Boolean).join('.');
  switch (error.keyword) {
    case 'additionalProperties': return `unknown field "${at(error.params.additionalProperty)}"`;
    case 'required': return `required field "${at(error.params.missingProperty)}" is missing`;
    case 'enum': return `"${field}" must be one of ${error.params.allowedValues.join(', ')}`;
    default: return `"${field}" ${error.message}`;
  }
}

const validators = new Map<KubernetesVersion, Validator>();

/** What an API server with strict field validation would say against these objects. */
export function judgeManifests(kubernetesVersion: KubernetesVersion, manifests: any[]): string[] {
  let validator = validators.get(kubernetesVersion);
  if (!validator) validators.set(kubernetesVersion, validator = new Validator(kubernetesVersion));
  return [...manifests.flatMap(manifest => validator.problems(manifest)), ...judgeIpBlocks(manifests)];
}
