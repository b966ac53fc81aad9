import { JsonSchema } from './schema';
import { checkSchema } from './schema-check';
import { alternatives, namesSecretRef, schemasAt } from './schema-path';
import { ConfigPath } from '../input/config-path';
import { isSecret } from '../input/looks-secret';
import { isMap, own } from '../input/values';
import { factsName } from '../release/nearest-release';
import { secretTextOf } from '../secrets/secret-text';

export interface SecretRef {
  readonly source: string;
  readonly provider: string;
  readonly id: string;
}

/** What is known about secrets: the names in keys.json and the other secret providers that are configured. */
export interface KnownSecrets {
  readonly names: ReadonlySet<string>;
  /** The names in keys.json that only calls of models may use. */
  readonly providerKeys: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
}

/** OpenClaw's settings that name a conversation. */
const CONVERSATION_KEYS = ['mainKey', 'sessionKey', 'defaultSessionKey'];
const PLACEHOLDER = /\$\{[^}]*\}/;

export function isSecretRef(value: unknown): value is SecretRef {
  return isMap(value) && Object.keys(value).sort().join() === 'id,provider,source' && Object.values(value).every(v => typeof v === 'string');
}

/** What is wrong with a text that is, by its key or its looks, a secret. */
export function plainSecretFault(path: ConfigPath, text: string, schema: JsonSchema, release: string): string | undefined {
  const at = schemasAt(schema, path);
  const key = [...path].reverse().find(segment => typeof segment === 'string') ?? '';
  if (!isSecret(namesConversation(path, schema) || isChoice(at) ? '' : key, text)) return undefined;
  const placeholder = PLACEHOLDER.exec(text)?.[0];
  const what = placeholder === undefined ? 'is a secret in plain text' : `reads ${placeholder} from the environment, where no key is`;
  const ref = refTo(suggestName(path));
  return fits(ref, at) ? `${what}; use 'secrets' and ${shown(ref)}`
    : `${what}; use 'secrets' and SecretText.of('${ref.id.slice(1)}'), since OpenClaw ${factsName(release)} takes no SecretRef there`;
}

function refTo(name: string): SecretRef {
  return { source: 'file', provider: 'keys', id: `/${name}` };
}

function shown({ source, provider, id }: SecretRef): string {
  return `a SecretRef { source: '${source}', provider: '${provider}', id: '${id}' }`;
}

/** Whether a setting takes a SecretRef, as far as the schema tells. */
function fits(ref: SecretRef, at: readonly JsonSchema[]): boolean {
  return at.length === 0 || at.some(each => checkSchema(each, ref).length === 0);
}

/** Whether OpenClaw's own setting, and not a key that the caller chooses, names a conversation. */
function namesConversation(path: ConfigPath, schema: JsonSchema): boolean {
  const key = path[path.length - 1];
  return typeof key === 'string' && CONVERSATION_KEYS.includes(key)
    && schemasAt(schema, path.slice(0, -1)).flatMap(alternatives).some(({ properties }) => own(properties, key) !== undefined);
}

/** Whether a setting takes some words only, as `auth: 'oauth'` does. */
function isChoice(at: readonly JsonSchema[]): boolean {
  return at.length > 0 && at.flatMap(alternatives).every(({ type, enum: words, const: word, anyOf, oneOf, allOf }) =>
    words !== undefined || word !== undefined || anyOf !== undefined || oneOf !== undefined || allOf !== undefined
    || (type !== undefined && ![type].flat().includes('string')));
}

/** What is wrong with what stands for a SecretText. */
export function secretTextFault(path: ConfigPath, value: object, known: KnownSecrets, schema: JsonSchema, release: string): string | undefined {
  const text = secretTextOf(value);
  if (!text) return "is not a SecretText; use SecretText.of('<name>') or SecretText.of('<name>', 'Bearer {}')";
  if (!known.names.has(text.name)) return unknownSecret(`names '${text.name}'`, text.name, '', known);
  return text.template === '{}' && namesSecretRef(schemasAt(schema, path))
    ? `is a SecretText, and OpenClaw ${factsName(release)} takes a SecretRef there; use ${shown(refTo(text.name))}` : undefined;
}

function unknownSecret(what: string, name: string, slash: string, { names, providerKeys }: KnownSecrets): string {
  if (providerKeys.has(name)) return `${what}, the key of a provider, which only calls of models may use; add a secret of another name to 'secrets'`;
  const has = names.size > 0 ? `defined: ${[...names].sort().map(each => `'${slash}${each}'`).join(', ')}` : 'none is defined';
  return `${what}, which is not among 'secrets' (${has}); add '${name}' to 'secrets'`;
}

/** What is wrong with a SecretRef. */
export function secretRefFault(path: ConfigPath, ref: SecretRef, known: KnownSecrets, schema: JsonSchema, release: string): string | undefined {
  if (!fits(ref, schemasAt(schema, path))) {
    return `is a SecretRef, and OpenClaw ${factsName(release)} takes plain text only there; use 'secrets' and SecretText.of('${ref.id.replace(/^\//, '')}')`;
  }
  if (ref.source === 'env') {
    return `reads ${ref.id} from the environment, where no key is; use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '/${ref.id}' }`;
  }
  if (ref.provider !== 'keys') {
    return known.providers.has(ref.provider) ? undefined : `refers to the secret provider '${ref.provider}', which secrets.providers does not have; use provider 'keys'`;
  }
  if (ref.source !== 'file') return `reads provider 'keys' with source '${ref.source}'; it is a file, use source 'file'`;
  if (ref.id.startsWith('/') && known.names.has(ref.id.slice(1))) return undefined;
  return unknownSecret(`refers to '${ref.id}'`, ref.id.replace(/^\//, ''), '/', known);
}

/** `channels.telegram.botToken` becomes TELEGRAM_BOT_TOKEN. */
function suggestName(path: ConfigPath): string {
  return path.filter(segment => typeof segment === 'string').slice(-2)
    .map(segment => segment.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/\W+/g, '_').toUpperCase()).join('_');
}
