import * as fs from 'fs';
import * as path from 'path';
import { installOpenClaw } from './openclaw';
import { releaseFacts } from './release-facts';

type Facts = { [name: string]: unknown };

/** The facts of one version that a new one may change, by a name that a reader can look up. */
interface ReleaseFacts {
  /** `models/<provider>/<id>` → row. */
  readonly models: Facts;
  /** The plugins of settings, channels among them, and provider ids. */
  readonly plugins: Facts;
  /** Path of a setting → nothing but that it exists. */
  readonly settings: Facts;
  /** What a slot for a model is when nobody sets it. */
  readonly slots: Facts;
}

function flatten(value: any, prefix: string, depth: number): [string, unknown][] {
  if (depth === 0) return [[prefix, value]];
  return Object.entries<any>(value).flatMap(([key, member]) => flatten(member, `${prefix}/${key}`, depth - 1));
}

/** Every setting that a schema knows, with its default where the schema says one. */
function settingsOf(schema: any, where = '', found: Facts = {}, root = schema): Facts {
  if (!schema || typeof schema !== 'object') return found;
  if (typeof schema.$ref === 'string') return settingsOf(root.$defs?.[schema.$ref.split('/').pop()], where, found, root);
  for (const branch of [...schema.anyOf ?? [], ...schema.oneOf ?? [], ...schema.allOf ?? []]) settingsOf(branch, where, found, root);
  for (const [name, member] of Object.entries<any>(schema.properties ?? {})) {
    const inner = where ? `${where}.${name}` : name;
    found[inner] = found[inner] ?? member.default ?? null;
    settingsOf(member, inner, found, root);
  }
  if (typeof schema.additionalProperties === 'object') settingsOf(schema.additionalProperties, `${where}.*`, found, root);
  if (schema.items) settingsOf(schema.items, `${where}[]`, found, root);
  return found;
}

function utilityModels(folder: string): Facts {
  const extensions = path.join(folder, 'dist', 'extensions');
  const manifests = fs.readdirSync(extensions).map(id => path.join(extensions, id, 'openclaw.plugin.json')).filter(file => fs.existsSync(file));
  const providers = manifests.flatMap(file => Object.entries<any>(JSON.parse(fs.readFileSync(file, 'utf8')).modelCatalog?.providers ?? {}));
  return Object.fromEntries(providers.filter(([, { defaultUtilityModel }]) => defaultUtilityModel)
    .map(([id, { defaultUtilityModel }]) => [`utility model of ${id}`, defaultUtilityModel]));
}

function factsOf(release: string): ReleaseFacts {
  const { catalog: { providers, settings: served, taken }, schema } = releaseFacts(release);
  const settings = settingsOf(schema);
  const modelSlots = Object.entries(settings).filter(([name, value]) => /model|provider$/i.test(name) && value !== null);
  return {
    models: Object.fromEntries(Object.entries(providers).flatMap(([id, { models }]) => flatten(models, id, 1))),
    plugins: Object.fromEntries([...flatten(served, 'plugin of', 1), ...flatten(taken, 'provider id', 1)]),
    settings: Object.fromEntries(Object.keys(settings).map(name => [name, true])),
    slots: { ...utilityModels(installOpenClaw(release)), ...Object.fromEntries(modelSlots) },
  };
}

function changes(before: Facts, after: Facts): string[] {
  const text = (value: unknown) => (value === true ? '' : ` ${JSON.stringify(value)}`);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap(name => {
    if (!(name in before)) return `+ ${name}${text(after[name])}`;
    if (!(name in after)) return `- ${name}`;
    return JSON.stringify(before[name]) === JSON.stringify(after[name]) ? [] : `~ ${name}${text(before[name])} ->${text(after[name])}`;
  });
}

/** What differs between two versions, by kind: lines that begin with +, - or ~. */
export function releaseChanges(before: string, after: string): { [kind: string]: string[] } {
  const [old, young] = [factsOf(before), factsOf(after)];
  return {
    'settings of openclaw.json': changes(old.settings, young.settings),
    'models': changes(old.models, young.models),
    'what a model slot is by default': changes(old.slots, young.slots),
    'plugins of settings, and provider ids': changes(old.plugins, young.plugins),
  };
}
