import { JsonSchema } from './schema';
import { checkSchema } from './schema-check';
import { schemasAt } from './schema-path';
import { ConfigPath, isObject } from '../input/config-path';
import { looksSecret, SECRET_HEADER } from '../input/looks-secret';

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

const SECRET_KEY = /^(authorization|passphrase|(.*[-_])?(key|token|secret|password))$|([aA]pi|[pP]rivate|[eE]ncrypt|[sS]igning|[sS]ecret|[aA]ccess)[-_]?[kK]ey$|(Token|Secret|Password|Passphrase)$/;
const SECRET_NAME = /(authorization|passphrase|password|passwd|secret|apikey|credentials?|cookie|dsn)$|(^|[-_])(key|token|pass|pat|auth)$/i;
const PLAIN_KEY = /^(key|mainKey|sessionKey)$/;
const PLACEHOLDER = /\$\{[^}]*\}/;

export function isSecretRef(value: unknown): value is SecretRef {
  return isObject(value) && Object.keys(value).sort().join() === 'id,provider,source' && Object.values(value).every(v => typeof v === 'string');
}

/** What is wrong with a text that is, by its key or its looks, a secret. */
export function plainSecretFault(path: ConfigPath, text: string, schema: JsonSchema, release: string): string | undefined {
  const key = [...path].reverse().find(segment => typeof segment === 'string') ?? '';
  const isHeader = path[path.length - 2] === 'headers' && SECRET_HEADER.test(key.toString());
  const secretKey = isHeader || SECRET_KEY.test(key.toString()) || SECRET_NAME.test(key.toString());
  const named = secretKey && !PLAIN_KEY.test(key.toString()) && text !== '';
  const looks = looksSecret(text);
  if (!named && !looks) return undefined;
  const placeholder = PLACEHOLDER.exec(text)?.[0];
  const what = placeholder === undefined ? 'is a secret in plain text' : `reads ${placeholder} from the environment, where no key is`;
  const ref: SecretRef = { source: 'file', provider: 'keys', id: `/${suggestName(path)}` };
  const at = schemasAt(schema, path);
  if (at.length > 0 && !at.some(s => checkSchema(s, ref).length === 0)) {
    return `${what}, and OpenClaw ${release} takes no SecretRef there; it is not supported here, remove it`;
  }
  return `${what}; use 'secrets' and a SecretRef { source: 'file', provider: 'keys', id: '${ref.id}' }`;
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
  const has = known.names.size > 0 ? `there are ${[...known.names].sort().map(n => `'/${n}'`).join(', ')}` : 'there are none';
  return `refers to '${ref.id}', which is not among 'secrets' (${has}); add '${ref.id.replace(/^\//, '')}' to 'secrets'`;
}

/** `channels.telegram.botToken` becomes TELEGRAM_BOT_TOKEN. */
function suggestName(path: ConfigPath): string {
  return path.filter(segment => typeof segment === 'string').slice(-2)
    .map(segment => segment.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/\W+/g, '_').toUpperCase()).join('_');
}
