import { JsonSchema } from './schema';
import { checkSchema } from './schema-check';
import { alternatives, schemasAt } from './schema-path';
import { ConfigPath } from '../input/config-path';
import { isSecret } from '../input/looks-secret';
import { isMap, own } from '../input/values';
import { factsName } from '../release/nearest-release';

export interface SecretRef {
  readonly source: string;
  readonly provider: string;
  readonly id: string;
}

/** What is known about secrets: the names in keys.json and the other secret providers that are configured. */
export interface KnownSecrets {
  readonly names: ReadonlySet<string>;
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
  const ref: SecretRef = { source: 'file', provider: 'keys', id: `/${suggestName(path)}` };
  if (at.length > 0 && !at.some(s => checkSchema(s, ref).length === 0)) {
    return `${what}, and OpenClaw ${factsName(release)} takes no SecretRef there; it is not supported here, remove it`;
  }
  return `${what}; use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '${ref.id}' }`;
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

/** What is wrong with a SecretRef. */
export function secretRefFault(ref: SecretRef, known: KnownSecrets): string | undefined {
  if (ref.source === 'env') {
    return `reads ${ref.id} from the environment, where no key is; use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '/${ref.id}' }`;
  }
  if (ref.provider !== 'keys') {
    return known.providers.has(ref.provider) ? undefined : `refers to the secret provider '${ref.provider}', which secrets.providers does not have; use provider 'keys'`;
  }
  if (ref.source !== 'file') return `reads provider 'keys' with source '${ref.source}'; it is a file, use source 'file'`;
  const name = ref.id.slice(1);
  if (ref.id.startsWith('/') && known.names.has(name)) return undefined;
  const has = known.names.size > 0 ? `defined: ${[...known.names].sort().map(n => `'/${n}'`).join(', ')}` : 'none is defined';
  return `refers to '${ref.id}', which is not among 'secrets' (${has}); add '${ref.id.replace(/^\//, '')}' to 'secrets'`;
}

/** `channels.telegram.botToken` becomes TELEGRAM_BOT_TOKEN. */
function suggestName(path: ConfigPath): string {
  return path.filter(segment => typeof segment === 'string').slice(-2)
    .map(segment => segment.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/\W+/g, '_').toUpperCase()).join('_');
}
